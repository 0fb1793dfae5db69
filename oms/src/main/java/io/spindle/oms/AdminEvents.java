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

    /** A new trading day, date as yyyymmdd. */
    void onDayStart(int date, int epoch);

    /** This engine's digest differs from the logged one: the replica must stop. */
    void onDigestMismatch(long expected, long actual);
}
