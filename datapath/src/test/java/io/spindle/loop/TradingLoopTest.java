package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

class TradingLoopTest {
    private static final long SECOND_NS = 1_000_000_000L;

    /** The group bit in the first byte of an Ethernet address. */
    private static final int MULTICAST_MAC = 1;

    @TempDir Path folder;

    private TradingRig rig;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldAnswerALoginWithTheSessionAndTheNextSequence() {
        final SimClient client = rig.client(0).login();
        assertEquals("login SP26112001 1;", client.reports());
        assertTrue(rig.engine().sessions().isUp(0));
        assertEquals(40_000, rig.engine().sessions().port(0));
        assertEquals(TradingRig.CLIENT_ADDRESS, rig.engine().sessions().address(0));
    }

    @Test
    void shouldRefuseAWrongPasswordAndAnUnknownName() {
        assertEquals("rejected A;", rig.client(0, "TEST00", "Spindle").login().reports());
        assertEquals("rejected A;", rig.client(1, "NOBODY", "spindle").login().reports());
        assertFalse(rig.engine().sessions().isUp(0));
    }

    @Test
    void shouldAcceptAnOrderAndMatchItWithAnother() {
        final SimClient buyer = rig.client(0).login();
        final SimClient seller = rig.client(1).login();
        final ClientOrder buy = buyer.enter('B', 100, "10.00");
        rig.run(3);
        assertEquals(Status.LIVE, buy.status());

        final ClientOrder sell = seller.enter('S', 60, "9.90");
        rig.run(3);
        assertEquals(Status.FILLED, sell.status());
        assertEquals(60 * 100_000L, sell.executedValue());
        assertEquals(40, buy.leaves());
        assertEquals(60, buy.executed());
        assertTrue(buyer.reports().endsWith("AE"), buyer.reports());
        assertTrue(seller.reports().endsWith("AE"), seller.reports());
    }

    @Test
    void shouldCancelReduceAndReplace() {
        final SimClient client = rig.client(0).login();
        final ClientOrder order = client.enter('B', 100, "10.00");
        rig.run(3);
        client.desk.cancel(order, 70, rig.nowNs());
        rig.run(3);
        assertEquals(70, order.leaves());
        client.desk.replace(order, 50, 101_000, rig.nowNs());
        rig.run(3);
        assertEquals(50, order.leaves());
        assertEquals(2, order.userRefNum());
        client.desk.cancel(order, 0, rig.nowNs());
        rig.run(3);
        assertEquals(Status.CANCELED, order.status());
        assertEquals('U', order.reason());
        assertTrue(client.reports().endsWith("ACUC"), client.reports());
    }

    @Test
    void shouldAnswerARejectWithItsCode() {
        final SimClient client = rig.client(0).login();
        final ClientOrder order = client.enter('B', 100, "10.005");
        rig.run(3);
        assertEquals(Status.REJECTED, order.status());
        assertEquals(0x1D, order.reason());
    }

    @Test
    void shouldIgnoreANumberUsedBefore() {
        final SimClient client = rig.client(0).login();
        final ClientOrder order = client.enter('B', 100, "10.00");
        client.desk.poll(rig.nowNs() + SECOND_NS);
        client.desk.poll(rig.nowNs() + 2 * SECOND_NS);
        rig.run(10);
        assertEquals(Status.LIVE, order.status());
        assertEquals(1, rig.engine().orders().open());
        assertTrue(client.reports().endsWith(";A"), client.reports());
    }

    @Test
    void shouldReportAGapBeforeTheAnswerToTheHigherNumber() {
        final SimClient client = rig.client(0).login();
        client.sendBlock('U', TradingMessages.enter(3, 'B', 10, 100_000));
        rig.run(3);
        assertTrue(client.reports().endsWith(";NA"), client.reports());
    }

    @Test
    void shouldAnswerAnAccountQueryWithTheNextNumber() {
        final SimClient client = rig.client(0).login();
        client.enter('B', 100, "10.00");
        client.desk.queryNextNumber(rig.nowNs());
        rig.run(3);
        assertTrue(client.desk.isNumberKnown());
        assertTrue(client.reports().endsWith("AQ"), client.reports());
    }

    @Test
    void shouldPackAnswersAndCountThemAsTheEngineDoes() {
        final SimClient client = rig.client(0).login();
        for (int i = 0; i < 200; i++) {
            client.enter('B', 1, "9.00");
        }
        final long sentBefore = rig.nic.counters().framesSent;
        rig.run(30);
        assertEquals(201, rig.engine().sessions().nextOutboundSequence(0));
        assertEquals(201, client.session.expected());
        assertTrue(rig.nic.counters().framesSent - sentBefore < 30, "packed");
    }

    @Test
    void shouldSendHeartbeatsToAnIdleClientAndStayUpForOne() {
        final SimClient client = rig.client(0).login();
        final long sentBefore = rig.nic.counters().framesSent;
        final AtomicInteger ofTheFeed = new AtomicInteger();
        rig.network.tap(frame -> ofTheFeed.addAndGet(frame[0] & MULTICAST_MAC));
        rig.runFor(10 * SECOND_NS);
        final long beats = rig.nic.counters().framesSent - sentBefore - ofTheFeed.get();
        assertTrue(beats >= 15 && beats <= 21, "beats: " + beats);
        assertTrue(rig.engine().sessions().isUp(0));
        assertTrue(client.session.isUp());
    }

    @Test
    void shouldTakeASilentClientDown() {
        rig.client(0).login();
        rig.runServer(2 * SECOND_NS + 900_000_000L, 10_000_000);
        assertTrue(rig.engine().sessions().isUp(0));
        rig.runServer(SECOND_NS / 2, 10_000_000);
        assertFalse(rig.engine().sessions().isUp(0));
    }

    /** Heartbeats from before the end wait in its socket, and are no sign of life. */
    @Test
    void shouldTakeAnOrderOfAClientThatWasMuteTooLong() {
        final SimClient client = rig.client(0).login();
        rig.runServer(4 * SECOND_NS, 10_000_000);
        assertFalse(rig.engine().sessions().isUp(0));
        final ClientOrder order = client.enter('B', 100, "10.00");
        rig.runFor(SECOND_NS / 2);
        assertTrue(rig.engine().sessions().isUp(0));
        assertEquals(ClientOrder.Status.LIVE, order.status());
    }

    @Test
    void shouldNotBlameAClientForTheServersOwnPause() {
        rig.client(0).login();
        rig.network.advanceTo(rig.nowNs() + 60 * SECOND_NS);
        rig.runServer(SECOND_NS, 10_000_000);
        assertTrue(rig.engine().sessions().isUp(0));
    }

    @Test
    void shouldEndASessionAtLogoff() {
        final SimClient client = rig.client(0).login();
        client.session.logoff(rig.nowNs());
        rig.run(3);
        assertFalse(rig.engine().sessions().isUp(0));
    }

    @Test
    void shouldGiveASessionToItsSecondLoginAndIgnoreTheFirstSource() {
        final SimClient first = rig.client(0).login();
        final SimClient second = rig.client(7, "TEST00", "spindle").login();
        assertEquals(40_007, rig.engine().sessions().port(0));
        final ClientOrder lost = first.enter('B', 100, "10.00");
        final ClientOrder taken = second.enter('B', 100, "10.00");
        rig.run(5);
        assertEquals(Status.SENT, lost.status());
        assertEquals(Status.LIVE, taken.status());
        assertEquals(1, rig.engine().orders().open());
    }

    @Test
    void shouldAnswerARepeatedLoginAgainAndChangeNothing() {
        final SimClient client = rig.client(0).login();
        final long sequence = rig.log.lastSequence();
        client.login();
        assertEquals("login SP26112001 1;login SP26112001 1;", client.reports());
        assertEquals(sequence, rig.log.lastSequence());
    }

    @Test
    void shouldFillAClientInAfterItWasAway() {
        final SimClient buyer = rig.client(0).login();
        final SimClient seller = rig.client(1).login();
        final ClientOrder buy = buyer.enter('B', 100, "10.00");
        rig.run(3);
        buyer.session.logoff(rig.nowNs());
        rig.run(3);
        seller.enter('S', 60, "10.00");
        rig.run(3);
        assertEquals(100, buy.leaves());
        buyer.login();
        assertEquals(40, buy.leaves());
        assertTrue(buyer.reports().endsWith("A" + "login SP26112001 3;E"), buyer.reports());
    }

    @Test
    void shouldEndTheStreamAndNumberFromOneOnANewDay() {
        final SimClient client = rig.client(0).login();
        client.enter('B', 100, "10.00");
        rig.run(3);
        rig.startDay(TradingRig.DATE + 1, 1);
        rig.run(3);
        assertTrue(client.reports().endsWith("A" + "end 1;"), client.reports());
        client.login();
        assertTrue(client.reports().contains("login SP26112101 "), client.reports());
        client.enter('B', 1, "10.00");
        rig.run(3);
        assertTrue(client.reports().endsWith("A"), client.reports());
    }

    @Test
    void shouldLogACheckpointEverySoManyCommands() {
        final SimClient client = rig.client(0).login();
        client.keepReports = false;
        for (int i = 0; i < Timers.CHECKPOINT_INTERVAL / 60 + 10; i++) {
            for (int k = 0; k < 60; k++) {
                client.desk.queryNextNumber(rig.nowNs());
            }
            rig.run(1);
        }
        rig.runFor(SECOND_NS / 10);
        final long commands = rig.log.lastSequence();
        assertTrue(commands > Timers.CHECKPOINT_INTERVAL, () -> commands + " commands");
        assertEquals(1, rig.checkpoints);
        assertEquals(0, rig.counters.get(LoopCounter.DIGEST_MISMATCHES));
        assertEquals(rig.engine().eventDigest(), rig.counters.get(LoopCounter.EVENT_DIGEST));
    }
}
