package io.spindle.oms;

import io.spindle.matcher.Cold;

/** Which requests wait for an operator: the first rule that fits decides, none lets pass. */
final class AuthorisationRules {
    static final int MAX_RULES = 64;
    static final int PASS = 'P';
    static final int HOLD = 'A';
    static final int FAIL = 'F';

    private static final int ACTION = 0;
    private static final int ACCOUNT = 4;
    private static final int INSTRUMENT = 8;
    private static final int MIN_QUANTITY = 16;
    private static final int MIN_NOTIONAL = 24;
    private static final int HOLD_NS = 32;
    private static final int LENGTH = 40;

    /** Matches every account. */
    static final int ANY_ACCOUNT = AccountTable.NONE;

    /** Matches every instrument. */
    static final int ANY_INSTRUMENT = InstrumentTable.NONE;

    private final Slab rules;

    AuthorisationRules(final EngineState state) {
        rules = state.slab(LENGTH, MAX_RULES + 1);
    }

    /** {@code action} 0 takes the rule away. */
    void set(
            final int rule,
            final int action,
            final int account,
            final int instrument,
            final long minQuantity,
            final long minNotional,
            final long holdNs) {
        rules.limit(Math.max(rules.limit(), rule + 1));
        rules.putInt(rule, ACTION, action);
        rules.putInt(rule, ACCOUNT, account);
        rules.putInt(rule, INSTRUMENT, instrument);
        rules.putLong(rule, MIN_QUANTITY, minQuantity);
        rules.putLong(rule, MIN_NOTIONAL, minNotional);
        rules.putLong(rule, HOLD_NS, holdNs);
    }

    /** Number of the rule that decides, or 0. */
    int find(final OrderRequest request) {
        for (int rule = 1; rule < rules.limit(); rule++) {
            if (fits(rule, request)) {
                return rule;
            }
        }
        return 0;
    }

    /** For readers; a number that was never set is no rule. */
    @Cold
    RiskView.Rule rule(final int number) {
        if (number >= rules.limit()) {
            return new RiskView.Rule(number, (char) 0, ANY_ACCOUNT, ANY_INSTRUMENT, 0, 0, 0);
        }
        return new RiskView.Rule(
                number,
                (char) rules.getInt(number, ACTION),
                rules.getInt(number, ACCOUNT),
                rules.getInt(number, INSTRUMENT),
                rules.getLong(number, MIN_QUANTITY),
                rules.getLong(number, MIN_NOTIONAL),
                rules.getLong(number, HOLD_NS));
    }

    int action(final int rule) {
        return rule == 0 ? PASS : rules.getInt(rule, ACTION);
    }

    long holdNs(final int rule) {
        return rules.getLong(rule, HOLD_NS);
    }

    private boolean fits(final int rule, final OrderRequest request) {
        final int account = rules.getInt(rule, ACCOUNT);
        final int instrument = rules.getInt(rule, INSTRUMENT);
        return rules.getInt(rule, ACTION) != 0
                && (account == ANY_ACCOUNT || account == request.account)
                && (instrument == ANY_INSTRUMENT || instrument == request.instrument)
                && request.lots >= rules.getLong(rule, MIN_QUANTITY)
                && request.notional >= rules.getLong(rule, MIN_NOTIONAL);
    }
}
