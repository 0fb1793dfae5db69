package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.FeedBook;
import io.spindle.client.MoldReceiver;
import io.spindle.codec.itch.FeedLine;
import io.spindle.codec.itch.MarketFeed;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldPacket;
import io.spindle.codec.itch.MoldStream;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The reference client's receiver against a line that does everything a line may do. */
class ReferenceReceiverTest {
    private static final long SPDL = Ascii.pack("SPDL");
    private static final int ROUNDS = 2_000;
    private static final int BLOCKS_PER_ANSWER = 7;
    private static final long TURN_NS = 1_000_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<byte[]> packets = new ArrayList<>();
    private final MoldStream stream = new MoldStream(new MessageRing(1 << 22, 1 << 16));
    private final MarketFeed feed = new MarketFeed(stream);
    private final FeedLine line =
            new FeedLine(
                    stream,
                    new UdpFrameEncoder(new RecordingCard(this::keep), 0, 0),
                    Ports.GROUP_A,
                    26_410);
    private final TradingEngine engine =
            new TradingEngine(
                    EngineConfig.small(),
                    new NoEvents(),
                    feed,
                    new NoEvents() {
                        @Override
                        public void onDayStart(final int date, final int epoch) {
                            feed.startDay(date, epoch);
                        }
                    });
    private final TestMarket market =
            new TestMarket(
                    (sequence, timeNs, buffer, offset, length) -> {
                        engine.apply(sequence, timeNs, buffer, offset, length);
                        line.send(Long.MAX_VALUE, timeNs);
                    });
    private final FeedBook book = new FeedBook();
    private final MoldReceiver receiver = new MoldReceiver(this::answer, book);
    private final List<byte[]> answers = new ArrayList<>();
    private long nowNs;

    private void keep(final byte[] frame) {
        final byte[] payload = new byte[frame.length - UdpFrameEncoder.PAYLOAD_OFFSET];
        System.arraycopy(frame, UdpFrameEncoder.PAYLOAD_OFFSET, payload, 0, payload.length);
        packets.add(payload);
    }

    /** A third of the requests or of their answers is lost. */
    private void answer(final DirectBuffer request, final int offset, final int length) {
        assertEquals(MoldPacket.HEADER_LENGTH, length);
        if (random.nextInt(3) == 0) {
            return;
        }
        final MessageRing day = stream.messages();
        final long first = MoldPacket.sequence(request, offset);
        final int count = Math.min(MoldPacket.count(request, offset), BLOCKS_PER_ANSWER);
        final int run = day.runLength(first, count);
        final byte[] packet = new byte[MoldPacket.HEADER_LENGTH + run];
        final UnsafeBuffer view = new UnsafeBuffer(packet);
        MoldPacket.encodeHeader(view, 0, stream.sessionHead(), stream.sessionTail(), first, count);
        view.putBytes(MoldPacket.HEADER_LENGTH, day.buffer(), day.offset(first), run);
        answers.add(packet);
    }

    @Test
    void shouldBuildTheEnginesBookThroughLossRepetitionDisorderAndTruncation() {
        feed.attach(engine);
        market.open("SPDL");
        for (int round = 0; round < ROUNDS; round++) {
            market.trade(random, 1, SPDL);
            if (packets.size() > 8) {
                suffer();
            }
        }
        suffer();
        beat(1);
        settle();
        assertTrue(engine.orders().open() > 0, () -> "seed " + seed);
        assertEquals(EngineBook.text(engine, "SPDL"), text(), () -> "seed " + seed);
        assertEquals(stream.messages().nextSequence(), receiver.nextSequence());
        assertTrue(receiver.gaps() > 10, () -> "gaps " + receiver.gaps());
        assertTrue(receiver.malformed() > 10, () -> "malformed " + receiver.malformed());
        assertFalse(receiver.isOver());

        feed.onSystemEvent('C');
        beat(2);
        beat(4);
        settle();
        assertTrue(receiver.isOver());

        market.day(20_261_123, 0);
        packets.forEach(this::take);
        settle();
        assertEquals("SP26112300", book.session());
        assertEquals(EngineBook.text(engine, "SPDL"), text(), () -> "seed " + seed);
    }

    /** In the quiet the line tells where it is. */
    private void beat(final int seconds) {
        line.send(Long.MAX_VALUE, market.timeNs() + seconds * FeedLine.HEARTBEAT_INTERVAL_NS);
        packets.forEach(this::take);
    }

    /** Delivers what was sent since the last time, badly. */
    private void suffer() {
        Collections.shuffle(packets, random);
        for (final byte[] packet : packets) {
            final int fate = random.nextInt(10);
            if (fate >= 3) {
                take(packet);
            }
            if (fate == 9) {
                take(packet);
            }
            if (fate == 8) {
                take(Arrays.copyOf(packet, random.nextInt(packet.length)));
            }
        }
        packets.clear();
    }

    private void settle() {
        for (int turn = 0; turn < 100_000 && !receiver.isCaughtUp(); turn++) {
            nowNs += TURN_NS;
            receiver.poll(nowNs);
            while (!answers.isEmpty()) {
                take(answers.removeFirst());
            }
        }
        assertTrue(receiver.isCaughtUp(), () -> "seed " + seed);
    }

    private void take(final byte[] packet) {
        receiver.onPacket(new UnsafeBuffer(packet), 0, packet.length, nowNs);
    }

    private String text() {
        final StringBuilder text = new StringBuilder();
        for (final char side : new char[] {'B', 'S'}) {
            book.visitLevels(
                    SPDL,
                    side,
                    (price, shares, orders) -> {
                        JunctureBook.line(text, side, price, shares, orders);
                        return true;
                    });
        }
        return text.toString();
    }
}
