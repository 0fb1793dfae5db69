package io.spindle.oms;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

/**
 * Open orders, named by a dense index that is used again after the order's terminal event.
 *
 * <p>Reading is for listeners and replicas, on the engine's thread; writing is for the engine only.
 * Prices are wire prices, quantities lots, and {@code executed + leaves + cancelled = quantity}.
 *
 * <p>A record is four cache lines: what every fill and cancel needs is in the first two.
 */
public final class OrderTable {
    /** No such order. */
    public static final int NONE = -1;

    // First line: who, what, how much is left.
    static final int SESSION = 0;
    static final int USER_REF_IDX = 2;
    static final int SIDE = 3;
    static final int USER_REF_NUM = 4;
    static final int INSTRUMENT = 8;
    static final int ACCOUNT = 12;
    static final int QUANTITY = 16;
    static final int LEAVES = 24;
    static final int EXECUTED = 32;
    static final int PRICE = 40;
    static final int REFERENCE = 48;
    static final int STATE = 56;
    static final int TIME_IN_FORCE = 57;
    static final int DISPLAY = 58;

    /** A sleeping sell: its lots are reserved as its parent buys them. */
    static final int DORMANT = 59;

    /** The other of the pair holds what both may sell. */
    static final int SHARED = 60;

    /** Not 0 when the options of the third and fourth lines were written. */
    static final int HAS_OPTIONS = 61;

    static final int MARGIN_BPS = 62;

    // Second line: what it holds of its account, and what has become of it.
    static final int SHOWN = 64;
    static final int VALUE = 72;
    static final int RESERVED = 80;
    static final int NOTIONAL = 88;
    static final int RESERVE_PRICE = 96;
    static final int CASH = 104;
    static final int HOLDING = 108;
    static final int MAKER_PPM = 112;
    static final int TAKER_PPM = 116;

    // Third line: written with every order, read for reports.
    static final int CL_ORD_ID_HIGH = 128;
    static final int CL_ORD_ID_LOW = 136;
    static final int ENTERED_NS = 144;
    static final int NEXT_WAITING = 152;
    static final int CAPACITY = 156;
    static final int SWEEP = 157;
    static final int CROSS_TYPE = 158;
    static final int WAITING = 159;

    static final int POST_ONLY = 160;
    static final int PRICE_TYPE = 161;
    static final int TRIGGER = 162;
    static final int TRAIL_TYPE = 163;
    static final int LINK_ROLE = 164;
    static final int SELF_TRADE = 165;
    static final int ALGORITHM = 166;
    static final int PEG_OFFSET = 168;
    static final int GROUP = 172;
    static final int STRATEGY = 176;
    static final int LINK = 180;
    static final int FIRST_LEG = 188;

    /** Order that this one's fills will wake, or of that one its parent, + 1; 0 for none. */
    static final int CHILD = 184;

    // Fourth line.
    /** What is reserved for a sleeping sell so far; {@link OrderOptions} has another use for it. */
    static final int WAKE_LOTS = 192;

    static final int EXPIRE_AT = 200;
    static final int MIN_QUANTITY = 208;
    static final int MAX_FLOOR = 216;
    static final int STOP_PRICE = 224;
    static final int TRAIL = 232;
    static final int RANDOM_RESERVES = 240;
    static final int AWAY = 248;
    static final int ROUTE = 252;

    /** Of a record that is free: the next free one. */
    private static final int NEXT_FREE = QUANTITY;

    static final int LENGTH = 256;

    private final EngineState state;
    private final Slab records;
    private final InstrumentTable instruments;
    private final InstrumentUses uses;
    private final OrderNumbers byNumber;
    private final OrderOptions options;

    OrderTable(
            final EngineState state,
            final int capacity,
            final InstrumentTable instruments,
            final InstrumentUses uses) {
        this.state = state;
        this.records = state.slab(LENGTH, capacity);
        this.instruments = instruments;
        this.uses = uses;
        this.byNumber = new OrderNumbers(state, records);
        this.options = new OrderOptions(records);
        state.set(EngineState.ORDER_FREE_HEAD, NONE);
    }

    public int capacity() {
        return records.capacity();
    }

    /** Orders open now. */
    public int open() {
        return (int) state.get(EngineState.ORDERS_OPEN);
    }

    /** Indices from here up have never been used. */
    public int highWater() {
        return records.limit();
    }

    /** True while the order is alive: between its accepted and its terminal event. */
    public boolean isLive(final int order) {
        return records.getLong(order, REFERENCE) != 0;
    }

    /** The open order that a session knows by this number, or {@link #NONE}. */
    public int find(final int session, final int userRefIdx, final int userRefNum) {
        return byNumber.find(session, userRefIdx, userRefNum);
    }

    /** See {@link Foresight}. */
    int peek(final int session, final int userRefIdx, final int userRefNum) {
        return byNumber.peek(session, userRefIdx, userRefNum);
    }

    /** The same, when it also has this reference; else {@link #NONE}. */
    int find(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long orderReference) {
        final int order = find(session, userRefIdx, userRefNum);
        return order != NONE && orderReference(order) == orderReference ? order : NONE;
    }

    public int session(final int order) {
        return records.getShort(order, SESSION);
    }

    public int userRefIdx(final int order) {
        return records.getByte(order, USER_REF_IDX);
    }

    /** Unsigned. */
    public int userRefNum(final int order) {
        return records.getInt(order, USER_REF_NUM);
    }

    /** OUCH's character: B, S, T or E. */
    public char side(final int order) {
        return (char) records.getByte(order, SIDE);
    }

    public int instrument(final int order) {
        return records.getInt(order, INSTRUMENT);
    }

    public long symbol(final int order) {
        return instruments.symbol(instrument(order));
    }

    public int account(final int order) {
        return records.getInt(order, ACCOUNT);
    }

    /** Total asked for, whatever is executed included. */
    public long quantity(final int order) {
        return records.getLong(order, QUANTITY);
    }

    public long leaves(final int order) {
        return records.getLong(order, LEAVES);
    }

    /** What the public sees of the leaves, 0 for a hidden order or one that does not rest. */
    public long shown(final int order) {
        return records.getLong(order, SHOWN);
    }

    public long executed(final int order) {
        return records.getLong(order, EXECUTED);
    }

    /** Sum of price × quantity of all fills, in 10^-4 of the currency. */
    public long executedValue(final int order) {
        return records.getLong(order, VALUE);
    }

    public long price(final int order) {
        return records.getLong(order, PRICE);
    }

    /** Counter, unique for the life of the log; changes with a replace. */
    public long orderReference(final int order) {
        return records.getLong(order, REFERENCE);
    }

    public char timeInForce(final int order) {
        return (char) records.getByte(order, TIME_IN_FORCE);
    }

    public char display(final int order) {
        return (char) records.getByte(order, DISPLAY);
    }

    public char capacity(final int order) {
        return (char) records.getByte(order, CAPACITY);
    }

    public char interMarketSweep(final int order) {
        return (char) records.getByte(order, SWEEP);
    }

    public char crossType(final int order) {
        return (char) records.getByte(order, CROSS_TYPE);
    }

    public long clOrdIdHigh(final int order) {
        return records.getLong(order, CL_ORD_ID_HIGH);
    }

    public long clOrdIdLow(final int order) {
        return records.getLong(order, CL_ORD_ID_LOW);
    }

    /** Cash set aside for the order, in 10^-4 of the currency. */
    public long reserved(final int order) {
        return records.getLong(order, RESERVED);
    }

    /** The group that the client put it in, 0 for none. */
    public int groupId(final int order) {
        return records.getInt(order, GROUP);
    }

    /** Whether it asks for any price. */
    public boolean isMarket(final int order) {
        return instruments.isMarketPrice(instrument(order), price(order));
    }

    /** Code of an {@link OrderState}. */
    public int state(final int order) {
        return records.getByte(order, STATE);
    }

    public long enteredNs(final int order) {
        return records.getLong(order, ENTERED_NS);
    }

    public OrderOptions options() {
        return options;
    }

    Slab records() {
        return records;
    }

    /** The index that {@link #allocate} will give, when not {@link #isFull}. */
    int next() {
        final int free = (int) state.get(EngineState.ORDER_FREE_HEAD);
        return free != NONE ? free : records.limit();
    }

    /** An index for a new order; the caller has asked {@link #isFull}. */
    int allocate() {
        final int order = next();
        if (order == records.limit()) {
            records.limit(order + 1);
        } else {
            state.set(EngineState.ORDER_FREE_HEAD, records.getInt(order, NEXT_FREE));
        }
        records.clear(order, 0, CL_ORD_ID_HIGH);
        state.next(EngineState.ORDERS_OPEN);
        return order;
    }

    /** Reads the record that the next {@link #allocate} will give. */
    long warm() {
        long sum = 0;
        if (!isFull()) {
            final int order = next();
            for (int field = 0; field < LENGTH; field += CACHE_LINE_LENGTH) {
                sum += records.getLong(order, field);
            }
        }
        return sum;
    }

    boolean isFull() {
        return state.get(EngineState.ORDER_FREE_HEAD) == NONE
                && records.limit() == records.capacity();
    }

    /** Gives the index back. */
    void release(final int order) {
        if (records.getByte(order, HAS_OPTIONS) != 0) {
            records.clear(order, POST_ONLY, LENGTH);
        }
        records.putLong(order, REFERENCE, 0);
        records.putInt(order, NEXT_FREE, (int) state.get(EngineState.ORDER_FREE_HEAD));
        state.set(EngineState.ORDER_FREE_HEAD, order);
        state.set(EngineState.ORDERS_OPEN, state.get(EngineState.ORDERS_OPEN) - 1);
    }

    /** Makes the order known by its session, index and number, and one of its instrument's. */
    void enlist(final int order) {
        byNumber.add(order);
        uses.orders(instrument(order), 1);
    }

    void delist(final int order) {
        byNumber.remove(order);
        uses.orders(instrument(order), -1);
    }

    /** Rebuilds what is derived, after a snapshot was read. */
    void rebuild() {
        byNumber.clear();
        for (int order = 0; order < records.limit(); order++) {
            if (isLive(order)) {
                byNumber.add(order);
            }
        }
    }
}
