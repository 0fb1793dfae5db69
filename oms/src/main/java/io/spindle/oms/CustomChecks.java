package io.spindle.oms;

import io.spindle.matcher.Cold;

import java.util.ArrayList;
import java.util.List;

/** The checks that configuration added, in its order. */
public final class CustomChecks {
    private static final int MAX_CHECKS = 16;

    private final OrderCheck[] checks;
    private final CheckState[] states;
    private int last;

    CustomChecks(final EngineState state, final int accounts, final List<OrderCheck> configured) {
        if (configured.size() > MAX_CHECKS) {
            throw new IllegalArgumentException("checks=" + configured.size());
        }
        checks = configured.toArray(new OrderCheck[0]);
        states = new CheckState[checks.length];
        for (int i = 0; i < checks.length; i++) {
            final int longs = checks[i].longsPerAccount() + 1; // the last: trades it did not take
            final Slab records = state.slab(longs * Long.BYTES, accounts);
            records.limit(accounts);
            states[i] = new CheckState(state, records);
        }
    }

    /**
     * Makes checks from their configuration.
     *
     * @param lines {@code class} or {@code class:argument}; the class has a public constructor that
     *     takes nothing or one String
     */
    @Cold
    public static List<OrderCheck> load(final List<String> lines) {
        final List<OrderCheck> loaded = new ArrayList<>();
        for (final String line : lines) {
            final int colon = line.indexOf(':');
            try {
                if (colon < 0) {
                    loaded.add(make(line).getConstructor().newInstance());
                } else {
                    loaded.add(
                            make(line.substring(0, colon))
                                    .getConstructor(String.class)
                                    .newInstance(line.substring(colon + 1)));
                }
            } catch (final ReflectiveOperationException | ClassCastException e) {
                throw new IllegalArgumentException("check=" + line, e);
            }
        }
        return loaded;
    }

    @Cold
    private static Class<? extends OrderCheck> make(final String name)
            throws ClassNotFoundException {
        return Class.forName(name).asSubclass(OrderCheck.class);
    }

    int count() {
        return checks.length;
    }

    String name(final int check) {
        return checks[check].name();
    }

    /**
     * A check that throws refuses, and goes on refusing an account of whose trades it missed one:
     * what it meets is in the log, and every replay meets it again.
     */
    boolean passes(final int check, final OrderRequest request) {
        last = check;
        final CheckState state = states[check].at(request.account);
        final long missed = state.get(checks[check].longsPerAccount());
        if (missed != 0) {
            return state.refuse(0, missed);
        }
        try {
            return checks[check].passes(
                    request.instrument, request.buys, request.lots, request.price, state);
        } catch (final RuntimeException noAnswer) {
            return state.refuse(0, 0);
        }
    }

    long limit() {
        return states[last].limit();
    }

    long value() {
        return states[last].value();
    }

    void onTrade(
            final int account,
            final int instrument,
            final boolean bought,
            final long quantity,
            final long price) {
        for (int i = 0; i < checks.length; i++) {
            final CheckState state = states[i].at(account);
            try {
                checks[i].onTrade(instrument, bought, quantity, price, state);
            } catch (final RuntimeException notTaken) {
                final int missed = checks[i].longsPerAccount();
                state.set(missed, state.get(missed) + 1);
            }
        }
    }
}
