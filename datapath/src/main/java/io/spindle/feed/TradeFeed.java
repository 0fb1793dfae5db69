package io.spindle.feed;

import io.spindle.oms.Ascii;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradeView;
import io.spindle.oms.TradingEngine;

/**
 * Numbers the legs of the day's trades, and of those taken back or corrected in the day, for the
 * contract notes. What was told stands: a leg that holds no more is told once more, reversed.
 */
final class TradeFeed extends NoEvents {
    private final ContractNotes notes;
    private TradingEngine engine;
    private long sequence;

    TradeFeed(final ContractNotes notes) {
        this.notes = notes;
    }

    void attach(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** To be called inside {@code AdminEvents.onDayStart}. */
    void startDay(final String sessionId) {
        sequence = 0;
        notes.startDay(sessionId);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        final OrderTable orders = engine.orders();
        tell(
                TradeLeg.Kind.TRADE,
                matchNumber,
                orders.session(order),
                orders.userRefIdx(order),
                orders.userRefNum(order));
    }

    @Override
    public void onTradeBroken(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long matchNumber,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        tell(TradeLeg.Kind.BUST, matchNumber, session, userRefIdx, userRefNum);
    }

    @Override
    public void onTradeCorrected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        tell(TradeLeg.Kind.CORRECTION, matchNumber, session, userRefIdx, userRefNum);
    }

    /** The trade is in the engine's table during each of these events; the order may be gone. */
    private void tell(
            final TradeLeg.Kind kind,
            final long matchNumber,
            final int session,
            final int userRefIdx,
            final int userRefNum) {
        final TradeView trade = engine.trade(matchNumber).orElseThrow();
        final TradeView.Side side =
                isOf(trade.maker(), session, userRefIdx, userRefNum)
                        ? trade.maker()
                        : trade.other();
        final InstrumentTable instruments = engine.instruments();
        final int instrument = trade.instrument();
        notes.onTrade(
                new TradeLeg(
                        ++sequence,
                        engine.timeNs(),
                        matchNumber,
                        Ascii.unpack(instruments.symbol(instrument)),
                        side.buys() ? 'B' : 'S',
                        kind == TradeLeg.Kind.BUST ? -trade.lots() : trade.lots(),
                        trade.price(),
                        instruments.priceDecimals(instrument),
                        Ascii.unpack(instruments.currency(instrument)),
                        Ascii.unpack(
                                engine.accounts().codeHigh(side.account()),
                                engine.accounts().codeLow(side.account())),
                        Ascii.unpack(engine.sessions().firm(session)),
                        Ascii.unpack(engine.sessions().username(session)),
                        Integer.toUnsignedLong(userRefNum),
                        side.rested() ? 'A' : 'R',
                        kind));
    }

    private static boolean isOf(
            final TradeView.Side side,
            final int session,
            final int userRefIdx,
            final int userRefNum) {
        return side.session() == session
                && side.userRefIdx() == userRefIdx
                && side.userRefNum() == userRefNum;
    }
}
