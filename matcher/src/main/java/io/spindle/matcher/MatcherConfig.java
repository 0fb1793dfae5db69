package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/**
 * Capacities of a {@link Matcher}, all taken at construction.
 *
 * <p>Memory: {@value #BYTES_PER_ORDER} bytes for each order name, {@value #BYTES_PER_BOOK} for each
 * book, open or not, {@value #BYTES_PER_NODE} for each ladder node. A node covers 64 neighbouring
 * ticks of one side of one book, and an empty book has none; see {@link #defaultNodes} for how many
 * are enough.
 *
 * @param maxOrders order names are 0 … maxOrders − 1
 * @param maxBooks book numbers are 0 … maxBooks − 1
 * @param maxNodes ladder nodes, shared by all books
 * @param maxFillsPerOrder makers that one incoming order may meet before its rest is cancelled
 */
@Cold
public record MatcherConfig(int maxOrders, int maxBooks, int maxNodes, int maxFillsPerOrder) {
    public static final int DEFAULT_MAX_FILLS_PER_ORDER = 10_000;
    public static final int MAX_BOOKS = 65_536;
    public static final int BYTES_PER_ORDER = OrderCells.CELL_BYTES + OrderTraits.TRAITS_BYTES;
    public static final int BYTES_PER_BOOK =
            Books.RECORD_BYTES + Ladders.PER_BOOK * Ladders.RECORD_BYTES;
    public static final int BYTES_PER_NODE = Nodes.NODE_BYTES;
    private static final int MAX_ORDERS = 1 << 28;
    private static final int MAX_NODES = 1 << 24;
    private static final int SPARE_NODES = 4_096;
    private static final int ORDERS_PER_NODE = 16;
    private static final int NODES_PER_BOOK = 10;

    public MatcherConfig {
        final List<String> violations = new ArrayList<>();
        within(violations, "maxOrders", maxOrders, MAX_ORDERS);
        within(violations, "maxBooks", maxBooks, MAX_BOOKS);
        within(violations, "maxNodes", maxNodes, MAX_NODES);
        within(violations, "maxFillsPerOrder", maxFillsPerOrder, MAX_ORDERS);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", violations));
        }
    }

    /** Room for so many orders and books, with default nodes and the default sweep bound. */
    public static MatcherConfig of(final int maxOrders, final int maxBooks) {
        return new MatcherConfig(
                maxOrders,
                maxBooks,
                defaultNodes(maxOrders, maxBooks),
                DEFAULT_MAX_FILLS_PER_ORDER);
    }

    /**
     * Two paths from root to leaf for every book, and one node for every 16 orders: order flow
     * gathers near the touch, where a node holds far more than that.
     */
    public static int defaultNodes(final int maxOrders, final int maxBooks) {
        return Math.min(
                MAX_NODES, SPARE_NODES + maxOrders / ORDERS_PER_NODE + maxBooks * NODES_PER_BOOK);
    }

    /** What a matcher of this size takes outside the heap. */
    public long memoryBytes() {
        return (long) maxOrders * BYTES_PER_ORDER
                + (long) maxBooks * BYTES_PER_BOOK
                + (long) maxNodes * BYTES_PER_NODE;
    }

    @Cold
    private static void within(
            final List<String> violations, final String name, final int value, final int max) {
        if (value < 1 || value > max) {
            violations.add(name + "=" + value + " (1.." + max + ")");
        }
    }
}
