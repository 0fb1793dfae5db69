package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.session.Packets;
import io.spindle.sim.SimFaults;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a client learns of a session that begins, or is forgotten, while it does not listen. */
class SessionDayTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long STEP_NS = 10_000_000L;

    @TempDir Path folder;

    private TradingRig rig;
    private SimClient client;

    @BeforeEach
    void start() {
        rig = TradingRig.unrecorded(folder, 1, SimFaults.NONE);
        client = rig.client(0).login();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static List<Character> heard(final SimClient by, final int before) {
        return by.datagrams.stream().skip(before).map(bytes -> (char) bytes[0]).toList();
    }

    private static void assertHeardOnly(final byte type, final List<Character> heard) {
        assertFalse(heard.isEmpty());
        assertTrue(heard.stream().allMatch(one -> one == type), heard::toString);
    }

    /** The cancel that ends a day order is report 1 of the new day, and not of the old. */
    @Test
    void shouldSayNothingButTheEndUntilTheSessionLogsIn() {
        client.enter('B', 100, "10.00");
        rig.run(3);
        rig.startDay(TradingRig.DATE + 1, 1);
        final int before = client.datagrams.size();
        rig.runServer(2 * SECOND_NS, STEP_NS);
        rig.run(1);
        assertTrue(rig.engine().sessions().isUp(0));
        assertFalse(rig.engine().sessions().isCurrent(0));
        assertTrue(rig.engine().sessions().nextOutboundSequence(0) > 1, "reports wait");
        final List<Character> heard = heard(client, before);
        assertTrue(heard.size() >= 3, heard::toString);
        assertHeardOnly(Packets.END_OF_SESSION, heard);

        client.login();
        assertTrue(rig.engine().sessions().isCurrent(0));
        assertTrue(client.reports().endsWith("end 1;login SP26112101 2;C"), client.reports());
    }

    @Test
    void shouldRememberOverARestartHowManyReportsTheOldDayHad() throws IOException {
        client.enter('B', 100, "10.00");
        rig.run(3);
        rig.startDay(TradingRig.DATE + 1, 1);
        rig.run(3);
        final byte[] told = client.datagrams.getLast();
        assertEquals(Packets.END_OF_SESSION, told[0]);
        rig.restartFromSnapshot();
        final int before = client.datagrams.size();
        rig.runServer(2 * SECOND_NS, STEP_NS);
        rig.run(1);
        assertFalse(heard(client, before).isEmpty());
        client.datagrams.stream().skip(before).forEach(end -> assertArrayEquals(told, end));
    }

    @Test
    void shouldRememberOverARestartWhoHasLoggedInSinceTheDayBegan() {
        final SimClient other = rig.client(1).login();
        rig.startDay(TradingRig.DATE + 1, 1);
        rig.run(3);
        client.login();
        rig.restart();
        final int before = client.datagrams.size();
        final int beforeOther = other.datagrams.size();
        rig.runServer(2 * SECOND_NS, STEP_NS);
        rig.run(1);
        assertHeardOnly(Packets.SEQUENCED, heard(client, before));
        assertHeardOnly(Packets.END_OF_SESSION, heard(other, beforeOther));
    }

    @Test
    void shouldLogInAgainWhenTheServerHasForgottenTheSession() {
        rig.down(0);
        rig.run(2);
        assertTrue(client.session.isUp(), "it does not know yet");
        for (long passedNs = 0; passedNs < 3 * SECOND_NS; passedNs += STEP_NS) {
            rig.runServer(STEP_NS, STEP_NS);
            client.poll();
        }
        assertTrue(rig.engine().sessions().isUp(0));
        assertEquals("login SP26112001 1;login SP26112001 1;", client.reports());
    }
}
