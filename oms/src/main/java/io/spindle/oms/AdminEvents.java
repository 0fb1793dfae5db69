package io.spindle.oms;

/** Sessions, configuration and answers to admin requests. Same contract as {@link OrderEvents}. */
public interface AdminEvents {
    /** Login logged; address and port are in {@link SessionTable}. */
    default void onSessionUp(final int session) {}

    /**
     * reason: 0 logoff, 1 silence, or another session has logged in from its source, 2 operator, 3
     * it would not keep to its rate.
     */
    default void onSessionDown(final int session, final int reason) {}

    /** A session was defined or changed. */
    default void onSession(final int session) {}

    default void onAccount(final int account) {}

    /** Cash of an account moved; {@code currency} is a packed code, amounts are 10^-4 of it. */
    default void onBalance(final int account, final int currency, final long balance) {}

    /** Lots of an instrument held by an account, signed. */
    default void onHolding(final int account, final int instrument, final long lots) {}

    /**
     * The answer to the admin command that carried this request id; code 0 = done, else {@link
     * RejectCode}.
     */
    default void onAdminResult(final long requestHigh, final long requestLow, final int code) {}

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

    /** Something about an algorithm changed; {@link AlgorithmTable} has it all. */
    default void onAlgorithm(final int algorithm) {}

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

    /** A venue was defined, or is in another state: see {@link VenueTable}. */
    default void onVenue(final int venue) {}

    /** A venue's quote for an instrument is another, or as old as now again. */
    default void onVenueQuote(final int venue, final int instrument) {}

    /** A line of the {@link RouteTable} was set. */
    default void onRouting(final int line) {}

    /**
     * One of the places that were looked at when it was decided where an order goes; all of them
     * come before the order is accepted or sent.
     *
     * @param venue {@link VenueTable#NONE} for the book here
     * @param price of the quote, 0 without one
     * @param lots quoted at that price
     * @param share lots of the order that it was given
     * @param ageNs of the quote, −1 without one
     */
    default void onRouted(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {}

    /**
     * A leg in the {@link LegTable} went from one {@link OrderState} to another, codes. From {@code
     * SUBMITTED} to itself: it goes out once more, under another number.
     */
    default void onLeg(final int leg, final int from, final int to) {}

    /** The leg's venue is to be asked to cancel it. */
    default void onLegCancel(final int leg) {}

    /** The leg's venue has not answered in time; the leg stays submitted. */
    default void onLegUnanswered(final int leg) {}

    /**
     * What a venue has said differed from what we had.
     *
     * @param number of the order at the venue, unsigned
     * @param kind of {@link VenueReports}
     */
    default void onVenueDifference(
            final int venue, final int number, final int kind, final long lots) {}

    /** A new trading day, date as yyyymmdd. */
    default void onDayStart(final int date, final int epoch) {}

    /** This engine's digest differs from the logged one: the replica must stop. */
    default void onDigestMismatch(final long expected, final long actual) {}
}
