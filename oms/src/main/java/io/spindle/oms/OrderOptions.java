package io.spindle.oms;

/** What open orders asked for beyond price and quantity. Same contract as {@link OrderTable}. */
public final class OrderOptions {
    /** Bit of {@link OrderTable#HAS_OPTIONS}: an algorithm has entered the order. */
    private static final int OF_ALGORITHM = 2;

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

    /** The algorithm that has entered the order, or {@link AlgorithmTable#NONE}. */
    public int algorithm(final int order) {
        return (records.getByte(order, OrderTable.HAS_OPTIONS) & OF_ALGORITHM) == 0
                ? AlgorithmTable.NONE
                : records.getShort(order, OrderTable.ALGORITHM);
    }

    void algorithm(final int order, final int algorithm) {
        final int flags = records.getByte(order, OrderTable.HAS_OPTIONS) | OF_ALGORITHM;
        records.putByte(order, OrderTable.HAS_OPTIONS, flags);
        records.putShort(order, OrderTable.ALGORITHM, algorithm);
    }

    /** Number of the order that this one is linked with, in the same series; 0 = none. */
    public int linkId(final int order) {
        return records.getInt(order, OrderTable.LINK);
    }
}
