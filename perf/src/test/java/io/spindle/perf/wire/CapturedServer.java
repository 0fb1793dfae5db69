package io.spindle.perf.wire;

import io.spindle.capture.CaptureReader;
import io.spindle.capture.CapturedFrame;
import io.spindle.log.AnswerRing;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.loop.LogClock;
import io.spindle.loop.LoopContext;
import io.spindle.loop.LoopCounters;
import io.spindle.loop.TradingLoop;
import io.spindle.nic.Ipv4;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A trading loop whose clock is a capture: the k-th datagram that arrives is a turn of its own, at
 * the time that the capture gives its k-th frame. Says what it emitted, a digest per destination.
 *
 * <p>Arguments: backend, file of the ef_vi shim, capture, folder.
 */
final class CapturedServer {
    private static final int LOG_BYTES = 1 << 24;
    private static final int STORE_BYTES = 1 << 20;
    private static final int DATE = 20261120;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private CapturedServer() {}

    static Map<String, String> play(
            final NicQueue nic, final List<CapturedFrame> capture, final Path path)
            throws IOException {
        final PacedQueue paced = new PacedQueue(nic);
        final long[] nowNs = {capture.getFirst().timeNs()};
        final DataFolder folder = new DataFolder(path).create();
        final LogRing log =
                RingFile.create(
                                folder.logRing(),
                                LOG_BYTES,
                                LogRing.MAX_COMMAND,
                                RingOwner.of(folder),
                                0,
                                0)
                        .writer();
        final TradingLoop loop =
                new TradingLoop(
                        new LoopContext(
                                paced,
                                log,
                                ControlRing.openFile(folder).reader(),
                                AnswerRing.writer(AnswerRing.openFile(folder)),
                                new LogClock(() -> nowNs[0], () -> nowNs[0]),
                                EngineConfig.small(),
                                STORE_BYTES,
                                LoopCounters.create(folder.counters()),
                                Long.MAX_VALUE,
                                RefillRings.open(folder)));
        openMarket(log, loop, nowNs[0]);
        final long lastNs = System.nanoTime() + PATIENCE_NS;
        System.out.println("ready");
        for (final CapturedFrame frame : capture) {
            while (!paced.fetch()) {
                if (System.nanoTime() - lastNs > 0) {
                    throw new IOException("the capture did not arrive whole");
                }
            }
            nowNs[0] = frame.timeNs();
            loop.doWork();
        }
        IoUtil.delete(folder.sharedMemory().toFile(), true);
        return paced.digests();
    }

    private static void openMarket(final LogRing log, final TradingLoop loop, final long timeNs) {
        SampleMarket.write((buffer, offset, length) -> append(log, buffer, offset, length, timeNs));
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).date(DATE).epoch((short) 1);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + day.encodedLength();
        append(log, buffer, 0, length, timeNs);
        while (log.poll(loop, 1024) > 0) {
            Thread.onSpinWait();
        }
        loop.open();
    }

    private static void append(
            final LogRing log,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long timeNs) {
        final int claim = log.claim(length, true);
        log.buffer().putBytes(claim, buffer, offset, length);
        log.commit(length, timeNs);
    }

    public static void main(final String[] args) throws IOException {
        final NicContext context =
                new NicContext()
                        .backend(args[0])
                        .efviLibrary(args[1])
                        .interfaceName(WireRig.DEVICE)
                        .address(Ipv4.parse(WireRig.SERVER_ADDRESS))
                        .multicastAddress(Ipv4.parse(WireRig.SERVER_ADDRESS))
                        .port(WireRig.PORT);
        try (NicQueue nic = NicQueues.open(context.conclude(), System.err::println)) {
            final List<CapturedFrame> capture = CaptureReader.read(Path.of(args[2]));
            play(nic, capture, Path.of(args[3]))
                    .forEach(
                            (destination, digest) ->
                                    System.out.println(destination + " " + digest));
        }
    }
}
