package io.spindle.codec.itch;

import io.spindle.nic.Cold;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.MarketEvents;
import io.spindle.oms.TradingEngine;

/**
 * What the public may see, as ITCH 5.0: turns each market event into exactly one message, so that
 * the engine's count of events is the sequence number.
 *
 * <pre>
 *   TradingEngine ─ MarketEvents ─▶ MarketFeed ─ ITCH ─▶ MoldStream ─▶ FeedLine A, B   trading
 *                                                            ╰───────▶ DayFile         replica
 * </pre>
 *
 * <p><i>Called from</i> the thread that applies commands: the trading loop's, which sends what is
 * encoded here, or the feed replica's, which stores it. Same commands, same bytes.
 */
public final class MarketFeed implements MarketEvents {
    private static final int END_OF_MESSAGES = 'C';
    private static final int BUY = 'B';
    private static final int NOT_PRINTABLE = 'N';

    private final MoldStream stream;
    private final MessageRing messages;

    private TradingEngine engine;
    private InstrumentTable instruments;

    public MarketFeed(final MoldStream stream) {
        this.stream = stream;
        messages = stream.messages();
    }

    /**
     * The engine that this feed listens to; it needs its listeners first, hence the second step.
     */
    @Cold
    public void attach(final TradingEngine newEngine) {
        engine = newEngine;
        instruments = newEngine.instruments();
        if (newEngine.date() != 0) {
            stream.resume(newEngine.date(), newEngine.epoch(), newEngine.marketEvents() + 1);
        }
    }

    /**
     * To be called inside {@code AdminEvents.onDayStart}: what follows belongs to a new session.
     */
    @Cold
    public void startDay(final int date, final int epoch) {
        stream.startDay(date, epoch);
    }

    @Override
    public void onSystemEvent(final int code) {
        final int offset = messages.claim(SystemEvent.LENGTH);
        messages.commit(SystemEvent.encode(messages.buffer(), offset, 0, timestampNs(), code));
        if (code == END_OF_MESSAGES) {
            stream.end();
        }
    }

    @Override
    public void onInstrument(final int instrument) {
        final int offset = messages.claim(StockDirectory.LENGTH);
        messages.commit(
                Directory.encode(
                        messages.buffer(), offset, instruments, instrument, timestampNs()));
    }

    @Override
    public void onTradingState(final int instrument, final int state) {
        final int offset = messages.claim(TradingAction.LENGTH);
        messages.commit(
                Directory.encodeState(
                        messages.buffer(), offset, instruments, instrument, timestampNs(), state));
    }

    @Override
    public void onOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price) {
        final int offset = messages.claim(AddOrder.LENGTH);
        messages.commit(
                AddOrder.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        orderReference,
                        side,
                        quantity,
                        instruments.symbol(instrument),
                        price));
    }

    @Override
    public void onAttributedOrderAdded(
            final int instrument,
            final long orderReference,
            final int side,
            final long quantity,
            final long price,
            final int firm) {
        final int offset = messages.claim(AddOrderAttributed.LENGTH);
        messages.commit(
                AddOrderAttributed.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        orderReference,
                        side,
                        quantity,
                        instruments.symbol(instrument),
                        price,
                        firm));
    }

    @Override
    public void onOrderExecuted(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        final int offset = messages.claim(OrderExecuted.LENGTH);
        messages.commit(
                OrderExecuted.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        orderReference,
                        quantity,
                        matchNumber));
    }

    @Override
    public void onOrderReduced(
            final int instrument, final long orderReference, final long cancelledQuantity) {
        final int offset = messages.claim(OrderReduced.LENGTH);
        messages.commit(
                OrderReduced.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        orderReference,
                        cancelledQuantity));
    }

    @Override
    public void onOrderDeleted(final int instrument, final long orderReference) {
        final int offset = messages.claim(OrderDeleted.LENGTH);
        messages.commit(
                OrderDeleted.encode(
                        messages.buffer(), offset, instrument, timestampNs(), orderReference));
    }

    @Override
    public void onOrderReplaced(
            final int instrument,
            final long oldReference,
            final long newReference,
            final int side,
            final long quantity,
            final long price) {
        final int offset = messages.claim(OrderReplaced.LENGTH);
        messages.commit(
                OrderReplaced.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        oldReference,
                        newReference,
                        quantity,
                        price));
    }

    /** The side stays secret: the specification says B and reference 0 for every such trade. */
    @Override
    public void onHiddenTrade(
            final int instrument,
            final int side,
            final long quantity,
            final long price,
            final long matchNumber) {
        final int offset = messages.claim(Trade.LENGTH);
        messages.commit(
                Trade.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        0,
                        BUY,
                        quantity,
                        instruments.symbol(instrument),
                        price,
                        matchNumber));
    }

    @Override
    public void onOrderCrossed(
            final int instrument,
            final long orderReference,
            final long quantity,
            final long price,
            final long matchNumber) {
        final int offset = messages.claim(OrderExecutedWithPrice.LENGTH);
        messages.commit(
                OrderExecutedWithPrice.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        orderReference,
                        quantity,
                        matchNumber,
                        NOT_PRINTABLE,
                        price));
    }

    @Override
    public void onCrossTrade(
            final int instrument,
            final long quantity,
            final long price,
            final long matchNumber,
            final int cross) {
        final int offset = messages.claim(CrossTrade.LENGTH);
        messages.commit(
                CrossTrade.encode(
                        messages.buffer(),
                        offset,
                        instrument,
                        timestampNs(),
                        quantity,
                        instruments.symbol(instrument),
                        price,
                        matchNumber,
                        cross));
    }

    @Override
    public void onOperationalHalt(final int instrument, final boolean halted) {
        final int offset = messages.claim(OperationalHalt.LENGTH);
        messages.commit(
                Directory.encodeHalt(
                        messages.buffer(), offset, instruments, instrument, timestampNs(), halted));
    }

    @Override
    public void onCollar(final int instrument) {
        final int offset = messages.claim(CollarLevels.LENGTH);
        messages.commit(
                Directory.encodeCollar(
                        messages.buffer(), offset, instruments, instrument, timestampNs()));
    }

    @Override
    public void onIndication(
            final int instrument,
            final long price,
            final long paired,
            final long imbalance,
            final int cross) {
        final int offset = messages.claim(Imbalance.LENGTH);
        messages.commit(
                Directory.encodeIndication(
                        messages.buffer(),
                        offset,
                        instruments,
                        instrument,
                        timestampNs(),
                        price,
                        paired,
                        imbalance,
                        cross));
    }

    @Override
    public void onTradeBroken(final int instrument, final long matchNumber) {
        final int offset = messages.claim(BrokenTrade.LENGTH);
        messages.commit(
                BrokenTrade.encode(
                        messages.buffer(), offset, instrument, timestampNs(), matchNumber));
    }

    private long timestampNs() {
        return stream.timestampNs(engine.timeNs());
    }
}
