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

    @Override
    public void onEntryState(final int scope, final int index, final int entryState) {
        next.onEntryState(scope, index, entryState);
    }

    @Override
    public void onReferencePrice(final int instrument, final long price) {
        next.onReferencePrice(instrument, price);
    }

    @Override
    public void onHeld(final int order, final int rule) {
        next.onHeld(order, rule);
    }

    @Override
    public void onAlgorithm(final int algorithm) {
        next.onAlgorithm(algorithm);
    }

    @Override
    public void onRiskWarning(
            final int account, final int about, final long limit, final long value) {
        next.onRiskWarning(account, about, limit, value);
    }

    @Override
    public void onRiskRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int account,
            final int check,
            final long limit,
            final long value) {
        next.onRiskRejected(session, userRefIdx, userRefNum, account, check, limit, value);
    }

    @Override
    public void onTransition(final int order, final int from, final int to) {
        next.onTransition(order, from, to);
    }

    @Override
    public void onVenueQuote(final int venue, final int instrument) {
        next.onVenueQuote(venue, instrument);
    }

    @Override
    public void onRouting(final int line) {
        next.onRouting(line);
    }

    @Override
    public void onRouted(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        next.onRouted(order, venue, price, lots, share, ageNs);
    }

    @Override
    public void onLegUnanswered(final int leg) {
        next.onLegUnanswered(leg);
    }
}
