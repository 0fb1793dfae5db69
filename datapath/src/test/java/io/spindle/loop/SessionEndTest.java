package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.spindle.oms.CommandBatch;
import io.spindle.oms.Password;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SessionTable;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SessionDownEncoder;
import io.spindle.session.Packets;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What ends a session, and that nobody is heard as it from then on. */
class SessionEndTest {
    private static final long STEP_NS = 10_000_000L;
    private static final int STEPS_UNTIL_SILENCE = 400;

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

    private SessionTable sessions() {
        return rig.engine().sessions();
    }

    private void cancelOnDisconnect(final int session) {
        final String name = SampleMarket.session(session);
        final byte[] salt = new byte[SessionTable.SALT_LENGTH];
        final byte[] secret = Password.secret(salt, SampleMarket.PASSWORD);
        new CommandBatch(rig::append, 0, 0)
                .session(
                        new CommandBatch.Session(
                                name,
                                SampleMarket.FIRM,
                                name,
                                SessionTable.FLAG_CANCEL_ON_DISCONNECT,
                                salt,
                                secret))
                .commit();
        rig.run(1);
    }

    private static byte[] block(final byte type, final byte... body) {
        return ByteBuffer.allocate(3 + body.length)
                .putShort((short) (1 + body.length))
                .put(type)
                .put(body)
                .array();
    }

    private static byte[] login(final int session) {
        final String words = SampleMarket.session(session) + SampleMarket.PASSWORD;
        return block(Packets.LOGIN, "%-26s".formatted(words).getBytes(US_ASCII));
    }

    private static byte[] order(final int number) {
        return block(Packets.UNSEQUENCED, TradingMessages.enter(number, 'B', 10, 100_000));
    }

    /** All blocks in one datagram. */
    private static void send(final SimClient client, final byte[]... blocks) {
        final ByteBuffer datagram = ByteBuffer.allocate(Packets.MAX_DATAGRAM_LENGTH);
        for (final byte[] block : blocks) {
            datagram.put(block);
        }
        client.send(new UnsafeBuffer(datagram.array()), 0, datagram.position());
    }

    @Test
    void shouldTakeNothingBehindALogoff() {
        cancelOnDisconnect(0);
        final SimClient client = rig.client(0).login();
        send(client, order(1), block(Packets.LOGOFF), order(2));
        send(client, order(3));
        rig.run(5);
        assertFalse(sessions().isUp(0));
        assertEquals(1, sessions().lastUserRefNum(0, 0), "the order in front of the logoff");
        assertEquals(0, rig.engine().orders().open());

        client.login();
        send(client, order(4));
        rig.run(3);
        assertTrue(sessions().isUp(0));
        assertEquals(1, rig.engine().orders().open());
    }

    @Test
    void shouldLogInAgainRightBehindALogoff() {
        final SimClient client = rig.client(0).login();
        send(client, block(Packets.LOGOFF));
        client.session.login(rig.nowNs());
        rig.run(3);
        assertTrue(sessions().isUp(0));
        assertEquals("login SP26112001 1;login SP26112001 1;", client.reports());
    }

    @Test
    void shouldTakeNothingFromWhomItHasGivenUp() {
        final SimClient client = rig.client(0).login();
        for (int i = 0; i < STEPS_UNTIL_SILENCE && isAllApplied(); i++) {
            rig.runServer(STEP_NS, STEP_NS);
        }
        assertFalse(isAllApplied(), "the end of the session is logged");
        assertTrue(sessions().isUp(0));
        send(client, order(1));
        rig.runServer(STEP_NS, STEP_NS);
        assertFalse(sessions().isUp(0));
        assertEquals(0, sessions().lastUserRefNum(0, 0));
    }

    @Test
    void shouldTakeNothingFromWhomAnOperatorHasTakenDown() throws IOException {
        final SimClient client = rig.client(0).login();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final SessionDownEncoder down = new SessionDownEncoder();
        down.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).session(0).reason((short) 2);
        assertTrue(rig.control.send(buffer, 0, down.limit()));
        send(client, order(1));
        rig.run(1);
        assertFalse(sessions().isUp(0));
        assertEquals(0, sessions().lastUserRefNum(0, 0));
    }

    private boolean isAllApplied() {
        return rig.engine().sequence() == rig.log.lastSequence();
    }

    @Test
    void shouldTakeNothingForTheOldSessionBehindALoginAsAnother() {
        final SimClient client = rig.client(1).login();
        send(client, login(0), order(1));
        send(client, order(1));
        rig.run(3);
        assertFalse(sessions().isUp(1));
        assertTrue(sessions().isUp(0));
        assertEquals(0, rig.engine().orders().open());
        send(client, order(1));
        rig.run(3);
        assertEquals(1, sessions().openOrders(0));
    }

    @Test
    void shouldKnowAfterARestartWhoseSourceItIs() throws IOException {
        final SimClient client = rig.client(1).login();
        send(client, login(0));
        rig.run(3);
        send(client, order(1));
        rig.run(3);
        rig.restartFromSnapshot();
        send(client, order(2));
        rig.run(3);
        assertEquals(2, sessions().openOrders(0));
        assertEquals(0, sessions().openOrders(1));
    }
}
