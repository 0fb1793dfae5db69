package io.spindle.oms;

/** Instruments by stock locate: 1 is the first defined. Same contract as {@link OrderTable}. */
public final class InstrumentTable {
    /** No such instrument. */
    public static final int NONE = 0;

    static final int SYMBOL = 0;
    static final int TICK_SIZE = 8;
    static final int LOT_SIZE = 16;
    static final int MIN_QUANTITY = 24;
    static final int MAX_QUANTITY = 32;
    static final int MAX_PRICE = 40;
    static final int CURRENCY = 48;
    static final int PRICE_DECIMALS = 52;
    static final int LOT_EXPONENT = 53;
    static final int TRADING_STATE = 54;
    static final int LAST_PRICE = 56;
    static final int VALUE_MULTIPLIER = 64;
    static final int VALUE_DIVISOR = 72;
    private static final int LENGTH = 128;

    private final Slab records;
    private final LongIndex bySymbol;

    InstrumentTable(final EngineState state, final int maxInstruments) {
        this.records = state.slab(LENGTH, maxInstruments + 1);
        this.records.limit(1);
        this.bySymbol = new LongIndex(maxInstruments);
    }

    /** Instruments defined; they are numbered 1 … count. */
    public int count() {
        return records.limit() - 1;
    }

    public boolean isDefined(final int instrument) {
        return instrument >= 1 && instrument < records.limit();
    }

    /** The instrument with this symbol, or {@link #NONE}. */
    public int find(final long symbol) {
        final int found = symbol == 0 ? LongIndex.MISSING : bySymbol.find(symbol);
        return found == LongIndex.MISSING ? NONE : found;
    }

    public long symbol(final int instrument) {
        return records.getLong(instrument, SYMBOL);
    }

    public long tickSize(final int instrument) {
        return records.getLong(instrument, TICK_SIZE);
    }

    /** Every quantity is a multiple of this many lots. */
    public long lotSize(final int instrument) {
        return records.getLong(instrument, LOT_SIZE);
    }

    public long minQuantity(final int instrument) {
        return records.getLong(instrument, MIN_QUANTITY);
    }

    public long maxQuantity(final int instrument) {
        return records.getLong(instrument, MAX_QUANTITY);
    }

    public long maxPrice(final int instrument) {
        return records.getLong(instrument, MAX_PRICE);
    }

    public int priceDecimals(final int instrument) {
        return records.getByte(instrument, PRICE_DECIMALS);
    }

    /** One lot is 10^-exponent units. */
    public int lotExponent(final int instrument) {
        return records.getByte(instrument, LOT_EXPONENT);
    }

    public int currency(final int instrument) {
        return records.getInt(instrument, CURRENCY);
    }

    /** ITCH trading action code: H, P, Q or T. */
    public int tradingState(final int instrument) {
        return records.getByte(instrument, TRADING_STATE);
    }

    /** Price of the last trade, 0 before the first. */
    public long lastPrice(final int instrument) {
        return records.getLong(instrument, LAST_PRICE);
    }

    /** Price times quantity in 10^-4 of the currency, rounded down, or {@link Money#OVERFLOW}. */
    long value(final int instrument, final long price, final long quantity) {
        return Money.value(
                price,
                quantity,
                records.getLong(instrument, VALUE_MULTIPLIER),
                records.getLong(instrument, VALUE_DIVISOR));
    }

    Slab records() {
        return records;
    }

    boolean isFull() {
        return records.limit() == records.capacity();
    }

    /** Number for a new instrument, all fields zero. */
    int add(final long symbol) {
        final int instrument = records.limit();
        records.limit(instrument + 1);
        records.clear(instrument);
        records.putLong(instrument, SYMBOL, symbol);
        bySymbol.put(symbol, instrument);
        return instrument;
    }

    void rebuild() {
        bySymbol.clear();
        for (int instrument = 1; instrument < records.limit(); instrument++) {
            bySymbol.put(symbol(instrument), instrument);
        }
    }
}
