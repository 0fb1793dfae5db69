package io.spindle.recovery;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.log.SmallTables;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.CheckpointEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A trading process without a wire: seeded orders of the sample market's sessions go into the log,
 * and what the log hands back into an engine, with a checkpoint every so often.
 */
public final class EngineFlow implements CommandHandler {
    public static final EngineConfig CONFIG = SmallTables.CONFIG;
    private static final long START_NS = 1_800_000_000_000_000_000L;
    private static final int CHECKPOINT_EVERY = 100;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    public final TradingEngine engine;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);
    private final Random random;
    private final int[] next = new int[SampleMarket.SESSIONS];
    private LogRing ring;

    public EngineFlow(final long seed) {
        final NoEvents nothing = new NoEvents();
        engine = new TradingEngine(CONFIG, nothing, nothing, nothing);
        random = new Random(seed);
    }

    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        engine.apply(sequence, timeNs, buffer, offset, length);
    }

    /** Goes on with a log whose commands this engine has applied. */
    public EngineFlow on(final LogRing log) {
        ring = log;
        return this;
    }

    public EngineFlow market() {
        SampleMarket.write(this::append);
        return this;
    }

    public EngineFlow orders(final int count) {
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                cancel();
            } else {
                enter();
            }
            if (ring.lastSequence() % CHECKPOINT_EVERY == 0) {
                checkpoint();
            }
        }
        return this;
    }

    /** A session meets itself: in an empty book it buys, then sells, ten lots at one price. */
    public EngineFlow crossing(final int session) {
        enter(session, 'B', SampleMarket.SYMBOLS.getFirst(), 10, 100_000);
        enter(session, 'S', SampleMarket.SYMBOLS.getFirst(), 10, 100_000);
        return this;
    }

    private void enter() {
        enter(
                random.nextInt(SampleMarket.SESSIONS),
                random.nextBoolean() ? 'B' : 'S',
                SampleMarket.SYMBOLS.get(random.nextInt(2)),
                1 + random.nextInt(100),
                (990 + random.nextInt(20)) * 100L);
    }

    private void enter(
            final int session,
            final char side,
            final String symbol,
            final long quantity,
            final long price) {
        enter.wrapAndApplyHeader(scratch, 0, header)
                .session(session)
                .userRefIdx((short) 0)
                .side((byte) side)
                .userRefNum(++next[session])
                .symbol(Ascii.pack(symbol))
                .quantity(quantity)
                .price(price)
                .clOrdIdHigh(Ascii.pack("CLIENT"))
                .clOrdIdLow(Ascii.BLANK)
                .receivedNs(START_NS)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(new byte[0], 0, 0);
        append(scratch, 0, HEADER + enter.encodedLength());
    }

    private void cancel() {
        final int session = random.nextInt(SampleMarket.SESSIONS);
        cancel.wrapAndApplyHeader(scratch, 0, header)
                .session(session)
                .userRefIdx((short) 0)
                .userRefNum(1 + random.nextInt(next[session] + 1))
                .quantity(0)
                .receivedNs(START_NS);
        append(scratch, 0, HEADER + cancel.encodedLength());
    }

    public EngineFlow checkpoint() {
        new CheckpointEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .eventDigest(engine.eventDigest());
        append(scratch, 0, HEADER + CheckpointEncoder.BLOCK_LENGTH);
        return this;
    }

    private void append(final DirectBuffer command, final int from, final int length) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        int offset = ring.claim(length, false);
        while (offset == CommandLog.BACK_PRESSURED) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("no room in the ring");
            }
            LockSupport.parkNanos(20_000);
            offset = ring.claim(length, false);
        }
        ring.buffer().putBytes(offset, command, from, length);
        ring.commit(length, START_NS + ring.lastSequence() * 1_000);
        ring.poll(this, 1);
    }
}
