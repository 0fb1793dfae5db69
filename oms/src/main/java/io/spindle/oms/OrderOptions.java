package io.spindle.oms;

/** What open orders asked for beyond price and quantity. Same contract as {@link OrderTable}. */
public final class OrderOptions {
    private final Slab records;

    OrderOptions(final Slab records) {
        this.records = records;
    }

    /** The client's own number for what the order is part of, 0 for none. */
    public int strategyId(final int order) {
        return records.getInt(order, OrderTable.STRATEGY);
    }

    /** What happens to a trade with oneself: N, O, B or D as in option 138; 0 = it trades. */
    public char selfTradePrevention(final int order) {
        return (char) records.getByte(order, OrderTable.SELF_TRADE);
    }

    /** Price at which a stop goes to the market; 0 = not a stop. */
    public long stopPrice(final int order) {
        return records.getLong(order, OrderTable.STOP_PRICE);
    }

    /** How far a trailing stop follows; 0 = it does not. */
    public long trail(final int order) {
        return records.getLong(order, OrderTable.TRAIL);
    }

    /** Lots that an iceberg shows at once; 0 = all. */
    public long maxFloor(final int order) {
        return records.getLong(order, OrderTable.MAX_FLOOR);
    }

    /** OUCH's price type: L limit, P market peg, M midpoint, R primary; 0 = not given. */
    public int priceType(final int order) {
        return records.getByte(order, OrderTable.PRICE_TYPE);
    }

    /** The venue that the order names, packed; 0 = none. */
    public int route(final int order) {
        return records.getInt(order, OrderTable.ROUTE);
    }

    /** Number of the order that this one is linked with, in the same series; 0 = none. */
    public int linkId(final int order) {
        return records.getInt(order, OrderTable.LINK);
    }
}
