package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;
import io.spindle.net.MacAddress;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a line puts on the wire, turn by turn; time is a variable. */
class FeedLineTest {
    private static final long ALL = Long.MAX_VALUE;
    private static final long SECOND = FeedLine.HEARTBEAT_INTERVAL_NS;
    private static final long NOW = -3;

    private final Card card = new Card();
    private final MessageRing ring = new MessageRing(1 << 14, 256);
    private final MoldStream stream = new MoldStream(ring);
    private final FeedLine line =
            new FeedLine(stream, new UdpFrameEncoder(card, 1, 0x7F000001), Ports.GROUP_A, 26_410);

    @Test
    void shouldStaySilentBeforeTheFirstDay() {
        append(3, 40);
        line.open(NOW);

        assertEquals(0, line.send(ALL, NOW + 10 * SECOND));
    }

    @Test
    void shouldSendWhatATurnProducedInOnePacket() {
        start();
        append(3, 40);
        line.send(ALL, NOW);

        assertEquals(List.of("SP26112000 1+3 146"), card.packets());
    }

    @Test
    void shouldFillPacketsFromABacklog() {
        start();
        append(100, 36);
        line.send(ALL, NOW);

        assertEquals(
                List.of("SP26112000 1+38 1464", "SP26112000 39+38 1464", "SP26112000 77+24 932"),
                card.packets());
    }

    @Test
    void shouldAddressTheGroupOverItsEthernetAddress() {
        start();
        append(1, 40);
        line.send(ALL, NOW);

        final UdpFrameDecoder frame = card.frames.getFirst();
        assertEquals(Ports.GROUP_A, frame.destinationAddress());
        assertEquals(26_410, frame.destinationPort());
        assertEquals(0x0100_5E40_4001L, MacAddress.get(frame.buffer(), 0));
    }

    @Test
    void shouldHoldBackWhatMustNotLeaveYet() {
        start();
        append(5, 40);
        line.send(3, NOW);
        assertEquals(List.of("SP26112000 1+2 104"), card.packets());

        line.send(ALL, NOW);
        assertEquals(List.of("SP26112000 3+3 146"), card.packets());
    }

    @Test
    void shouldBeatAfterASecondOfSilence() {
        start();
        append(1, 40);
        line.send(ALL, NOW);
        card.packets();
        line.send(ALL, NOW + SECOND - 1);
        assertEquals(List.of(), card.packets());

        line.send(ALL, NOW + SECOND);
        assertEquals(List.of("SP26112000 2+0 20"), card.packets());
    }

    @Test
    void shouldBeatAtOnceWhenTheLineOpens() {
        stream.startDay(20261120, 0);
        append(9, 40);
        line.open(NOW);
        line.send(ALL, NOW);

        assertEquals(List.of("SP26112000 10+0 20"), card.packets());
    }

    @Test
    void shouldGoOnInTheNextTurnWhenTheCardIsFull() {
        start();
        append(100, 36);
        card.free = 1;
        line.send(ALL, NOW);
        assertEquals(List.of("SP26112000 1+38 1464"), card.packets());

        card.free = 10;
        line.send(ALL, NOW);
        assertEquals(List.of("SP26112000 39+38 1464", "SP26112000 77+24 932"), card.packets());
    }

    @Test
    void shouldSkipWhatWasOverwrittenBeforeItCouldLeave() {
        start();
        card.free = 0;
        append(300, 40);
        line.send(ALL, NOW);
        card.free = 100;
        line.send(ALL, NOW);

        assertEquals(300 - 256, line.skipped());
        assertTrue(card.packets().getFirst().startsWith("SP26112000 45+"));
    }

    @Test
    void shouldRepeatTheEndOfSessionUntilTheNextDay() {
        start();
        append(1, 40);
        stream.end();
        line.send(ALL, NOW);
        line.send(ALL, NOW + SECOND);
        line.send(ALL, NOW + 2 * SECOND);

        assertEquals(
                List.of("SP26112000 1+1 62", "SP26112000 2+65535 20", "SP26112000 2+65535 20"),
                card.packets());
    }

    @Test
    void shouldEndTheOldSessionBeforeItBeginsTheNew() {
        start();
        append(4, 40);
        line.send(ALL, NOW);
        card.packets();
        stream.startDay(20261121, 1);
        append(2, 40);
        card.free = 0;
        assertEquals(0, line.send(ALL, NOW));
        card.free = 5;
        line.send(ALL, NOW);

        assertEquals(List.of("SP26112000 5+65535 20", "SP26112101 1+2 104"), card.packets());
    }

    @Test
    void shouldSendTheSameBytesOnBothLines() {
        final FeedEgress egress =
                new FeedEgress(new UdpFrameEncoder(card, 1, 0x7F000001), new Ports(26_400));
        egress.feed().startDay(20261120, 0);
        egress.open(NOW);

        assertEquals(2, egress.flush(NOW));
        assertEquals(List.of("SP26112000 1+0 20", "SP26112000 1+0 20"), card.packets());
        assertEquals(2, egress.packets());
        assertEquals(0, egress.messages());
        assertEquals(0, egress.skipped());
    }

    private void start() {
        stream.startDay(20261120, 0);
        line.open(NOW);
        line.send(ALL, NOW);
        card.packets();
    }

    private void append(final int count, final int length) {
        for (int i = 0; i < count; i++) {
            ring.claim(length);
            ring.commit(length);
        }
    }

    /** A card that keeps what is sent, with as many free frames as the test says. */
    private static final class Card implements NicQueue {
        private final List<UdpFrameDecoder> frames = new ArrayList<>();
        private final NicCounters counters = new NicCounters();
        private final List<UnsafeBuffer> memoryOfFrames = new ArrayList<>();
        private UnsafeBuffer claimed;
        private int free = 100;

        /** Each packet as session, sequence + count and length; forgets them. */
        List<String> packets() {
            final List<String> packets =
                    frames.stream()
                            .map(
                                    frame -> {
                                        final int at = frame.payloadOffset();
                                        return SessionId.text(
                                                        MoldPacket.sessionHead(frame.buffer(), at),
                                                        MoldPacket.sessionTail(frame.buffer(), at))
                                                + " "
                                                + MoldPacket.sequence(frame.buffer(), at)
                                                + "+"
                                                + MoldPacket.count(frame.buffer(), at)
                                                + " "
                                                + frame.payloadLength();
                                    })
                            .toList();
            frames.clear();
            return packets;
        }

        @Override
        public long claim() {
            if (free == 0) {
                return BACK_PRESSURED;
            }
            free--;
            claimed = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_FRAME_LENGTH));
            return claimed.addressOffset();
        }

        @Override
        public void commit(final int length) {
            final UdpFrameDecoder frame = new UdpFrameDecoder();
            final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
            copy.putBytes(0, claimed, 0, length);
            memoryOfFrames.add(copy);
            assertEquals(UdpFrameDecoder.UDP, frame.wrap(copy.addressOffset(), length));
            frames.add(frame);
        }

        @Override
        public void abort() {
            free++;
        }

        @Override
        public int flush() {
            return 0;
        }

        @Override
        public int poll(final RxBurst burst) {
            return 0;
        }

        @Override
        public void release(final RxBurst burst) {}

        @Override
        public NicInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public NicCounters counters() {
            return counters;
        }

        @Override
        public void close() {}
    }
}
