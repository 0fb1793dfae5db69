package io.spindle.perf.start;

import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends a day to a log as fast as it is recorded: the sample market, then limit orders of its
 * hundred sessions around one price, and for each the cancel of an old one, whether it was filled
 * or not, so that the books stay as deep as they are (some thousand orders). From a fixed seed.
 */
final class LogFiller {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final long ROOM_NS = 20_000;
    private static final int PRICES = 20;
    private static final long TICK = 100;
    private static final long LOWEST = 100_000 - PRICES / 2 * TICK;

    /** Orders of a session that may be open: the one before them is cancelled. */
    private static final int KEPT = 64;

    private static final byte[] NO_OPTIONS = {};

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EnterOrderEncoder enter = new EnterOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1024]);
    private final boolean[] cancelsNext = new boolean[SampleMarket.SESSIONS];
    private final int[] lastNumber = new int[SampleMarket.SESSIONS];
    private final LogRing ring;
    private final long beganNs;
    private long random = 1;

    LogFiller(final LogRing ring, final Instant began) {
        this.ring = ring;
        beganNs = began.getEpochSecond() * 1_000_000_000L;
        SampleMarket.write(this::append);
        final LocalDate date = LocalDate.ofInstant(began, ZoneOffset.UTC);
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(scratch, 0, header)
                .date(date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth())
                .epoch((short) 1);
        append(scratch, 0, HEADER + day.encodedLength());
    }

    void append(final long commands) {
        for (long i = 0; i < commands; i++) {
            final int session = next(SampleMarket.SESSIONS);
            if (cancelsNext[session]) {
                cancel(session);
            } else {
                enter(session);
            }
            cancelsNext[session] = !cancelsNext[session] && lastNumber[session] > KEPT;
        }
    }

    private void enter(final int session) {
        enter.wrapAndApplyHeader(scratch, 0, header)
                .session(session)
                .userRefIdx((short) 0)
                .side((byte) (next(2) == 0 ? 'B' : 'S'))
                .userRefNum(++lastNumber[session])
                .symbol(Ascii.pack(SampleMarket.SYMBOLS.get(next(SampleMarket.SYMBOLS.size()))))
                .quantity(1 + next(100))
                .price(LOWEST + next(PRICES) * TICK)
                .clOrdIdHigh(Ascii.BLANK)
                .clOrdIdLow(Ascii.BLANK)
                .receivedNs(0)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'A')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putOptions(NO_OPTIONS, 0, 0);
        append(scratch, 0, HEADER + enter.encodedLength());
    }

    private void cancel(final int session) {
        cancel.wrapAndApplyHeader(scratch, 0, header)
                .session(session)
                .userRefIdx((short) 0)
                .userRefNum(lastNumber[session] - KEPT)
                .quantity(0)
                .receivedNs(0);
        append(scratch, 0, HEADER + cancel.encodedLength());
    }

    private void append(final DirectBuffer command, final int offset, final int length) {
        int claim = ring.claim(length, false);
        while (claim == CommandLog.BACK_PRESSURED) {
            LockSupport.parkNanos(ROOM_NS);
            claim = ring.claim(length, false);
        }
        ring.buffer().putBytes(claim, command, offset, length);
        ring.commit(length, beganNs + ring.lastSequence());
    }

    /** Xorshift, so that making a command costs little beside recording it. */
    private int next(final int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }
}
