package io.spindle.oms;

/** Member firms, numbered from 0. Same contract as {@link OrderTable}. */
public final class FirmTable {
    /** No such firm. */
    public static final int NONE = -1;

    static final int CODE = 0;
    static final int OWN = 64;
    private static final int LENGTH = OWN + LimitLine.LENGTH;

    private final Slab records;
    private final LongIndex byCode;

    FirmTable(final EngineState state, final int maxFirms) {
        this.records = state.slab(LENGTH, maxFirms);
        this.byCode = new LongIndex(state, maxFirms);
    }

    public int count() {
        return records.limit();
    }

    /** The firm with this packed code, or {@link #NONE}. */
    public int find(final int code) {
        return byCode.find(key(code));
    }

    /** Four characters, packed. */
    public int code(final int firm) {
        return records.getInt(firm, CODE);
    }

    Slab records() {
        return records;
    }

    boolean isFull() {
        return records.limit() == records.capacity();
    }

    int add(final int code) {
        final int firm = records.limit();
        records.limit(firm + 1);
        records.clear(firm);
        records.putInt(firm, CODE, code);
        LimitLine.open(records, firm, OWN);
        byCode.put(key(code), firm);
        return firm;
    }

    void rebuild() {
        byCode.clear();
        for (int firm = 0; firm < records.limit(); firm++) {
            byCode.put(key(code(firm)), firm);
        }
    }

    private static long key(final int code) {
        return 1L << 32 | code & 0xFFFF_FFFFL;
    }
}
