package io.spindle.mgmt.model;

/**
 * Something that a person should look at.
 *
 * @param account empty if it is about no account in particular
 * @param detail with the figures, for people
 */
public record Alert(
        Kind kind, String firm, String account, String detail, long sequence, long timeNs)
        implements Fact {
    /** What has happened. */
    public enum Kind {
        /**
         * A debit from outside left the account's free cash below zero, so that it opens nothing
         * until it is not, or its free lots of an instrument.
         */
        OVERDRAWN,
        /** An account came to the early-warning level of a limit. */
        RISK_WARNING,
        /** Another venue is in another state, has not answered in time, or says what differs. */
        VENUE,
        /** Another system's orders, fills, cash or holdings are not what ours are. */
        RECONCILIATION
    }
}
