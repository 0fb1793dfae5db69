package io.spindle.oms;

/**
 * One scope's limits and blocks: 64 bytes inside the scope's own record. A limit that is not set is
 * {@link Long#MAX_VALUE}, so that combining scopes is a minimum.
 */
final class LimitLine {
    static final int LENGTH = 64;
    static final long NO_LIMIT = Long.MAX_VALUE;

    static final int OPEN_ORDERS = 0;
    static final int ORDER_QUANTITY = 8;
    static final int ORDER_NOTIONAL = 16;
    static final int POSITION = 24;
    static final int EXPOSURE = 32;
    static final int ALIKE = 40;

    /** Early warning at this percentage; 0 = none. */
    static final int WARN_PERCENT = 48;

    /** One {@link EntryState} number for each authority, 0 (a session) to 3 (a supervisor). */
    static final int BLOCKS = 52;

    static final int AUTHORITIES = 4;

    /** The highest authority: it lifts what any other has set. */
    static final int SUPERVISOR = 3;

    private static final int LIMITS = 6;

    private LimitLine() {}

    /** No limits, no blocks. */
    static void open(final Slab records, final int index, final int line) {
        for (int i = 0; i < LIMITS; i++) {
            records.putLong(index, line + i * Long.BYTES, NO_LIMIT);
        }
    }

    /** The stricter of two lines in every field goes to the first. */
    static void tighten(
            final Slab records,
            final int index,
            final int line,
            final Slab others,
            final int other,
            final int otherLine) {
        for (int field = 0; field < LIMITS * Long.BYTES; field += Long.BYTES) {
            records.putLong(
                    index,
                    line + field,
                    Math.min(
                            records.getLong(index, line + field),
                            others.getLong(other, otherLine + field)));
        }
        final int warn = records.getInt(index, line + WARN_PERCENT);
        final int otherWarn = others.getInt(other, otherLine + WARN_PERCENT);
        records.putInt(
                index,
                line + WARN_PERCENT,
                warn == 0 || otherWarn == 0 ? warn + otherWarn : Math.min(warn, otherWarn));
        for (int authority = 0; authority < AUTHORITIES; authority++) {
            final int field = BLOCKS + authority;
            records.putByte(
                    index,
                    line + field,
                    Math.max(
                            records.getByte(index, line + field),
                            others.getByte(other, otherLine + field)));
        }
    }

    /** Whether the line limits, blocks or warns at all. */
    static boolean saysAnything(final Slab records, final int index, final int line) {
        boolean says = records.getInt(index, line + WARN_PERCENT) != 0;
        for (int field = 0; field < LIMITS * Long.BYTES; field += Long.BYTES) {
            says |= records.getLong(index, line + field) != NO_LIMIT;
        }
        return says | records.getInt(index, line + BLOCKS) != 0;
    }

    /** Copies a line. */
    static void copy(final Slab records, final int index, final int from, final int to) {
        for (int field = 0; field < LENGTH; field += Long.BYTES) {
            records.putLong(index, to + field, records.getLong(index, from + field));
        }
    }

    /** The strictest block that any authority has set. */
    static int entryState(final Slab records, final int index, final int line) {
        final int blocks = records.getInt(index, line + BLOCKS);
        int strictest = EntryState.ACTIVE;
        for (int left = blocks; left != 0; left >>>= Byte.SIZE) {
            strictest = Math.max(strictest, left & 0xFF);
        }
        return strictest;
    }

    /** A block is lifted by the authority that set it, or by a higher one. */
    static void block(
            final Slab records,
            final int index,
            final int line,
            final int authority,
            final int entryState) {
        records.putByte(index, line + BLOCKS + authority, entryState);
        if (entryState == EntryState.ACTIVE) {
            for (int lower = 0; lower < authority; lower++) {
                records.putByte(index, line + BLOCKS + lower, EntryState.ACTIVE);
            }
        }
    }
}
