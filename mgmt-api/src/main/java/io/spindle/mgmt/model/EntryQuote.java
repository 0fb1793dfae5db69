package io.spindle.mgmt.model;

/**
 * The top of the book when an order came to it: what best execution is judged by.
 *
 * @param bid wire price, {@link #NONE} for an empty side
 */
public record EntryQuote(
        OrderId order, Instrument instrument, long bid, long ask, long sequence, long timeNs)
        implements Fact {
    public static final long NONE = 0;
}
