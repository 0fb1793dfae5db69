package io.spindle.perf.stage;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The stages around the engine, each alone: a frame read, a frame written, a command through the
 * log. The codecs, the matcher and the engine have their own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class StageJmh {
    /** An order in its block, as the wire rig sends it. */
    private static final int DATAGRAM_LENGTH = 50;

    private static final int COMMAND_LENGTH = 96;
    private static final int COMMANDS_PER_RELEASE = 64;
    private static final int LOG_BYTES = 1 << 20;
    private static final int ADDRESS = 0x0A620001;
    private static final int PORT = 26_400;
    private static final long MAC = 0x02_00_00_00_00_01L;

    private final OneFrame card = new OneFrame();
    private final UdpFrameEncoder encoder = new UdpFrameEncoder(card, MAC, ADDRESS);
    private final UdpFrameDecoder decoder = new UdpFrameDecoder();
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
    private Path folder;
    private RingFile file;
    private LogRing log;
    private RingReader reader;
    private CommandHandler applied;
    private long seen;
    private long timeNs;

    @Setup
    public void open() throws IOException {
        final Path memory = Path.of("/dev/shm");
        folder =
                Files.isDirectory(memory)
                        ? Files.createTempDirectory(memory, "spindle-jmh")
                        : Files.createTempDirectory("spindle-jmh");
        file =
                RingFile.create(
                        folder.resolve("log.ring"),
                        LOG_BYTES,
                        LogRing.MAX_COMMAND,
                        new RingOwner(new UUID(0, 1), new UUID(0, 2)),
                        0,
                        0);
        file.prefault();
        log = file.writer();
        reader = file.reader();
        applied = (sequence, time, buffer, offset, length) -> seen += buffer.getByte(offset) + 1;
        writeFrame();
    }

    /** Headers, checksum and payload of one datagram. */
    @Benchmark
    public int writeFrame() {
        encoder.begin(MAC, ADDRESS, PORT, PORT);
        encoder.buffer().putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, bytes, 0, DATAGRAM_LENGTH);
        encoder.send(DATAGRAM_LENGTH);
        return card.length();
    }

    /** All three headers validated, the checksum included. */
    @Benchmark
    public int readFrame() {
        return decoder.wrap(card.address(), card.length()) == UdpFrameDecoder.UDP
                ? decoder.payloadLength()
                : -1;
    }

    /** Claim, encode, checksum, commit, poll; the reader gives room back every so often. */
    @Benchmark
    public long logCommand() {
        final int claim = log.claim(COMMAND_LENGTH, false);
        if (claim == CommandLog.BACK_PRESSURED) {
            throw new IllegalStateException("the log is full");
        }
        log.buffer().putBytes(claim, bytes, 0, COMMAND_LENGTH);
        final long sequence = log.commit(COMMAND_LENGTH, ++timeNs);
        log.poll(applied, 1);
        if (sequence % COMMANDS_PER_RELEASE == 0) {
            reader.poll(applied, COMMANDS_PER_RELEASE);
            reader.release(reader.sequence(), reader.position());
        }
        return seen;
    }

    @TearDown
    public void close() {
        file.close();
        IoUtil.delete(folder.toFile(), true);
    }
}
