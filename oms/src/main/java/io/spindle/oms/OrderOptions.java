package io.spindle.oms;

/** What open orders asked for beyond price and quantity. Same contract as {@link OrderTable}. */
public final class OrderOptions {
    /** Bit of {@link OrderTable#HAS_OPTIONS}: an algorithm has entered the order. */
    private static final int OF_ALGORITHM = 2;

    /** Another: its stop has fired. What it was can still be read, but it is no stop any more. */
    private static final int FIRED = 8;

    /** Another: an iceberg has shown its next part, under another reference than its first. */
    private static final int RENAMED = 16;

    /** Where the first reference is then: what shows itself part by part is not asleep. */
    private static final int FIRST_REFERENCE = OrderTable.WAKE_LOTS;

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

    /** Price at which a stop goes to the market, or went; 0 = it never was one. */
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
        mark(order, OF_ALGORITHM);
        records.putShort(order, OrderTable.ALGORITHM, algorithm);
    }

    /** The reference that it got when it was entered or replaced. */
    long entryReference(final int order) {
        return (records.getByte(order, OrderTable.HAS_OPTIONS) & RENAMED) == 0
                ? records.getLong(order, OrderTable.REFERENCE)
                : records.getLong(order, FIRST_REFERENCE);
    }

    /** The order goes on under another reference. */
    void rename(final int order, final long reference) {
        records.putLong(order, FIRST_REFERENCE, entryReference(order));
        mark(order, RENAMED);
        records.putLong(order, OrderTable.REFERENCE, reference);
    }

    void fired(final int order) {
        mark(order, FIRED);
    }

    /** Of an order's record, or of one like it. */
    static boolean hasFired(final Slab records, final int order) {
        return (records.getByte(order, OrderTable.HAS_OPTIONS) & FIRED) != 0;
    }

    /** Stays so until the order is replaced. */
    private void mark(final int order, final int bit) {
        final int flags = records.getByte(order, OrderTable.HAS_OPTIONS);
        records.putByte(order, OrderTable.HAS_OPTIONS, flags | bit);
    }

    /** True for a take-profit or a stop-loss: it sleeps until its parent is done. */
    public boolean isChild(final int order) {
        final int role = records.getByte(order, OrderTable.LINK_ROLE);
        return role == OrderLinks.TAKE_PROFIT || role == OrderLinks.STOP_LOSS;
    }

    /** Number of the order that this one is linked with, in the same series; 0 = none. */
    public int linkId(final int order) {
        return records.getInt(order, OrderTable.LINK);
    }
}
