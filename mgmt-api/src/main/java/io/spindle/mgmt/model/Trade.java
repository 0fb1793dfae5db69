package io.spindle.mgmt.model;

/** A match: one price, one quantity, two orders. */
public record Trade(
        long matchNumber,
        Instrument instrument,
        long price,
        long quantity,
        long sequence,
        long timeNs,
        Leg maker,
        Leg taker)
        implements Fact {
    /** One side of it. */
    public record Leg(OrderId order, String firm, String account, char side) {}

    public boolean involves(final String firm) {
        return maker.firm.equals(firm) || taker.firm.equals(firm);
    }
}
