package io.spindle.matcher;

/** What a book is, apart from its orders: one record and one tick table for each book. */
final class Books extends Slab {
    static final int RECORD_BYTES = 192;

    /** Flag: nothing matches now. */
    static final int NOT_CONTINUOUS = 1;

    /** Flag: limits have bounds or steps of their own. */
    static final int RULED = 1 << 1;

    /** Flag: stops, pegs, trailing or woken orders wait for the market to move. */
    static final int WATCHED = 1 << 2;

    private static final int MAX_PRICE_OFFSET = 0;
    private static final int FLAGS_OFFSET = 4;
    private static final int STATE_OFFSET = 8;
    private static final int LAST_OFFSET = 12;
    private static final int WATCHERS_OFFSET = 16;
    private static final int MOVERS_OFFSET = 20;
    private static final int RANDOM_OFFSET = 24;
    private static final int AUCTION_LEFT_OFFSET = 32;
    private static final int AUCTION_PRICE_OFFSET = 40;
    private static final int NEXT_STATE_OFFSET = 44;
    static final int LISTS_OFFSET = 48;
    private static final int WORK_OFFSET = LISTS_OFFSET + OrderLists.COUNT * 2 * Integer.BYTES;

    // Rules, as set.
    private static final int RULES_OFFSET = 96;
    private static final int STATIC_LOW_OFFSET = RULES_OFFSET;
    private static final int STATIC_HIGH_OFFSET = 100;
    private static final int DYNAMIC_TICKS_OFFSET = 104;
    private static final int DYNAMIC_BPS_OFFSET = 108;
    private static final int INSTRUCTIONS_OFFSET = 112;
    private static final int TIMES_OFFSET = 116;
    private static final int REFERENCE_OFFSET = 120;
    private static final int TICK_BANDS_OFFSET = 124;
    private static final int TICK_TABLE_OFFSET = 128;

    private static final BookRules NO_RULES = new BookRules();
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final int capacity;

    Books(final int capacity) {
        super(OffHeap.allocate((long) capacity * RECORD_BYTES));
        this.capacity = capacity;
    }

    /** Whether a number is that of an open book. */
    boolean isOpen(final int book) {
        return book >= 0 && book < capacity && maxPriceTicks(book) != 0;
    }

    void open(final int book, final int maxPriceTicks) {
        for (int field = 0; field < RECORD_BYTES; field += Integer.BYTES) {
            put(book, field, 0);
        }
        for (int list = 0; list < OrderLists.COUNT * 2; list++) {
            put(book, LISTS_OFFSET + list * Integer.BYTES, OrderCells.NIL);
        }
        put(book, MAX_PRICE_OFFSET, maxPriceTicks);
        rules(book, NO_RULES);
    }

    void close(final int book) {
        put(book, MAX_PRICE_OFFSET, 0);
    }

    /** 0 for a book that is not open. */
    int maxPriceTicks(final int book) {
        return get(book, MAX_PRICE_OFFSET);
    }

    int flags(final int book) {
        return get(book, FLAGS_OFFSET);
    }

    private void flag(final int book, final int flag, final boolean on) {
        put(book, FLAGS_OFFSET, on ? flags(book) | flag : flags(book) & ~flag);
    }

    int state(final int book) {
        return get(book, STATE_OFFSET);
    }

    void state(final int book, final int state) {
        put(book, STATE_OFFSET, state);
        flag(book, NOT_CONTINUOUS, state != TradingState.CONTINUOUS);
    }

    /** Price of the last trade, 0 before the first. */
    int last(final int book) {
        return get(book, LAST_OFFSET);
    }

    void last(final int book, final int price) {
        put(book, LAST_OFFSET, price);
    }

    void watch(final int book, final int change) {
        final int watchers = get(book, WATCHERS_OFFSET) + change;
        put(book, WATCHERS_OFFSET, watchers);
        flag(book, WATCHED, watchers > 0);
    }

    /** Pegged and trailing orders. */
    int movers(final int book) {
        return get(book, MOVERS_OFFSET);
    }

    void movers(final int book, final int count) {
        put(book, MOVERS_OFFSET, count);
    }

    /** A number below {@code bound}, from the book's own SplitMix64 generator. */
    long random(final int book, final long bound) {
        final long state = getLong(book, RANDOM_OFFSET) + GOLDEN_GAMMA;
        putLong(book, RANDOM_OFFSET, state);
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> 1) % bound;
    }

    boolean hasWork(final int book) {
        return get(book, WORK_OFFSET) != 0;
    }

    void hasWork(final int book, final boolean more) {
        put(book, WORK_OFFSET, more ? 1 : 0);
    }

    // An uncross under way.

    int auctionPrice(final int book) {
        return get(book, AUCTION_PRICE_OFFSET);
    }

    long auctionLeft(final int book) {
        return getLong(book, AUCTION_LEFT_OFFSET);
    }

    int stateAfterAuction(final int book) {
        return get(book, NEXT_STATE_OFFSET);
    }

    void auction(final int book, final int price, final long left, final int nextState) {
        put(book, AUCTION_PRICE_OFFSET, price);
        putLong(book, AUCTION_LEFT_OFFSET, left);
        put(book, NEXT_STATE_OFFSET, nextState);
    }

    /** What bands and auctions start from: the last trade, else the reference price, else 0. */
    int anchor(final int book) {
        final int last = last(book);
        return last != 0 ? last : get(book, REFERENCE_OFFSET);
    }

    void reference(final int book, final int priceTicks) {
        put(book, REFERENCE_OFFSET, priceTicks);
    }

    void seed(final int book, final long seed) {
        putLong(book, RANDOM_OFFSET, seed);
    }

    // Rules.

    void rules(final int book, final BookRules rules) {
        put(book, STATIC_LOW_OFFSET, (int) rules.staticLowTicks);
        put(book, STATIC_HIGH_OFFSET, (int) rules.staticHighTicks);
        put(book, DYNAMIC_TICKS_OFFSET, rules.dynamicTicks);
        put(book, DYNAMIC_BPS_OFFSET, rules.dynamicBps);
        put(book, INSTRUCTIONS_OFFSET, rules.allowedInstructions);
        put(book, TIMES_OFFSET, rules.allowedTimesInForce);
        put(book, REFERENCE_OFFSET, (int) rules.referenceTicks);
        put(book, TICK_BANDS_OFFSET, rules.tickBands);
        for (int i = 0; i < rules.tickBands; i++) {
            put(book, TICK_TABLE_OFFSET + 8 * i, (int) rules.tickFrom[i]);
            put(book, TICK_TABLE_OFFSET + 8 * i + 4, rules.tickStep[i]);
        }
        putLong(book, RANDOM_OFFSET, rules.seed);
        refreshFlags(book);
    }

    /** Works the flags out again from what they summarise. */
    void refreshFlags(final int book) {
        int set = 0;
        for (int field = STATIC_LOW_OFFSET; field <= DYNAMIC_BPS_OFFSET; field += Integer.BYTES) {
            set |= get(book, field);
        }
        final boolean open =
                get(book, INSTRUCTIONS_OFFSET) == NO_RULES.allowedInstructions
                        && get(book, TIMES_OFFSET) == NO_RULES.allowedTimesInForce;
        flag(book, RULED, (set | get(book, TICK_BANDS_OFFSET)) != 0 || !open);
        flag(book, NOT_CONTINUOUS, state(book) != TradingState.CONTINUOUS);
        flag(book, WATCHED, get(book, WATCHERS_OFFSET) > 0);
    }

    /** Whether a field of the record is state, not derived from orders and other fields. */
    static boolean isImaged(final int field) {
        return field != FLAGS_OFFSET
                && field != WATCHERS_OFFSET
                && field != MOVERS_OFFSET
                && (field < LISTS_OFFSET || field >= WORK_OFFSET);
    }

    boolean allows(final int book, final int instructions, final int timeInForce) {
        return (instructions & ~get(book, INSTRUCTIONS_OFFSET)) == 0
                && (1 << timeInForce & get(book, TIMES_OFFSET)) != 0;
    }

    int lowestLimit(final int book) {
        return Math.max(1, get(book, STATIC_LOW_OFFSET));
    }

    int highestLimit(final int book) {
        final int high = get(book, STATIC_HIGH_OFFSET);
        return high == 0 ? maxPriceTicks(book) : high;
    }

    /**
     * The worst price at which an order with this limit may take: its limit or the dynamic band.
     */
    int reach(final int book, final int side, final int limit) {
        final long centre = anchor(book);
        final int ticks = get(book, DYNAMIC_TICKS_OFFSET);
        final int bps = get(book, DYNAMIC_BPS_OFFSET);
        if (centre == 0 || (ticks | bps) == 0) {
            return limit;
        }
        final long width = ticks != 0 ? ticks : centre * bps / 10_000;
        return side == OrderTerms.BUY
                ? (int) Math.min(limit, centre + width)
                : (int) Math.max(limit, centre - width);
    }

    /** The step of the tick table at this price. */
    int step(final int book, final long price) {
        int step = 1;
        final int bands = get(book, TICK_BANDS_OFFSET);
        for (int i = 0; i < bands && price >= get(book, TICK_TABLE_OFFSET + 8 * i); i++) {
            step = get(book, TICK_TABLE_OFFSET + 8 * i + 4);
        }
        return step;
    }

    int get(final int book, final int field) {
        return getInt((long) book * RECORD_BYTES + field);
    }

    void put(final int book, final int field, final int value) {
        putInt((long) book * RECORD_BYTES + field, value);
    }

    private long getLong(final int book, final int field) {
        return getLong((long) book * RECORD_BYTES + field);
    }

    private void putLong(final int book, final int field, final long value) {
        putLong((long) book * RECORD_BYTES + field, value);
    }
}
