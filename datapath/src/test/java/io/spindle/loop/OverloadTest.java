package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.nic.NicQueue;
import io.spindle.oms.Ascii;
import io.spindle.oms.RejectCode;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetRateEncoder;
import io.spindle.session.Packets;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What protects the loop from more than it can take: overload guard, throttle, policer. */
class OverloadTest {
    private static final int PER_SECOND = 100;
    private static final int BURST = 10;

    /** As many as the loop takes in one burst; all of them together fit into the card's queue. */
    private static final int DATAGRAMS_A_TURN = 64;

    private static final int FLOODED_TURNS = 15;

    @TempDir Path folder;

    private TradingRig rig;
    private SimClient client;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void stall(final long durationNs) {
        rig.network.advanceTo(rig.nowNs() + durationNs);
    }

    @Test
    void shouldRefuseOrdersThatWaitedTooLongTakeCancelsAndRecover() {
        client = rig.client(0).login();
        final ClientOrder resting = client.enter('B', 100, "10.00");
        rig.run(3);
        final ClientOrder late = client.enter('B', 1, "9.00");
        client.session.flush(rig.nowNs());
        client.desk.cancel(resting, 0, rig.nowNs());
        client.session.flush(rig.nowNs());
        stall(2 * TradingRig.MAX_WAIT_NS);
        rig.run(3);
        assertEquals(Status.REJECTED, late.status());
        assertEquals(RejectCode.OVERLOAD.code, late.reason());
        assertEquals(Status.CANCELED, resting.status());

        final ClientOrder next = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.LIVE, next.status());
        rig.runFor(60_000_000);
        assertEquals(1, rig.counters.get(LoopCounter.OVERLOADS));
    }

    /** Few frames in a burst do not say that few are waiting. */
    @Test
    void shouldRefuseAllThatWaitedTooLongHoweverFewComeAtOnce() {
        rig.close();
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final NicQueue queue = network.attach(TradingRig.SERVER_ADDRESS, TradingRig.PORT, 1024);
        rig = new TradingRig(folder.resolve("growing"), network, new GrowingQueue(queue));
        client = rig.client(0).login();
        final List<ClientOrder> late = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            late.add(client.enter('B', 1, "9.00"));
            client.session.flush(rig.nowNs());
        }
        stall(2 * TradingRig.MAX_WAIT_NS);
        rig.run(5);
        for (final ClientOrder order : late) {
            assertEquals(Status.REJECTED, order.status());
            assertEquals(RejectCode.OVERLOAD.code, order.reason());
        }

        final ClientOrder next = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.LIVE, next.status());
    }

    @Test
    void shouldTakeNoMoreThanItCanApplyAndLoseNothing() {
        client = rig.client(0).login();
        client.keepReports = false;
        final int each = Packets.MAX_DATAGRAM_LENGTH / (3 + TradingMessages.query().length);
        final UnsafeBuffer datagram = queries(each);
        for (int turn = 0; turn < FLOODED_TURNS; turn++) {
            for (int i = 0; i < DATAGRAMS_A_TURN; i++) {
                client.send(datagram, 0, datagram.capacity());
            }
            rig.run(1);
        }
        rig.runFor(120_000_000);
        final long sent = (long) FLOODED_TURNS * DATAGRAMS_A_TURN * each;
        assertTrue(sent * 40 > 2L * TradingRig.LOG_BYTES, "more than the ring holds");
        assertEquals(1 + sent, rig.engine().sessions().nextOutboundSequence(0));
        assertEquals(rig.log.lastSequence(), rig.engine().sequence());
        assertEquals(0, rig.counters.get(LoopCounter.DROPPED_LOG_FULL));
        assertEquals(0, rig.counters.get(LoopCounter.RECEIVE_MISSED));
    }

    private static UnsafeBuffer queries(final int count) {
        final byte[] query = TradingMessages.query();
        final ByteBuffer blocks = ByteBuffer.allocate(count * (3 + query.length));
        while (blocks.hasRemaining()) {
            blocks.putShort((short) (1 + query.length)).put(Packets.UNSEQUENCED).put(query);
        }
        return new UnsafeBuffer(blocks.array());
    }

    @Test
    void shouldTakeWhatArrivedJustNowAfterAStall() {
        client = rig.client(0).login();
        stall(2 * TradingRig.MAX_WAIT_NS);
        final ClientOrder order = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.LIVE, order.status());
        rig.runFor(60_000_000);
        assertEquals(0, rig.counters.get(LoopCounter.OVERLOADS));
    }

    @Test
    void shouldRefuseOrdersAfterTheirDeadline() {
        client = rig.client(0).login();
        final long nowNs = TradingRig.MIDNIGHT_NS + rig.nowNs();
        client.sendBlock('U', TradingMessages.enter(1, 'B', 1, 90_000, deadline(nowNs - 1_000)));
        client.sendBlock(
                'U', TradingMessages.enter(2, 'B', 1, 90_000, deadline(nowNs + (1L << 40))));
        rig.run(3);
        assertEquals("JA", client.reports().substring(client.reports().indexOf(';') + 1));
    }

    private static byte[] deadline(final long timeNs) {
        return ByteBuffer.allocate(10).put((byte) 9).put((byte) 137).putLong(timeNs).array();
    }

    private void limit(final int session) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final SetRateEncoder rate = new SetRateEncoder();
        rate.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .scope((byte) 'S')
                .mode((byte) 'R')
                .username(Ascii.pack(SampleMarket.session(session)))
                .perSecond(PER_SECOND)
                .burst(BURST);
        rig.append(buffer, 0, rate.limit());
        rig.run(1);
    }

    @Test
    void shouldAnnounceTheThrottleAtLogin() {
        limit(0);
        client = rig.client(0).login();
        assertEquals(PER_SECOND, client.session.ratePerSecond());
        assertEquals(BURST, client.session.rateBurst());
        final SimClient free = rig.client(1).login();
        assertEquals(0, free.session.ratePerSecond());
    }

    @Test
    void shouldRejectAboveTheRateAndDropFarAboveIt() {
        limit(0);
        client = rig.client(0).login();
        final int sent = 200;
        for (int number = 1; number <= sent; number++) {
            client.sendBlock('U', TradingMessages.enter(number, 'B', 1, 90_000));
        }
        rig.runFor(60_000_000);
        final String reports = client.reports().substring(client.reports().indexOf(';') + 1);
        assertEquals("A".repeat(BURST), reports.substring(0, BURST));
        final long policed = rig.counters.get(LoopCounter.POLICED);
        assertEquals(sent - 4 * BURST, policed);
        assertEquals("J".repeat((int) (sent - policed - BURST)), reports.substring(BURST));
        assertEquals(4 * BURST, rig.engine().sessions().lastUserRefNum(0, 0));
    }
}
