package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.ouch.Appendage;
import io.spindle.codec.ouch.MessageShape;
import io.spindle.codec.ouch.Tag;
import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reports tell a client that asks when its message arrived and when the answer left. */
class MessageTimesTest {
    private static final byte[] WANT_TIMES = {2, (byte) Tag.WANT_TIMES, 1};
    private static final int TIMESTAMP = 1;

    @TempDir Path folder;

    private final MessageShape shape = MessageShape.fromServer();
    private TradingRig rig;
    private SimClient client;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
        client = rig.client(0).login();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private long tag(final byte[] report, final int tag) {
        final UnsafeBuffer buffer = new UnsafeBuffer(report);
        assertTrue(shape.isWhole(buffer, 0, report.length));
        final int elements = shape.elementsOffset(buffer, 0, report.length);
        final int value = Appendage.find(buffer, elements, report.length, tag);
        return value == Appendage.NONE ? -1 : buffer.getLong(value, ByteOrder.BIG_ENDIAN);
    }

    private void assertTimes(final byte[] report) {
        final long inNs = new UnsafeBuffer(report).getLong(TIMESTAMP, ByteOrder.BIG_ENDIAN);
        final long receivedNs = tag(report, Tag.RX_TIME);
        assertTrue(receivedNs > 0 && receivedNs <= inNs, receivedNs + " " + inNs);
        assertTrue(inNs - receivedNs <= TradingRig.STEP_NS, receivedNs + " " + inNs);
        assertTrue(tag(report, Tag.TX_TIME) >= inNs);
    }

    @Test
    void shouldTellTimesToThoseWhoAskOnly() {
        client.sendBlock('U', TradingMessages.enter(1, 'S', 10, 100_000));
        client.sendBlock('U', TradingMessages.enter(2, 'B', 10, 100_000, WANT_TIMES));
        client.sendBlock('U', TradingMessages.enter(3, 'B', 10, 100_001, WANT_TIMES));
        rig.run(3);
        final List<byte[]> reports = client.raw;
        assertEquals("AAEEJ", client.types());
        assertEquals(-1, tag(reports.get(0), Tag.RX_TIME));
        assertTimes(reports.get(1));
        final byte[] maker = reports.get(2)[4 + 8] == 1 ? reports.get(2) : reports.get(3);
        final byte[] taker = maker == reports.get(2) ? reports.get(3) : reports.get(2);
        assertEquals(-1, tag(maker, Tag.RX_TIME));
        assertTimes(taker);
        assertTimes(reports.get(4));
    }

    @Test
    void shouldTellNoArrivalByACardWhoseClockIsAhead() {
        rig.close();
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final NicQueue queue = network.attach(TradingRig.SERVER_ADDRESS, TradingRig.PORT, 1024);
        rig = new TradingRig(folder.resolve("ahead"), network, new AheadQueue(queue));
        client = rig.client(0).login();
        client.sendBlock('U', TradingMessages.enter(1, 'B', 10, 100_000, WANT_TIMES));
        rig.run(3);
        final byte[] report = client.raw.getFirst();
        final long inNs = new UnsafeBuffer(report).getLong(TIMESTAMP, ByteOrder.BIG_ENDIAN);
        assertEquals(inNs, tag(report, Tag.RX_TIME));
        rig.runFor(60_000_000);
        assertTrue(rig.counters.get(LoopCounter.STAMPS_REFUSED) > 0);
    }

    /** A card that stamps in TAI. */
    private static final class AheadQueue extends PassingQueue {
        private static final long AHEAD_NS = 37_000_000_000L;

        private final RxBurst part = new RxBurst(1);

        AheadQueue(final NicQueue queue) {
            super(queue);
        }

        @Override
        public int poll(final RxBurst burst) {
            final int count = queue.poll(part);
            for (int i = 0; i < count; i++) {
                burst.add(
                        part.address(i),
                        part.length(i),
                        part.token(i),
                        part.timestampNs(i) + AHEAD_NS);
            }
            queue.release(part);
            burst.drained(part.isDrained());
            return count;
        }

        @Override
        public void release(final RxBurst burst) {
            burst.clear();
        }
    }

    @Test
    void shouldRepeatWhatTheLogSaysWithoutATimeOfSending() {
        client.sendBlock('U', TradingMessages.enter(1, 'B', 10, 100_000, WANT_TIMES));
        rig.run(3);
        final byte[] first = client.raw.getFirst();
        client.raw.clear();
        client.session.resumeAt(1);
        rig.run(5);
        final byte[] again = client.raw.getFirst();
        assertEquals(0, tag(again, Tag.TX_TIME));
        assertEquals(tag(first, Tag.RX_TIME), tag(again, Tag.RX_TIME));
        final int tail = Long.BYTES;
        assertArrayEquals(
                Arrays.copyOf(first, first.length - tail),
                Arrays.copyOf(again, again.length - tail));
    }
}
