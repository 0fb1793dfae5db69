package io.spindle.oms;

/** What an order's record says about its legs with other venues, in the room of its options. */
public final class OrderLegs {
    /** Of {@link OrderTable#HAS_OPTIONS}: the order has, or had, legs. */
    private static final int ROUTED = 4;

    private static final int FIRST_LEG = OrderTable.FIRST_LEG;
    private static final int AWAY = OrderTable.AWAY;

    private final Slab records;

    /** Reads and writes in the records of these orders. */
    public OrderLegs(final OrderTable orders) {
        this.records = orders.records();
    }

    /** Whether the order was sent to other venues, whole or in part. */
    public boolean isRouted(final int order) {
        return (records.getByte(order, OrderTable.HAS_OPTIONS) & ROUTED) != 0;
    }

    /** Lots that other venues have: those of the leaves that are not in the book here. */
    long away(final int order) {
        return isRouted(order) ? records.getInt(order, AWAY) & 0xFFFF_FFFFL : 0;
    }

    void set(final int order, final int firstLeg, final long away) {
        records.putByte(order, OrderTable.HAS_OPTIONS, ROUTED);
        first(order, firstLeg);
        records.putInt(order, AWAY, (int) away);
    }

    /** Lots are not with a venue any more. */
    void takeHome(final int order, final long lots) {
        records.putInt(order, AWAY, (int) (away(order) - lots));
    }

    /** The first leg, or {@link LegTable#NONE}. */
    int first(final int order) {
        return records.getInt(order, FIRST_LEG) - 1;
    }

    void first(final int order, final int leg) {
        records.putInt(order, FIRST_LEG, leg + 1);
    }
}
