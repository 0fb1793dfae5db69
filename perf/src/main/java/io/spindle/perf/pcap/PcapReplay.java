package io.spindle.perf.pcap;

import io.spindle.capture.CaptureReader;
import io.spindle.capture.CapturedFrame;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.perf.Pace;

import org.agrona.concurrent.UnsafeBuffer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code replay pcap FILE}: sends the datagrams that a capture shows as received on the order port,
 * each source by a socket of its own, at the pace of the capture or of a multiple.
 */
@Command(
        name = "pcap",
        mixinStandardHelpOptions = true,
        description = "Send the order-entry datagrams of a capture to an appliance.")
public final class PcapReplay implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "pcapng or pcap file.")
    private Path file;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Where the appliance listens (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    @Option(names = "--port", description = "Its order port (default: ${DEFAULT-VALUE}).")
    private int port = Ports.DEFAULT_BASE;

    @Option(
            names = "--captured-port",
            description = "The order port in the capture (default: the same as --port).")
    private Integer capturedPort;

    @Option(
            names = "--speed",
            description = "Times the captured pace, 0 = as fast as it goes (default: 1).")
    private double speed = 1;

    private final UdpFrameDecoder frame = new UdpFrameDecoder();
    private final Map<Long, DatagramChannel> sources = new HashMap<>();

    @Override
    public Integer call() throws IOException {
        final InetSocketAddress server = new InetSocketAddress(address, port);
        final long startNs = System.nanoTime();
        final Pace pace = new Pace(speed);
        long sent = 0;
        long passedOver = 0;
        try {
            for (final CapturedFrame captured : CaptureReader.read(file)) {
                final ByteBuffer payload = payload(captured);
                if (payload == null) {
                    passedOver++;
                    continue;
                }
                await(pace.dueNs(captured.timeNs()));
                source().send(payload, server);
                sent++;
            }
        } finally {
            for (final DatagramChannel channel : sources.values()) {
                channel.close();
            }
        }
        System.out.printf(
                "sent=%d sources=%d passed_over=%d seconds=%.3f%n",
                sent, sources.size(), passedOver, (System.nanoTime() - startNs) / 1e9);
        return 0;
    }

    /** The datagram in a frame that is for the order port, or null. */
    private ByteBuffer payload(final CapturedFrame captured) {
        final byte[] bytes = captured.bytes();
        final ByteBuffer direct = ByteBuffer.allocateDirect(Math.max(1, bytes.length));
        direct.put(bytes);
        final UnsafeBuffer frameBytes = new UnsafeBuffer(direct);
        if (captured.direction() == CapturedFrame.Direction.SENT
                || frame.wrap(frameBytes.addressOffset(), bytes.length) != UdpFrameDecoder.UDP
                || frame.destinationPort() != (capturedPort == null ? port : capturedPort)) {
            return null;
        }
        return direct.position(frame.payloadOffset())
                .limit(frame.payloadOffset() + frame.payloadLength());
    }

    private DatagramChannel source() throws IOException {
        final long key = (long) frame.sourceAddress() << 16 | frame.sourcePort();
        DatagramChannel channel = sources.get(key);
        if (channel == null) {
            channel = DatagramChannel.open();
            sources.put(key, channel);
        }
        return channel;
    }

    private static void await(final long dueNs) {
        long leftNs = dueNs - System.nanoTime();
        while (leftNs > 0) {
            LockSupport.parkNanos(Math.min(leftNs, TimeUnit.MILLISECONDS.toNanos(100)));
            leftNs = dueNs - System.nanoTime();
        }
    }
}
