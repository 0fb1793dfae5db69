package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.oms.RejectCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What happens to messages that cannot reach the engine. */
class RefusalTest {
    @TempDir Path folder;

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

    @Test
    void shouldRefuseAnUnknownOptionWithACodeAndConsumeItsNumber() {
        final byte[] unknownTag = {2, (byte) 200, 1};
        client.sendBlock('U', TradingMessages.enter(1, 'B', 10, 100_000, unknownTag));
        rig.run(3);
        assertTrue(client.reports().endsWith(";J"), client.reports());
        assertEquals(1, rig.engine().sessions().lastUserRefNum(0, 0));
        rig.runFor(60_000_000);
        assertEquals(1, rig.counters.get(LoopCounter.REFUSED));
    }

    @Test
    void shouldRefuseNewOrdersWhenTheLogIsNearlyFullTakeCancelsAndResumeByItself() {
        final ClientOrder resting = client.enter('B', 100, "10.00");
        rig.run(3);
        rig.fillLog(false);
        final ClientOrder last = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.REJECTED, last.status());
        assertEquals(RejectCode.LOG_NEARLY_FULL.code, last.reason());
        assertTrue(rig.log.backlog() >= TradingRig.LOG_BYTES * 3L / 4 - 65_536);

        client.desk.cancel(resting, 0, rig.nowNs());
        rig.run(3);
        assertEquals(Status.CANCELED, resting.status());

        rig.recording(true);
        rig.run(3);
        final ClientOrder next = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.LIVE, next.status());
    }

    @Test
    void shouldDropUnansweredWhenThereIsNoRoomEvenForARefusalAndTakeTheResend() {
        rig.fillLog(true);
        final ClientOrder order = client.enter('B', 1, "9.00");
        rig.run(3);
        assertEquals(Status.SENT, order.status());
        rig.runFor(60_000_000);
        assertTrue(rig.counters.get(LoopCounter.DROPPED_LOG_FULL) > 0);

        rig.recording(true);
        rig.runFor(100_000_000);
        assertEquals(Status.LIVE, order.status());
    }

    @Test
    void shouldLimitLoginChecksOfOneSource() {
        final SimClient guesser = rig.client(50, "TEST50", "wrong");
        flood(1_000, guesser);
        rig.runFor(60_000_000);
        final long checked = rig.counters.get(LoopCounter.LOGINS_REJECTED);
        assertTrue(checked >= 10 && checked <= 12, "checked: " + checked);
        assertTrue(rig.counters.get(LoopCounter.LOGINS_LIMITED) >= 980);
        assertEquals(0, rig.engine().sessions().isUp(50) ? 1 : 0);
    }

    @Test
    void shouldLetHonestSessionsInBesideAFloodOfLogins() {
        final SimClient guesser = rig.client(50, "TEST50", "wrong");
        flood(200, guesser);
        for (int number = 10; number < 40; number++) {
            final SimClient honest = rig.client(number);
            honest.session.login(rig.nowNs());
            flood(10, guesser);
            assertTrue(rig.engine().sessions().isUp(number), "TEST" + number);
        }
    }

    @Test
    void shouldLetASessionBackThroughAFloodFromManySources() {
        client.session.logoff(rig.nowNs());
        final SimClient[] guessers = new SimClient[20];
        for (int i = 0; i < guessers.length; i++) {
            guessers[i] = rig.client(50 + i, "TEST" + (50 + i), "wrong");
        }
        flood(100, guessers);
        assertFalse(rig.engine().sessions().isUp(0));
        final SimClient stranger = rig.client(1).login();
        assertFalse(stranger.session.isUp());

        client.session.login(rig.nowNs());
        flood(1, guessers);
        assertTrue(rig.engine().sessions().isUp(0));
    }

    /** Every source so many logins, a turn after 30, and turns for what is left. */
    private void flood(final int each, final SimClient... guessers) {
        for (int i = 0; i < each; i++) {
            for (final SimClient guesser : guessers) {
                guesser.session.login(rig.nowNs());
            }
            if (i % 30 == 0) {
                rig.run(1);
            }
        }
        rig.run(30);
    }
}
