package io.spindle.oms;

/**
 * How orders find their venue, as configured: for an account, else for an instrument, else for all.
 */
public final class RouteTable {
    /** Nothing is configured: orders stay here. */
    public static final int NONE = -1;

    /** To the venue that the order names, else to the configured one. */
    public static final int CONFIGURED = 'C';

    /** Whole to the best price; of equal ones here first, then the venue defined first. */
    public static final int BEST_PRICE = 'P';

    /** Whole to the most lots at a price within the limit; of equal ones the better price. */
    public static final int LIQUIDITY = 'L';

    /** In parts, best price first, as much as is quoted; what is left stays here. */
    public static final int SPLIT = 'S';

    private static final int ALL = 0;
    private static final int MAX_AGE_NS = 0;
    private static final int VENUE = 8;
    private static final int STRATEGY = 12;
    private static final int LENGTH = 16;

    private final Slab lines;
    private final int firstAccount;

    RouteTable(final EngineState state, final int maxInstruments, final int accounts) {
        this.firstAccount = maxInstruments + 1;
        this.lines = state.slab(LENGTH, firstAccount + accounts);
    }

    /** The line for all, for an instrument or for an account, whichever is defined, else all's. */
    public int lineOf(final int account, final int instrument) {
        return account != AccountTable.NONE ? firstAccount + account : instrument;
    }

    /** The line that decides, or {@link #NONE}. */
    public int find(final int account, final int instrument) {
        if (lines.limit() == 0) {
            return NONE;
        }
        if (strategy(firstAccount + account) != 0) {
            return firstAccount + account;
        }
        if (strategy(instrument) != 0) {
            return instrument;
        }
        return strategy(ALL) != 0 ? ALL : NONE;
    }

    /** 0 where nothing is configured. */
    public int strategy(final int line) {
        return line < lines.limit() ? lines.getByte(line, STRATEGY) : 0;
    }

    /** The configured venue, or {@link VenueTable#NONE} for here. */
    public int venue(final int line) {
        return lines.getInt(line, VENUE) - 1;
    }

    /** Quotes older than this do not count. */
    public long maxAgeNs(final int line) {
        return lines.getLong(line, MAX_AGE_NS);
    }

    static boolean isStrategy(final int strategy) {
        return strategy == 0
                || strategy == CONFIGURED
                || strategy == BEST_PRICE
                || strategy == LIQUIDITY
                || strategy == SPLIT;
    }

    /** {@code strategy} 0 takes the line away. */
    void set(final int line, final int strategy, final int venue, final long maxAgeNs) {
        lines.limit(lines.capacity());
        lines.putByte(line, STRATEGY, strategy);
        lines.putInt(line, VENUE, venue + 1);
        lines.putLong(line, MAX_AGE_NS, maxAgeNs);
    }
}
