package io.spindle.replica;

import io.spindle.oms.AdminEvents;

/** Passes every event on, and remembers the first checkpoint that differed. */
final class DigestGuard implements AdminEvents {
    private final AdminEvents next;
    private boolean tripped;
    private long expected;
    private long actual;

    DigestGuard(final AdminEvents next) {
        this.next = next;
    }

    boolean isTripped() {
        return tripped;
    }

    String describe(final long sequence) {
        return "checkpoint at sequence %,d carries digest %016x, this replica has %016x"
                .formatted(sequence, expected, actual);
    }

    @Override
    public void onDigestMismatch(final long expectedDigest, final long actualDigest) {
        if (!tripped) {
            tripped = true;
            expected = expectedDigest;
            actual = actualDigest;
        }
        next.onDigestMismatch(expectedDigest, actualDigest);
    }

    @Override
    public void onSessionUp(final int session) {
        next.onSessionUp(session);
    }

    @Override
    public void onSessionDown(final int session, final int reason) {
        next.onSessionDown(session, reason);
    }

    @Override
    public void onSession(final int session) {
        next.onSession(session);
    }

    @Override
    public void onAccount(final int account) {
        next.onAccount(account);
    }

    @Override
    public void onBalance(final int account, final int currency, final long balance) {
        next.onBalance(account, currency, balance);
    }

    @Override
    public void onHolding(final int account, final int instrument, final long lots) {
        next.onHolding(account, instrument, lots);
    }

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
        next.onAdminResult(requestHigh, requestLow, code);
    }

    @Override
    public void onDayStart(final int date, final int epoch) {
        next.onDayStart(date, epoch);
    }

    @Override
    public void onVenue(final int venue) {
        next.onVenue(venue);
    }

    @Override
    public void onLeg(final int leg, final int from, final int to) {
        next.onLeg(leg, from, to);
    }

    @Override
    public void onLegCancel(final int leg) {
        next.onLegCancel(leg);
    }

    @Override
    public void onVenueDifference(
            final int venue, final int number, final int kind, final long lots) {
        next.onVenueDifference(venue, number, kind, lots);
    }
}
