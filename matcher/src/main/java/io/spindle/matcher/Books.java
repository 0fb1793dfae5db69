package io.spindle.matcher;

/** What a book is, apart from its orders: one record for each book. */
final class Books {
    private static final int RECORD_SHIFT = 6;
    private static final int MAX_PRICE_OFFSET = 0;

    private final Slab slab;

    Books(final int capacity) {
        this.slab = new Slab((long) capacity << RECORD_SHIFT, (byte) 0);
    }

    boolean isOpen(final int book) {
        return maxPriceTicks(book) != 0;
    }

    void open(final int book, final int maxPriceTicks) {
        slab.putInt(offset(book) + MAX_PRICE_OFFSET, maxPriceTicks);
    }

    void close(final int book) {
        slab.putInt(offset(book) + MAX_PRICE_OFFSET, 0);
    }

    /** 0 for a book that is not open. */
    int maxPriceTicks(final int book) {
        return slab.getInt(offset(book) + MAX_PRICE_OFFSET);
    }

    private static long offset(final int book) {
        return (long) book << RECORD_SHIFT;
    }
}
