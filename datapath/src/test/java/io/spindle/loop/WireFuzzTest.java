package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;

import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.session.Packets;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whatever arrives at the order-entry port, from whomever, as frames, datagrams, blocks or messages
 * and with any time between them: the loop goes on, nothing is allocated, and who is not logged in
 * moves nothing but counters. An input is a run of
 *
 * <pre>
 *  0:1  bits 0-1 what: 0 datagram of the session, 1 datagram of a stranger, 2 whole frame,
 *       3 message of the session, to be put into a block; bits 2-7 pause before it, 20 ms each
 *  1:2  length, then so many bytes
 * </pre>
 */
class WireFuzzTest {
    private static final int PAYLOAD = UdpFrameEncoder.PAYLOAD_OFFSET;
    private static final int SOURCE_PORT = 34;
    private static final int OURS = 40_000;
    private static final int STRANGER = 50_000;
    private static final int HEADER = 3;
    private static final long PAUSE_NS = 20_000_000;

    /** Enough for the loop to have looked at the liveness of every session. */
    private static final int SETTLING_TURNS = 32;

    /**
     * A deoptimisation may put one object on the heap once; a cost per message shows every time.
     */
    private static final int MAX_ROUNDS = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final byte[] LOGIN =
            "\0\033LTEST00spindle             ".getBytes(StandardCharsets.ISO_8859_1);
    private static final UnsafeBuffer PAYLOAD_BYTES = new UnsafeBuffer(new byte[2_048]);

    private static Path folder;
    private static PreloadedQueue queue;
    private static TradingRig rig;

    @BeforeAll
    static void logIn() throws IOException {
        folder = Files.createTempDirectory("spindle-fuzz");
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final NicInfo info;
        try (NicQueue model = network.attach(TradingRig.SERVER_ADDRESS, TradingRig.PORT, 64)) {
            info = model.info();
        }
        queue = new PreloadedQueue(info);
        rig = new TradingRig(folder, network, queue);
    }

    @AfterAll
    static void stop() {
        rig.close();
        IoUtil.delete(folder.toFile(), true);
    }

    @FuzzTest(maxDuration = "10m")
    void shouldSurviveWhateverArrives(final byte[] script) {
        play(script);
    }

    /** The inputs kept as a corpus are also what is measured. */
    @Test
    void shouldAllocateNothingForTheCorpus() throws IOException {
        final Path corpus =
                Path.of(System.getProperty("spindle.root", ".."))
                        .resolve("datapath/src/test/resources/io/spindle/loop/WireFuzzTestInputs")
                        .resolve("shouldSurviveWhateverArrives");
        final List<Path> names;
        try (Stream<Path> files = Files.list(corpus)) {
            names = files.sorted().toList();
        }
        final byte[][] scripts = names.stream().map(WireFuzzTest::bytes).toArray(byte[][]::new);
        final long[] allocated = new long[scripts.length];
        Arrays.fill(allocated, Long.MAX_VALUE);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            for (int i = 0; i < scripts.length; i++) {
                allocated[i] = Math.min(allocated[i], allocatedBy(scripts[i]));
            }
        }
        for (int i = 0; i < scripts.length; i++) {
            assertEquals(0, allocated[i], names.get(i).toString());
        }
    }

    private static long allocatedBy(final byte[] script) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int again = 0; again < 50; again++) {
            play(script);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] bytes(final Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void play(final byte[] script) {
        if (!isLoggedIn(0, OURS)) {
            final int length = login();
            send(length, OURS);
            turn(TradingRig.STEP_NS);
            turn(TradingRig.STEP_NS);
        }
        int at = 0;
        while (at + HEADER <= script.length) {
            final int kind = script[at] & 3;
            final long pauseNs = ((script[at] & 0xFF) >>> 2) * PAUSE_NS;
            final int wanted = (script[at + 1] & 0xFF) << 8 | script[at + 2] & 0xFF;
            final int length = Math.min(Math.min(wanted, script.length - at - HEADER), 1_600);
            at += HEADER;
            step(kind, script, at, length, TradingRig.STEP_NS + pauseNs);
            at += length;
        }
    }

    private static void step(
            final int kind, final byte[] script, final int at, final int length, final long ns) {
        switch (kind) {
            case 0 -> {
                PAYLOAD_BYTES.putBytes(0, script, at, length);
                send(length, OURS);
                turn(ns);
            }
            case 1 -> {
                PAYLOAD_BYTES.putBytes(0, script, at, length);
                asStranger(length, ns);
            }
            case 2 -> {
                queue.received.putBytes(0, script, at, length);
                queue.load(length);
                turn(ns);
            }
            default -> {
                PAYLOAD_BYTES.putShort(0, (short) (1 + length), BIG_ENDIAN);
                PAYLOAD_BYTES.putByte(2, Packets.UNSEQUENCED);
                PAYLOAD_BYTES.putBytes(HEADER, script, at, length);
                send(HEADER + length, OURS);
                turn(ns);
            }
        }
    }

    /**
     * Only a login can make a stranger heard. What time alone brings about has been done before.
     */
    private static void asStranger(final int length, final long ns) {
        turn(ns);
        for (int i = 0; i < SETTLING_TURNS; i++) {
            turn(0);
        }
        final boolean mayLogIn = length > HEADER && PAYLOAD_BYTES.getByte(2) == Packets.LOGIN;
        final boolean wasLoggedIn = isLoggedIn(STRANGER);
        final long sequence = rig.log.lastSequence();
        send(length, STRANGER);
        turn(0);
        if (!mayLogIn && !wasLoggedIn) {
            assertEquals(sequence, rig.log.lastSequence());
        }
    }

    private static boolean isLoggedIn(final int port) {
        for (int session = 0; session < rig.engine().sessions().count(); session++) {
            if (isLoggedIn(session, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoggedIn(final int session, final int port) {
        return rig.engine().sessions().isUp(session)
                && (rig.engine().sessions().port(session) & 0xFFFF) == port;
    }

    private static int login() {
        PAYLOAD_BYTES.putBytes(0, LOGIN);
        return LOGIN.length;
    }

    private static void send(final int length, final int sourcePort) {
        FrameWriter.write(queue.received, PAYLOAD_BYTES, length);
        queue.received.putShort(SOURCE_PORT, (short) sourcePort, BIG_ENDIAN);
        queue.load(PAYLOAD + length);
    }

    private static void turn(final long ns) {
        rig.network.advanceTo(rig.nowNs() + ns);
        rig.loop.doWork();
        rig.record();
    }
}
