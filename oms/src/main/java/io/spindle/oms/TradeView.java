package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * A trade that can still be taken back or corrected, for readers.
 *
 * @param value in 10^-4 of the currency, rounded down
 * @param maker who rested, in an auction the buyer
 */
public record TradeView(int instrument, long lots, long price, long value, Side maker, Side other) {
    /**
     * One side of it.
     *
     * @param userRefNum unsigned
     * @param rested pays, or paid, as a maker
     * @param fee in 10^-4 of the currency, negative for a rebate
     */
    public record Side(
            int session,
            int userRefIdx,
            int userRefNum,
            int account,
            boolean buys,
            boolean rested,
            long fee) {}

    /** Whether the other side is another venue's account, with no session or order. */
    public boolean isAway() {
        return other.session == SessionTable.NONE;
    }

    @Cold
    static TradeView of(final Tables tables, final int trade) {
        final Slab records = tables.trades.records();
        return new TradeView(
                records.getInt(trade, TradeTable.INSTRUMENT),
                records.getLong(trade, TradeTable.LOTS),
                records.getLong(trade, TradeTable.PRICE),
                records.getLong(trade, TradeTable.VALUE),
                side(tables, trade, TradeTable.MAKER),
                side(tables, trade, TradeTable.OTHER));
    }

    @Cold
    private static Side side(final Tables tables, final int trade, final int side) {
        final Slab records = tables.trades.records();
        return new Side(
                records.getInt(trade, side + TradeTable.SESSION),
                records.getInt(trade, side + TradeTable.USER_REF_IDX),
                records.getInt(trade, side + TradeTable.USER_REF_NUM),
                tables.cash.account(records.getInt(trade, side + TradeTable.CASH)),
                records.getInt(trade, side + TradeTable.BUYS) != 0,
                records.getInt(trade, side + TradeTable.RESTED) != 0,
                Ledger.fee(
                        records.getInt(trade, side + TradeTable.FEE_PPM),
                        records.getLong(trade, TradeTable.VALUE)));
    }
}
