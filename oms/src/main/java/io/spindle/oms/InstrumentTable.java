package io.spindle.oms;

/** Instruments by stock locate: 1 is the first defined. Same contract as {@link OrderTable}. */
public final class InstrumentTable {
    /** No such instrument. */
    public static final int NONE = 0;

    /** Nobody may open a position. */
    public static final int FLAG_RESTRICTED = 1;

    /** Without a reference price there is no trading. */
    public static final int FLAG_REFERENCE_NEEDED = 2;

    /** Its orders are being taken to another appliance: nobody but a supervisor ends them here. */
    public static final int FLAG_MOVING = 4;

    /** Trading state of one that was taken away: no command knows its symbol any more. */
    public static final int REMOVED = 'D';

    /** Wire price of a market order. */
    public static final long MARKET_PRICE = Long.MAX_VALUE;

    /** OUCH's own, the market price where prices stay below 200,000.0000. */
    static final long MARKET_PRICE_32 = 0x7FFF_FFFFL;

    private static final long OUCH_MAX_PRICE = 200_000_0000L;

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
    static final int REFERENCE_PRICE = 80;
    static final int BAND_BPS = 88;
    static final int MARGIN_BPS = 92;
    static final int FEES_CASH = 96;
    static final int SETTLEMENT_DAYS = 100;
    static final int RISK_FLAGS = 101;
    static final int AT_WORK = 102;

    /** The auction that is asked for and has not begun: {@link BookWork} knows what it means. */
    static final int UNCROSS = 103;

    /** Lots that the auction in hand has traded so far. */
    private static final int CROSS_LOTS = 104;

    private static final int COLLAR_EXTENSIONS = 120;

    /** Lots traded here since the instrument was defined. */
    private static final int VOLUME = 112;

    /** The other book of one instrument; 0 for none. */
    private static final int LINKED = 124;

    /** Instrument whose lots are traded here; 0 for this one. */
    private static final int LISTED_AS = 126;

    private static final int LENGTH = 128;

    private final Slab records;
    private final LongIndex bySymbol;

    InstrumentTable(final EngineState state, final int maxInstruments) {
        this.records = state.slab(LENGTH, maxInstruments + 1);
        this.records.limit(1);
        this.bySymbol = new LongIndex(state, maxInstruments);
    }

    /** Instruments ever defined, removed ones included; they are numbered 1 … count. */
    public int count() {
        return records.limit() - 1;
    }

    public boolean isDefined(final int instrument) {
        return instrument >= 1 && instrument < records.limit();
    }

    /** The instrument with this symbol, or {@link #NONE}; one that was removed is not found. */
    public int find(final long symbol) {
        final int found = findEver(symbol);
        return found == NONE || isRemoved(found) ? NONE : found;
    }

    /** The same, removed or not. */
    int findEver(final long symbol) {
        final int found = symbol == 0 ? LongIndex.MISSING : bySymbol.find(symbol);
        return found == LongIndex.MISSING ? NONE : found;
    }

    /** Whether it was taken away and not defined again since; {@link #NONE} never was. */
    public boolean isRemoved(final int instrument) {
        return tradingState(instrument) == REMOVED;
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

    boolean isInLots(final int instrument, final long quantity) {
        final long lotSize = lotSize(instrument);
        return lotSize == 1 || quantity % lotSize == 0;
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

    /** Whether an order at this price asks for any price. */
    public boolean isMarketPrice(final int instrument, final long price) {
        return price == MARKET_PRICE
                || price == MARKET_PRICE_32 && maxPrice(instrument) < OUCH_MAX_PRICE;
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

    /**
     * T continuous trading, Q pre-open, P an auction's call, C the closing auction's, H halted, K
     * cancel only, X closed, D removed.
     */
    public int tradingState(final int instrument) {
        return records.getByte(instrument, TRADING_STATE);
    }

    /** Price of the last trade, 0 before the first. */
    public long lastPrice(final int instrument) {
        return records.getLong(instrument, LAST_PRICE);
    }

    /** The price given by the operator, else that of the last trade, else 0. */
    public long referencePrice(final int instrument) {
        final long given = records.getLong(instrument, REFERENCE_PRICE);
        return given != 0 ? given : lastPrice(instrument);
    }

    /** Price band around the reference in basis points, 0 for none. */
    public int bandBps(final int instrument) {
        return records.getInt(instrument, BAND_BPS);
    }

    /** Initial margin in basis points; 0 means the full value. */
    public int marginBps(final int instrument) {
        return records.getInt(instrument, MARGIN_BPS);
    }

    /** Trading days until a trade is settled. */
    public int settlementDays(final int instrument) {
        return records.getByte(instrument, SETTLEMENT_DAYS);
    }

    public int riskFlags(final int instrument) {
        return records.getByte(instrument, RISK_FLAGS);
    }

    boolean isMoving(final int instrument) {
        return (riskFlags(instrument) & FLAG_MOVING) != 0;
    }

    /** Highest price within the band, 0 when there is no band or no reference. */
    public long upperBand(final int instrument) {
        final long reference = referencePrice(instrument);
        final int bps = bandBps(instrument);
        return bps == 0 || reference == 0
                ? 0
                : Math.min(
                        maxPrice(instrument),
                        reference + Money.part(reference, bps, Money.BASIS_POINTS));
    }

    /** Lowest price within the band. */
    public long lowerBand(final int instrument) {
        final long reference = referencePrice(instrument);
        return reference - Money.part(reference, bandBps(instrument), Money.BASIS_POINTS);
    }

    /** What bounds a market order: the band, or what the instrument can cost; a whole tick. */
    long collar(final int instrument, final boolean buys) {
        final long tick = tickSize(instrument);
        final long upper = upperBand(instrument);
        if (buys) {
            return (upper == 0 ? maxPrice(instrument) : upper) / tick * tick;
        }
        final long least = upper == 0 ? tick : lowerBand(instrument);
        return Math.max(tick, (least + tick - 1) / tick * tick);
    }

    /** Whether orders gather for an auction. */
    public boolean isInCall(final int instrument) {
        final int state = tradingState(instrument);
        return state == 'Q' || state == 'P' || state == 'C';
    }

    /** Whether the call in hand may end in trades within the band only. */
    public boolean hasCollar(final int instrument) {
        return isInCall(instrument) && upperBand(instrument) > 0;
    }

    /** How often the collar of the call in hand was moved. */
    public int collarExtensions(final int instrument) {
        return records.getInt(instrument, COLLAR_EXTENSIONS);
    }

    void collarExtensions(final int instrument, final int count) {
        records.putInt(instrument, COLLAR_EXTENSIONS, count);
    }

    /** Lots traded here since the instrument was defined; trades taken back stay counted. */
    public long volume(final int instrument) {
        return records.getLong(instrument, VOLUME);
    }

    /** A trade at this price. */
    void traded(final int instrument, final long price, final long lots) {
        records.putLong(instrument, LAST_PRICE, price);
        records.putLong(instrument, VOLUME, volume(instrument) + lots);
    }

    void addToCross(final int instrument, final long lots) {
        records.putLong(instrument, CROSS_LOTS, records.getLong(instrument, CROSS_LOTS) + lots);
    }

    /** What an auction has traded, once. */
    long takeCross(final int instrument) {
        final long lots = records.getLong(instrument, CROSS_LOTS);
        records.putLong(instrument, CROSS_LOTS, 0);
        return lots;
    }

    /** The other book in which the same lots are traded, or {@link #NONE}. */
    public int linked(final int instrument) {
        return records.getShort(instrument, LINKED) & 0xFFFF;
    }

    /** The instrument that accounts hold after a trade in this book: mostly itself. */
    public int listedAs(final int instrument) {
        final int other = records.getShort(instrument, LISTED_AS) & 0xFFFF;
        return other == NONE ? instrument : other;
    }

    /** From now on the second book trades the lots of the first. */
    void link(final int first, final int second) {
        records.putShort(first, LINKED, second);
        records.putShort(second, LINKED, first);
        records.putShort(second, LISTED_AS, first);
    }

    int feesCash(final int instrument) {
        return records.getInt(instrument, FEES_CASH);
    }

    long valueUp(final int instrument, final long price, final long quantity) {
        return Money.valueUp(
                price,
                quantity,
                records.getLong(instrument, VALUE_MULTIPLIER),
                records.getLong(instrument, VALUE_DIVISOR));
    }

    /** Price times quantity in 10^-4 of the currency, rounded down, or {@link Money#OVERFLOW}. */
    public long value(final int instrument, final long price, final long quantity) {
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
