package io.spindle.oms;

/** The worked example of an {@link OrderCheck}: so many trades a day for each account. */
public final class TradesPerDay implements OrderCheck {
    private static final int DAY = 0;
    private static final int TRADES = 1;

    private final long maxTrades;

    /**
     * @param maxTrades as configuration gives it
     */
    public TradesPerDay(final String maxTrades) {
        this.maxTrades = Long.parseLong(maxTrades);
    }

    @Override
    public String name() {
        return "trades per day";
    }

    @Override
    public int longsPerAccount() {
        return 2;
    }

    @Override
    public boolean passes(
            final int instrument,
            final boolean buys,
            final long quantity,
            final long price,
            final CheckState state) {
        final long trades = tradesToday(state);
        return trades < maxTrades || state.refuse(maxTrades, trades + 1);
    }

    @Override
    public void onTrade(
            final int instrument,
            final boolean bought,
            final long quantity,
            final long price,
            final CheckState state) {
        state.set(TRADES, tradesToday(state) + 1);
        state.set(DAY, state.day());
    }

    private static long tradesToday(final CheckState state) {
        return state.get(DAY) == state.day() ? state.get(TRADES) : 0;
    }
}
