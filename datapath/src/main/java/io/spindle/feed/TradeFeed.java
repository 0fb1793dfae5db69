package io.spindle.feed;

import io.spindle.oms.Ascii;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

/** Numbers the legs of the day's trades and tells them to an adapter. */
final class TradeFeed extends NoEvents {
    private final TradeSink sink;
    private TradingEngine engine;
    private long sequence;

    TradeFeed(final TradeSink sink) {
        this.sink = sink;
    }

    void attach(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** To be called inside {@code AdminEvents.onDayStart}. */
    void startDay(final String sessionId) {
        sequence = 0;
        sink.startDay(sessionId);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        final OrderTable orders = engine.orders();
        final InstrumentTable instruments = engine.instruments();
        final int instrument = orders.instrument(order);
        final int account = orders.account(order);
        final int session = orders.session(order);
        sink.onTrade(
                new TradeLeg(
                        ++sequence,
                        engine.timeNs(),
                        matchNumber,
                        Ascii.unpack(instruments.symbol(instrument)),
                        orders.side(order) == 'B' ? 'B' : 'S',
                        quantity,
                        price,
                        instruments.priceDecimals(instrument),
                        Ascii.unpack(instruments.currency(instrument)),
                        Ascii.unpack(
                                engine.accounts().codeHigh(account),
                                engine.accounts().codeLow(account)),
                        Ascii.unpack(engine.sessions().firm(session)),
                        Ascii.unpack(engine.sessions().username(session)),
                        Integer.toUnsignedLong(orders.userRefNum(order)),
                        maker ? 'A' : 'R'));
    }
}
