package io.spindle.matcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names that scenarios use, and events as scenarios say them. */
final class ScenarioWords implements MatchListener {
    static final List<String> STATES =
            List.of(
                    "continuous",
                    "pre-open",
                    "auction",
                    "closing-auction",
                    "halted",
                    "cancel-only",
                    "closed",
                    "uncrossing");
    private static final List<String> REASONS =
            List.of(
                    "immediate",
                    "sweep-bound",
                    "fill-or-kill",
                    "min-lots",
                    "post-only",
                    "self-trade",
                    "price-band",
                    "auction-only",
                    "linked",
                    "no-price-level");

    private final Map<String, Integer> orders = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** The order number behind a name, given at first use. */
    int order(final String name) {
        return orders.computeIfAbsent(
                name,
                _ -> {
                    names.add(name);
                    return names.size() - 1;
                });
    }

    String name(final int order) {
        return names.get(order);
    }

    List<String> events() {
        return events;
    }

    /** {@link AdmitCode#PRICE_BAND} is "price-band". */
    static String code(final int code) {
        return Stream.of(AdmitCode.class.getFields())
                .filter(field -> value(field) == code)
                .map(field -> field.getName().toLowerCase(Locale.ROOT).replace('_', '-'))
                .findFirst()
                .orElseThrow();
    }

    private static int value(final java.lang.reflect.Field field) {
        try {
            return field.getInt(null);
        } catch (final IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    static int state(final String word) {
        return IntStream.range(0, STATES.size())
                .filter(i -> STATES.get(i).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state " + word));
    }

    private static String reason(final int reason) {
        return reason >= CancelReason.FIRST ? REASONS.get(reason - CancelReason.FIRST) : "request";
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        events.add("trade %s %s %d@%d".formatted(name(maker), name(taker), lots, priceTicks));
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        events.add(
                displayedLots == 0
                        ? "rest %s hidden@%d".formatted(name(order), priceTicks)
                        : "rest %s %d@%d".formatted(name(order), displayedLots, priceTicks));
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        final String kept = leavesLots == 0 ? "" : " keeps " + leavesLots;
        events.add("cancel %s %d %s%s".formatted(name(order), cancelledLots, reason(reason), kept));
    }

    @Override
    public void onHeld(final int book, final int order) {
        events.add("hold " + name(order));
    }

    @Override
    public void onWoken(final int book, final int order, final long lots) {
        events.add("wake " + name(order) + " " + lots);
    }

    @Override
    public void onTriggered(final int book, final int order, final boolean fired) {
        events.add("trigger " + name(order));
    }

    @Override
    public void onReplenished(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        events.add("peak %s %d@%d".formatted(name(order), displayedLots, priceTicks));
    }

    @Override
    public void onUncrossed(
            final int book,
            final int buy,
            final int sell,
            final long priceTicks,
            final long lots,
            final long buyLeavesLots,
            final long sellLeavesLots) {
        events.add("cross %s %s %d@%d".formatted(name(buy), name(sell), lots, priceTicks));
    }

    @Override
    public void onTradingState(final int book, final int state) {
        events.add("state " + STATES.get(state));
    }
}
