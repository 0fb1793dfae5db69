package io.spindle.oms;

/**
 * The last {@link #KEPT} trades, so that one can be taken back or corrected long after its orders
 * have gone: what each side was, paid and is told through. A trade that was taken back is not here.
 *
 * <p>Trade slots are match numbers modulo the capacity.
 */
final class TradeTable {
    static final int NONE = -1;

    /** Most trades that can still be taken back. */
    static final int KEPT = 1 << 16;

    /** The side that rested, in an auction the buyer. */
    static final int MAKER = 48;

    /** The other side. */
    static final int OTHER = MAKER + 56;

    static final int MATCH_NUMBER = 0;
    static final int LOTS = 8;
    static final int PRICE = 16;
    static final int VALUE = 24;
    static final int DAY_NUMBER = 32;
    static final int INSTRUMENT = 40;
    static final int SETTLEMENT_DAYS = 44;

    // Of a side.
    static final int CL_ORD_ID_HIGH = 0;
    static final int CL_ORD_ID_LOW = 8;
    static final int SESSION = 16;
    static final int USER_REF_IDX = 20;
    static final int USER_REF_NUM = 24;
    static final int CASH = 28;
    static final int HOLDING = 32;
    static final int MARGIN_BPS = 36;
    static final int FEE_PPM = 40;
    static final int BUYS = 44;
    static final int RESTED = 48;

    private static final int LENGTH = OTHER + 56;

    private final EngineState state;
    private final OrderTable orders;
    private final InstrumentTable instruments;
    private final Slab records;

    TradeTable(
            final EngineState state,
            final OrderTable orders,
            final InstrumentTable instruments,
            final int maxOrders) {
        this.state = state;
        this.orders = orders;
        this.instruments = instruments;
        this.records = state.slab(LENGTH, Math.min(KEPT, maxOrders));
    }

    Slab records() {
        return records;
    }

    /** Keeps a trade of two live orders and returns its slot. */
    int add(
            final int maker,
            final int other,
            final boolean bothRested,
            final long lots,
            final long price,
            final long value) {
        final int trade = next(orders.instrument(maker), lots, price, value);
        putSide(trade, MAKER, maker, true);
        putSide(trade, OTHER, other, bothRested);
        return trade;
    }

    /** Keeps a trade of a live order at another venue, whose account is the other side. */
    int addAway(
            final int order,
            final int venueCash,
            final int venueHolding,
            final boolean rested,
            final long lots,
            final long price,
            final long value) {
        final int trade = next(orders.instrument(order), lots, price, value);
        putSide(trade, MAKER, order, rested);
        records.clear(trade, OTHER, LENGTH);
        records.putInt(trade, OTHER + SESSION, SessionTable.NONE);
        records.putInt(trade, OTHER + CASH, venueCash);
        records.putInt(trade, OTHER + HOLDING, venueHolding);
        records.putInt(trade, OTHER + BUYS, orders.side(order) == 'B' ? 0 : 1);
        return trade;
    }

    /** Whether the other side is another venue. */
    boolean isAway(final int trade) {
        return records.getInt(trade, OTHER + SESSION) == SessionTable.NONE;
    }

    /** The same trade again at another price, under a number of its own. */
    int addCorrected(final int trade, final long price, final long value) {
        final int corrected = next();
        for (int field = LOTS; corrected != trade && field < LENGTH; field += Long.BYTES) {
            records.putLong(corrected, field, records.getLong(trade, field));
        }
        records.putLong(corrected, PRICE, price);
        records.putLong(corrected, VALUE, value);
        return corrected;
    }

    private int next(final int instrument, final long lots, final long price, final long value) {
        final int trade = next();
        records.putLong(trade, DAY_NUMBER, state.get(EngineState.DAY_NUMBER));
        records.putInt(trade, INSTRUMENT, instrument);
        records.putInt(
                trade,
                SETTLEMENT_DAYS,
                instruments.settlementDays(instruments.listedAs(instrument)));
        records.putLong(trade, LOTS, lots);
        records.putLong(trade, PRICE, price);
        records.putLong(trade, VALUE, value);
        return trade;
    }

    private int next() {
        final long matchNumber = state.next(EngineState.MATCH_NUMBER);
        final int trade = slot(matchNumber);
        records.putLong(trade, MATCH_NUMBER, matchNumber);
        records.limit(Math.max(records.limit(), trade + 1));
        return trade;
    }

    private void putSide(final int trade, final int side, final int order, final boolean rested) {
        final Slab from = orders.records();
        records.putLong(trade, side + CL_ORD_ID_HIGH, orders.clOrdIdHigh(order));
        records.putLong(trade, side + CL_ORD_ID_LOW, orders.clOrdIdLow(order));
        records.putInt(trade, side + SESSION, orders.session(order));
        records.putInt(trade, side + USER_REF_IDX, orders.userRefIdx(order));
        records.putInt(trade, side + USER_REF_NUM, orders.userRefNum(order));
        records.putInt(trade, side + CASH, from.getInt(order, OrderTable.CASH));
        records.putInt(trade, side + HOLDING, from.getInt(order, OrderTable.HOLDING));
        records.putInt(trade, side + MARGIN_BPS, from.getShort(order, OrderTable.MARGIN_BPS));
        records.putInt(
                trade,
                side + FEE_PPM,
                from.getInt(order, rested ? OrderTable.MAKER_PPM : OrderTable.TAKER_PPM));
        records.putInt(trade, side + BUYS, orders.side(order) == 'B' ? 1 : 0);
        records.putInt(trade, side + RESTED, rested ? 1 : 0);
    }

    /** The trade with this number, or {@link #NONE}. */
    int find(final long matchNumber) {
        if (matchNumber <= 0) {
            return NONE;
        }
        final int trade = slot(matchNumber);
        return records.getLong(trade, MATCH_NUMBER) == matchNumber ? trade : NONE;
    }

    /** The trade is as if it had not been. */
    void remove(final int trade) {
        records.putLong(trade, MATCH_NUMBER, 0);
    }

    private int slot(final long matchNumber) {
        return (int) (matchNumber % records.capacity());
    }
}
