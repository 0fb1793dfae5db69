package io.spindle.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.capture.CaptureReader;
import io.spindle.capture.CaptureWriter;
import io.spindle.capture.CapturedFrame;
import io.spindle.capture.CapturedFrame.Direction;
import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.mgmt.cli.SpindleMain;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.Ipv4;
import io.spindle.nic.NicQueue;
import io.spindle.oms.SampleMarket;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Driven by one capture, every backend emits the same payloads to every destination. */
class BackendEquivalenceTest {
    private static final int SERVER = Ipv4.parse(WireRig.SERVER_ADDRESS);
    private static final int CLIENT = Ipv4.parse(WireRig.CLIENT_ADDRESS);
    private static final int SESSIONS = 4;
    private static final int ORDERS = 300;
    private static final long START_NS = 1_795_165_200_000_000_000L;
    private static final long STEP_NS = 3_000_000;
    private static final long SEED = 20_261_120;

    @TempDir private Path folder;
    private Path file;
    private List<CapturedFrame> capture;

    @BeforeEach
    void writeCapture() throws IOException {
        file = folder.resolve("orders.pcapng");
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        try (CaptureWriter writer = new CaptureWriter(file, "test0");
                NicQueue nic = network.attach(CLIENT, 40_000, 64)) {
            final long[] timeNs = {START_NS};
            network.tap(
                    frame -> {
                        try {
                            timeNs[0] += STEP_NS;
                            writer.write(
                                    timeNs[0],
                                    Direction.RECEIVED,
                                    new UnsafeBuffer(frame),
                                    0,
                                    frame.length);
                        } catch (final IOException failure) {
                            throw new AssertionError(failure);
                        }
                    });
            trade(nic);
        }
        capture = CaptureReader.read(file);
        assertEquals(SESSIONS + ORDERS, capture.size());
    }

    private static void trade(final NicQueue nic) {
        final UdpFrameEncoder frames = new UdpFrameEncoder(nic, nic.info().mac(), CLIENT);
        final List<ClientSession> sessions = new ArrayList<>();
        final List<OrderDesk> desks = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            final int port = 40_001 + i;
            final ClientSession session =
                    new ClientSession(
                            SampleMarket.session(i),
                            SampleMarket.PASSWORD,
                            (buffer, offset, length) -> {
                                frames.begin(1, SERVER, WireRig.PORT, port);
                                frames.buffer()
                                        .putBytes(
                                                UdpFrameEncoder.PAYLOAD_OFFSET,
                                                buffer,
                                                offset,
                                                length);
                                frames.send(length);
                                nic.flush();
                            },
                            new Deaf());
            session.login(0);
            sessions.add(session);
            desks.add(new OrderDesk(session, order -> {}));
        }
        final Random random = new Random(SEED);
        for (int i = 0; i < ORDERS; i++) {
            final int who = random.nextInt(SESSIONS);
            final char side = random.nextBoolean() ? 'B' : 'S';
            final long price = 100_000 + 100 * random.nextInt(-5, 6);
            final String symbol = random.nextBoolean() ? "SPDL" : "ROTR";
            desks.get(who).enter(side, symbol, 1 + random.nextInt(50), price, '0', "", 0);
            sessions.get(who).flush(0);
        }
    }

    @Test
    void shouldEmitTheSamePayloadsOverEveryBackend() throws Exception {
        final Map<String, String> expected = overMemory();
        assertEquals(SESSIONS + 2, expected.size(), expected.toString());
        final boolean root =
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/sbin/ip"));
        if (!root) {
            System.out.println(
                    "BackendEquivalenceTest: sim only, the rest needs root and iproute2");
        }
        assumeTrue(root);
        assertEquals(expected, overVeth("socket", ""), "socket");
        assertEquals(expected, overVeth("afxdp", ""), "afxdp");
        assertEquals(expected, overVeth("efvi", shimOverDouble()), "efvi over the double");
    }

    private Map<String, String> overMemory() throws IOException {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        try (NicQueue nic = network.attach(SERVER, WireRig.PORT, 1_024)) {
            capture.forEach(frame -> network.inject(frame.bytes()));
            return CapturedServer.play(nic, capture, folder.resolve("sim"));
        }
    }

    private Map<String, String> overVeth(final String backend, final String shim)
            throws IOException, InterruptedException {
        try (WireRig rig = new WireRig()) {
            final Process server =
                    rig.serve(
                            WireRig.java(
                                    CapturedServer.class,
                                    backend,
                                    shim,
                                    file,
                                    folder.resolve(backend)));
            rig.ask(
                    WireRig.java(
                            SpindleMain.class,
                            "replay",
                            "pcap",
                            file,
                            "--to",
                            WireRig.SERVER_ADDRESS,
                            "--speed",
                            "0"));
            assertTrue(server.waitFor(90, TimeUnit.SECONDS), "the server did not end");
            final Map<String, String> digests = new TreeMap<>();
            for (final String line : WireRig.stop(server).lines().toList()) {
                final int space = line.lastIndexOf(' ');
                digests.put(line.substring(0, space), line.substring(space + 1));
            }
            return digests;
        }
    }

    /** The shim's own sources over the double of native's tests. */
    private String shimOverDouble() throws IOException, InterruptedException {
        final Path sources = Path.of(System.getProperty("spindle.root"), "native", "src");
        final Path java = Path.of(System.getProperty("java.home"), "include");
        final Path shim = folder.resolve("libspindle_efvi_double.so");
        final List<String> command =
                new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-fPIC", "-shared"));
        command.addAll(List.of("-I" + java, "-I" + java + "/linux", "-I" + sources + "/test/c"));
        for (final String name : List.of("efvi_port", "efvi_datapath", "efvi_jni")) {
            command.add(sources + "/main/c/" + name + ".c");
        }
        command.add(sources + "/test/c/ef_vi_double.c");
        command.add(sources + "/test/c/ef_vi_double_datapath.c");
        command.addAll(List.of("-o", shim.toString()));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), "gcc");
        return shim.toString();
    }

    /** A client that hears nothing: what it sends does not depend on the answers. */
    private static final class Deaf implements ClientListener {
        @Override
        public void onLoggedIn(final String sessionId, final long nextSequence) {}

        @Override
        public void onLoginRejected(final char reason) {}

        @Override
        public void onReport(
                final long sequence,
                final DirectBuffer buffer,
                final int offset,
                final int length) {}

        @Override
        public void onEndOfSession(final long total) {}
    }
}
