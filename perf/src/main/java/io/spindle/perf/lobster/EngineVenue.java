package io.spindle.perf.lobster;

import io.spindle.oms.Ascii;
import io.spindle.oms.BookView;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** The engine itself, fed with commands: no wire, no log, and log time stands still. */
final class EngineVenue implements ReplayVenue {
    private static final String SYMBOL = SampleMarket.SYMBOLS.getFirst();
    private static final int SESSION = 0;
    private static final long TIME_NS = 1_000_000_000L;
    private static final byte[] NO_OPTIONS = {};

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final long symbol = Ascii.pack(SYMBOL);
    private final TradingEngine engine;
    private final BookView book;
    private Fills fills;
    private int lastNumber;

    EngineVenue() {
        final Reports reports = new Reports();
        engine = new TradingEngine(EngineConfig.standard(), reports, reports, reports);
        SampleMarket.write(this::apply);
        book = engine.book(engine.instruments().find(symbol));
    }

    @Override
    public int enter(
            final char side,
            final long price,
            final long quantity,
            final boolean immediate,
            final Fills listener) {
        fills = listener;
        enter.wrapAndApplyHeader(buffer, 0, header)
                .session(SESSION)
                .userRefIdx((short) 0)
                .side((byte) side)
                .userRefNum(++lastNumber)
                .symbol(symbol)
                .quantity(quantity)
                .price(price)
                .clOrdIdHigh(0)
                .clOrdIdLow(lastNumber)
                .receivedNs(0)
                .timeInForce((byte) (immediate ? '3' : '0'))
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(NO_OPTIONS, 0, 0);
        apply(buffer, 0, header.encodedLength() + enter.encodedLength());
        return lastNumber;
    }

    @Override
    public void cut(final int order, final long total) {
        cancel.wrapAndApplyHeader(buffer, 0, header)
                .session(SESSION)
                .userRefIdx((short) 0)
                .userRefNum(order)
                .quantity(total)
                .receivedNs(0);
        apply(buffer, 0, header.encodedLength() + cancel.encodedLength());
    }

    @Override
    public void read(final Ladder ladder) {
        ladder.clear();
        readSide('B', ladder);
        readSide('S', ladder);
    }

    private void readSide(final char side, final Ladder ladder) {
        final int[] level = new int[1];
        book.visitLevels(
                side,
                (price, lots, orders) -> {
                    ladder.set(side, level[0], price, lots);
                    return ++level[0] < ladder.depth();
                });
    }

    @Override
    public void close() {
        // Nothing outside the heap.
    }

    private void apply(final DirectBuffer command, final int offset, final int length) {
        engine.apply(engine.sequence() + 1, TIME_NS, command, offset, length);
    }

    /** Passes the makers' legs on; a refusal means that the replay itself is wrong. */
    private final class Reports extends NoEvents {
        @Override
        public void onExecuted(
                final int order,
                final long quantity,
                final long price,
                final boolean maker,
                final long matchNumber) {
            if (maker) {
                fills.onFill(engine.orders().userRefNum(order), quantity, price);
            }
        }

        @Override
        public void onRejected(
                final int session,
                final int userRefIdx,
                final int userRefNum,
                final int reason,
                final long clOrdIdHigh,
                final long clOrdIdLow) {
            throw new IllegalStateException("order " + userRefNum + " rejected, code " + reason);
        }
    }
}
