package io.spindle.oms;

/** Sessions, configuration and answers to admin requests. Same contract as {@link OrderEvents}. */
public interface AdminEvents {
    /** Login logged; address and port are in {@link SessionTable}. */
    void onSessionUp(int session);

    /** reason: 0 logoff, 1 silence, 2 operator. */
    void onSessionDown(int session, int reason);

    /** A session was defined or changed. */
    void onSession(int session);

    void onAccount(int account);

    /** Cash of an account moved; {@code currency} is a packed code, amounts are 10^-4 of it. */
    void onBalance(int account, int currency, long balance);

    /** Lots of an instrument held by an account, signed. */
    void onHolding(int account, int instrument, long lots);

    /**
     * The answer to the admin command that carried this request id; code 0 = done, else {@link
     * RejectCode}.
     */
    void onAdminResult(long requestHigh, long requestLow, int code);

    /**
     * What a scope may do now.
     *
     * @param scope Y system, F firm, A account, S session
     * @param index number in the scope's table, 0 for the system
     * @param entryState of {@link EntryState}
     */
    default void onEntryState(final int scope, final int index, final int entryState) {}

    /** The operator's reference price; 0 = the last trade's again. */
    default void onReferencePrice(final int instrument, final long price) {}

    /** An order waits for an operator; {@code rule} is the authorisation rule that holds it. */
    default void onHeld(final int order, final int rule) {}

    /** An account came to its early-warning level; {@code about} is a {@link RejectCode}. */
    default void onRiskWarning(
            final int account, final int about, final long limit, final long value) {}

    /**
     * Why risk refused a request; its rejection follows.
     *
     * @param check number of the check that failed, all below it having passed: {@link RiskCheck},
     *     or from {@link RiskCheck#CUSTOM} the configured ones
     */
    default void onRiskRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int account,
            final int check,
            final long limit,
            final long value) {}

    /** An order went from one {@link OrderState} to another; codes. */
    default void onTransition(final int order, final int from, final int to) {}

    /** A new trading day, date as yyyymmdd. */
    void onDayStart(int date, int epoch);

    /** This engine's digest differs from the logged one: the replica must stop. */
    void onDigestMismatch(long expected, long actual);
}
