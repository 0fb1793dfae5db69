package io.spindle.mgmt.model;

import java.util.List;

/**
 * What a client asked for, from its number to the order that it became or the reason why it did
 * not. The order has an id of its own, its reference.
 *
 * @param id the number that the client gave
 * @param replaces the order whose place it was to take, or null
 * @param orderReference of the order that it became, 0 while there is none
 * @param history every step, the first first; never empty
 */
public record OrderRequest(
        OrderId id,
        OrderId replaces,
        String firm,
        String account,
        String symbol,
        long orderReference,
        List<Step> history) {
    /** What may become of a request. The last four are for good. */
    public enum Status {
        RECEIVED,
        /** Waits behind the session's rate limit. */
        QUEUED,
        /** Waits for an authoriser. */
        HELD,
        /** Is with other venues, none of which has answered. */
        SUBMITTED,
        /** Is an order now. */
        ACCEPTED,
        REJECTED,
        CANCELLED,
        EXPIRED
    }

    /**
     * @param reason code's name, empty without one
     */
    public record Step(Status status, String reason, long sequence, long timeNs) {}

    public OrderRequest {
        history = List.copyOf(history);
    }

    public Step last() {
        return history.getLast();
    }
}
