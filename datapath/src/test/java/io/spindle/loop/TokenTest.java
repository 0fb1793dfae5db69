package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.client.ClientToken;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SessionTable;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.session.SipHash;
import io.spindle.sim.SimFaults;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sessions with a keyed token in every datagram, and sessions that keep their source. */
class TokenTest {
    private static final String NAME = SampleMarket.session(0);
    private static final byte[] KEY = "0123456789abcdef".getBytes();
    private static final int SOURCE_MAC_OFFSET = 6;
    private static final int PORT_OFFSET = 36;
    private static final int PAYLOAD = 42;
    private static final int CLIENT_PORT = 40_000;
    private static final SimFaults ALL_LOST = new SimFaults(1_000_000, 0, 0, 0, 0, 0);

    @TempDir Path folder;

    private static SimClient tokenClient(final TradingRig rig, final int number) {
        final SimClient client = rig.client(number, NAME, "");
        client.session.token(new ClientToken(KEY, TradingRig.MIDNIGHT_NS + 2_000));
        return client;
    }

    private static void define(final TradingRig rig, final int flags) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DefineSessionEncoder session = new DefineSessionEncoder();
        session.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .username(Ascii.pack(NAME))
                .firm(Ascii.packInt(SampleMarket.FIRM))
                .flags(flags)
                .accountHigh(Ascii.pack(NAME))
                .accountLow(Ascii.BLANK);
        final byte[] secret = Arrays.copyOf(KEY, SessionTable.SECRET_LENGTH);
        session.putSecret(secret, 0, secret.length);
        rig.append(buffer, 0, session.limit());
        rig.run(1);
    }

    /** The vector of the paper's appendix A. */
    @Test
    void shouldHashAsThePaperSays() {
        final UnsafeBuffer input = new UnsafeBuffer(new byte[15]);
        for (int i = 0; i < input.capacity(); i++) {
            input.putByte(i, (byte) i);
        }
        assertEquals(
                0xA129CA6149BE45E5L,
                new SipHash().of(input, 0, 15, 0x0706050403020100L, 0x0F0E0D0C0B0A0908L));
    }

    @Test
    void shouldTradeWithATokenAndNotWithout() {
        try (TradingRig rig = new TradingRig(folder)) {
            define(rig, SessionTable.FLAG_TOKEN);
            final SimClient stranger = rig.client(1, NAME, SampleMarket.PASSWORD).login();
            assertFalse(stranger.session.isUp());
            final SimClient client = tokenClient(rig, 0).login();
            assertTrue(client.session.isUp());
            final ClientOrder order = client.enter('B', 10, "10.00");
            rig.run(3);
            assertEquals(Status.LIVE, order.status());

            final long sequence = rig.log.lastSequence();
            client.sendBlock('U', TradingMessages.enter(2, 'B', 10, 100_000));
            rig.runFor(60_000_000);
            assertEquals(sequence, rig.log.lastSequence());
            assertEquals(1, rig.counters.get(LoopCounter.TOKENS_REFUSED));
        }
    }

    /** Everything that the client ever sent, sent again by somebody who can forge its address. */
    @Test
    void shouldCountEveryDatagramOnceEvenAfterARestart() {
        try (TradingRig rig = TradingRig.unrecorded(folder, 1, SimFaults.NONE)) {
            define(rig, SessionTable.FLAG_TOKEN);
            final List<byte[]> sent = new ArrayList<>();
            final SimClient client = tokenClient(rig, 0);
            rig.network.tap(
                    frame -> {
                        if (new UnsafeBuffer(frame).getByte(SOURCE_MAC_OFFSET + 5) == 2) {
                            sent.add(frame);
                        }
                    });
            client.login();
            final ClientOrder order = client.enter('B', 10, "10.00");
            rig.run(3);
            client.desk.cancel(order, 0, rig.nowNs());
            rig.run(3);
            client.session.logoff(rig.nowNs());
            rig.run(3);
            assertEquals(Status.CANCELED, order.status());
            assertReplayMovesNothing(rig, List.copyOf(sent));
            rig.restart();
            assertReplayMovesNothing(rig, List.copyOf(sent));
        }
    }

    private static void assertReplayMovesNothing(final TradingRig rig, final List<byte[]> sent) {
        assertTrue(sent.size() >= 4, () -> sent.size() + " datagrams");
        final long sequence = rig.log.lastSequence();
        for (final byte[] frame : sent) {
            rig.network.inject(frame);
            rig.run(2);
        }
        assertEquals(sequence, rig.log.lastSequence());
    }

    /** The order has not arrived before, so that its key alone can tell. */
    @Test
    void shouldNotBelieveAFlippedBitOfAClient() {
        try (TradingRig rig = new TradingRig(folder)) {
            define(rig, SessionTable.FLAG_TOKEN);
            final SimClient client = tokenClient(rig, 0).login();
            final List<byte[]> sent = new ArrayList<>();
            rig.network.tap(sent::add);
            rig.network.faults(ALL_LOST);
            final ClientOrder order = client.enter('B', 10, "10.00");
            client.session.flush(rig.nowNs());
            rig.network.faults(SimFaults.NONE);
            final byte[] frame = sent.getFirst();
            final long sequence = rig.log.lastSequence();
            final int flips = (frame.length - PAYLOAD) * Byte.SIZE;
            for (int bit = 0; bit < flips; bit++) {
                rig.network.inject(flipped(frame, PAYLOAD * Byte.SIZE + bit));
                rig.runServer(TradingRig.STEP_NS, TradingRig.STEP_NS);
            }
            assertEquals(sequence, rig.log.lastSequence());

            rig.network.inject(frame);
            rig.runServer(60_000_000, TradingRig.STEP_NS);
            assertEquals(sequence + 1, rig.log.lastSequence());
            assertEquals(
                    flips,
                    rig.counters.get(LoopCounter.TOKENS_REFUSED)
                            + rig.counters.get(LoopCounter.MALFORMED_DATAGRAMS));
            rig.run(3);
            assertEquals(Status.LIVE, order.status());
        }
    }

    @Test
    void shouldNotBelieveAFlippedBitOfTheServer() {
        try (TradingRig rig = new TradingRig(folder)) {
            define(rig, SessionTable.FLAG_TOKEN);
            final SimClient client = tokenClient(rig, 0).login();
            final ClientOrder order = client.enter('B', 10, "10.00");
            rig.run(3);
            assertEquals(1, client.raw.size());
            final List<byte[]> sent = new ArrayList<>();
            rig.network.tap(sent::add);
            client.desk.cancel(order, 0, rig.nowNs());
            client.session.flush(rig.nowNs());
            rig.runServer(5 * TradingRig.STEP_NS, TradingRig.STEP_NS);
            final byte[] report = firstTo(CLIENT_PORT, sent);
            for (int bit = 0; bit < report.length * Byte.SIZE; bit++) {
                receive(rig, client, flipped(report, bit));
            }
            assertEquals(1, client.raw.size());

            receive(rig, client, report);
            assertEquals(2, client.raw.size());
            assertEquals(Status.CANCELED, order.status());
        }
    }

    private static byte[] flipped(final byte[] bytes, final int bit) {
        final byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    /** Payload of the first frame to a port. */
    private static byte[] firstTo(final int port, final List<byte[]> frames) {
        for (final byte[] frame : frames) {
            if (new UnsafeBuffer(frame).getShort(PORT_OFFSET, BIG_ENDIAN) == (short) port) {
                return Arrays.copyOfRange(frame, PAYLOAD, frame.length);
            }
        }
        throw new AssertionError("none of " + frames.size() + " frames is to port " + port);
    }

    private static void receive(
            final TradingRig rig, final SimClient client, final byte[] datagram) {
        client.session.onDatagram(new UnsafeBuffer(datagram), 0, datagram.length, rig.nowNs());
    }

    @Test
    void shouldKeepItsSourceWhileUp() {
        try (TradingRig rig = new TradingRig(folder)) {
            define(rig, SessionTable.FLAG_KEEPS_SOURCE | SessionTable.FLAG_TOKEN);
            final SimClient client = tokenClient(rig, 0).login();
            final SimClient second = tokenClient(rig, 1).login();
            assertTrue(client.session.isUp());
            assertFalse(second.session.isUp());
            client.session.logoff(rig.nowNs());
            rig.run(3);
            second.login();
            assertTrue(second.session.isUp());
        }
    }
}
