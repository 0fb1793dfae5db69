package io.spindle.perf.pcap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.spindle.capture.CaptureWriter;
import io.spindle.capture.CapturedFrame.Direction;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.perf.ReplayCommand;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;
import io.spindle.testing.Await;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code replay pcap}: the order port's datagrams go out again, the rest does not. */
class PcapReplayTest {
    private static final int ADDRESS = 0x0A000001;
    private static final int ORDER_PORT = 26_400;

    @TempDir private Path folder;

    @Test
    void shouldSendWhatWasReceivedOnTheOrderPortEachSourceByItsOwnSocket() throws IOException {
        final Path file = folder.resolve("orders.pcapng");
        try (CaptureWriter writer = new CaptureWriter(file, "test0")) {
            write(writer, 1, Direction.RECEIVED, 1_001, ORDER_PORT, "first");
            write(writer, 2, Direction.SENT, ORDER_PORT, 1_001, "an answer");
            write(writer, 3, Direction.RECEIVED, 1_002, ORDER_PORT, "second");
            write(writer, 4, Direction.RECEIVED, 1_001, 53, "another port");
            write(writer, 5, Direction.UNKNOWN, 1_001, ORDER_PORT, "third");
        }
        try (DatagramChannel server = DatagramChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            server.configureBlocking(false);
            final int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            final int exit =
                    new CommandLine(new ReplayCommand())
                            .execute(
                                    "pcap",
                                    file.toString(),
                                    "--port",
                                    Integer.toString(port),
                                    "--captured-port",
                                    Integer.toString(ORDER_PORT),
                                    "--speed",
                                    "1000");
            assertEquals(0, exit);
            final List<SocketAddress> sources = new ArrayList<>();
            for (final String expected : List.of("first", "second", "third")) {
                final ByteBuffer datagram = ByteBuffer.allocate(100);
                sources.add(receive(server, datagram));
                assertArrayEquals(
                        expected.getBytes(),
                        java.util.Arrays.copyOf(datagram.array(), datagram.position()));
            }
            assertEquals(sources.get(0), sources.get(2));
            assertNotEquals(sources.get(0), sources.get(1));
        }
    }

    private static SocketAddress receive(final DatagramChannel server, final ByteBuffer datagram)
            throws IOException {
        final List<SocketAddress> sources = new ArrayList<>();
        Await.until(
                () -> {
                    final SocketAddress source = server.receive(datagram);
                    return source != null && sources.add(source);
                },
                "the next datagram");
        return sources.getFirst();
    }

    /** Frames made by the network layer itself, on a simulated wire. */
    private static void write(
            final CaptureWriter writer,
            final long timeNs,
            final Direction direction,
            final int from,
            final int to,
            final String payload)
            throws IOException {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final List<byte[]> frames = new ArrayList<>();
        network.tap(frames::add);
        try (NicQueue queue = network.attach(ADDRESS, to, 16)) {
            final UdpFrameEncoder encoder = new UdpFrameEncoder(queue, 1, ADDRESS);
            encoder.begin(2, ADDRESS, to, from);
            encoder.buffer().putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, payload.getBytes());
            encoder.send(payload.length());
            queue.flush();
            queue.poll(new RxBurst(1));
        }
        final byte[] frame = frames.getFirst();
        writer.write(timeNs, direction, new UnsafeBuffer(frame), 0, frame.length);
    }
}
