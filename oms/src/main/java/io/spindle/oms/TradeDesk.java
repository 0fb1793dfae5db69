package io.spindle.oms;

import io.spindle.oms.command.BustTradeDecoder;
import io.spindle.oms.command.CorrectTradeDecoder;

/**
 * Takes trades back, and corrects their price: cash, lots, fees, positions and what is to be
 * settled go back as they came, both sides and the public are told. Orders stay as they are: what
 * was executed does not return to the book, and the last price stays.
 *
 * <p>A trade at another venue has one side here, and the public feed never told of it. One of an
 * instrument that was removed stands until that is defined again.
 *
 * <p>A corrected trade is taken back and made again at the other price, with the fees of that
 * price, under a new match number.
 */
final class TradeDesk {
    private final TradeTable trades;
    private final Slab records;
    private final InstrumentTable instruments;
    private final Ledger ledger;
    private final Emitter emitter;
    private final MarketEmitter market;

    TradeDesk(final Tables tables, final Stages stages) {
        this.trades = tables.trades;
        this.records = tables.trades.records();
        this.instruments = tables.instruments;
        this.ledger = stages.ledger;
        this.emitter = stages.emitter;
        this.market = stages.market;
    }

    /**
     * @return a {@link RejectCode} number
     */
    int bust(final BustTradeDecoder command) {
        final int trade = trades.find(command.matchNumber());
        if (trade == TradeTable.NONE) {
            return RejectCode.UNKNOWN_TRADE.code;
        }
        if (!isReason(command.reason())) {
            return RejectCode.FIELD.code;
        }
        if (instruments.isRemoved(records.getInt(trade, TradeTable.INSTRUMENT))) {
            return RejectCode.SYMBOL.code;
        }
        takeBack(trade, command.reason());
        trades.remove(trade);
        return RejectCode.NONE.code;
    }

    /**
     * @return a {@link RejectCode} number
     */
    int correct(final CorrectTradeDecoder command) {
        final int trade = trades.find(command.matchNumber());
        if (trade == TradeTable.NONE) {
            return RejectCode.UNKNOWN_TRADE.code;
        }
        final int instrument = records.getInt(trade, TradeTable.INSTRUMENT);
        final long lots = records.getLong(trade, TradeTable.LOTS);
        final long price = command.price();
        if (!isReason(command.reason())
                || price < 1
                || price > instruments.maxPrice(instrument)
                || price % instruments.tickSize(instrument) != 0) {
            return RejectCode.FIELD.code;
        }
        if (instruments.isRemoved(instrument)) {
            return RejectCode.SYMBOL.code;
        }
        final long value = instruments.value(instrument, price, lots);
        if (value == Money.OVERFLOW) {
            return RejectCode.OVERFLOW.code;
        }
        takeBack(trade, command.reason());
        trades.remove(trade);
        make(trades.addCorrected(trade, price, value));
        return RejectCode.NONE.code;
    }

    private static boolean isReason(final int reason) {
        return reason == 'E' || reason == 'C' || reason == 'S' || reason == 'X';
    }

    private void takeBack(final int trade, final int reason) {
        emitter.tradeBroken(records, trade, TradeTable.MAKER, reason);
        if (!trades.isAway(trade)) {
            emitter.tradeBroken(records, trade, TradeTable.OTHER, reason);
            market.tradeBroken(
                    records.getInt(trade, TradeTable.INSTRUMENT),
                    records.getLong(trade, TradeTable.MATCH_NUMBER));
        }
        ledger.takeBack(trade);
    }

    private void make(final int trade) {
        emitter.tradeCorrected(records, trade, TradeTable.MAKER);
        if (!trades.isAway(trade)) {
            emitter.tradeCorrected(records, trade, TradeTable.OTHER);
            market.hiddenTrade(
                    records.getInt(trade, TradeTable.INSTRUMENT),
                    'B',
                    records.getLong(trade, TradeTable.LOTS),
                    records.getLong(trade, TradeTable.PRICE),
                    records.getLong(trade, TradeTable.MATCH_NUMBER));
        }
        ledger.settle(trade);
    }
}
