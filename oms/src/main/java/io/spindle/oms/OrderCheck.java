package io.spindle.oms;

/**
 * A check of your own, run after the standard ones on every order. Loaded by configuration, in its
 * order; named in results.
 *
 * <p>It has to be a pure function of what it is given and of what it keeps in {@link CheckState}:
 * no clock, no random numbers, no fields that change, no allocation. Every replica of a log runs
 * the same checks. A check that throws refuses the order; one that throws at a trade refuses all
 * further orders of that account, for it no longer knows what it traded.
 */
public interface OrderCheck {
    /** As results show it. */
    String name();

    /** Longs of state wanted for each account; they are zero at first. */
    int longsPerAccount();

    /**
     * @param state of the account that is to trade
     * @return false to reject; {@link CheckState#refuse} says why
     */
    boolean passes(int instrument, boolean buys, long quantity, long price, CheckState state);

    /** The account traded, once for each fill and side. */
    default void onTrade(
            final int instrument,
            final boolean bought,
            final long quantity,
            final long price,
            final CheckState state) {}
}
