package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.oms.snapshot.MessageHeaderDecoder;
import io.spindle.oms.snapshot.SnapshotBeginDecoder;
import io.spindle.oms.snapshot.SnapshotBookDecoder;
import io.spindle.oms.snapshot.SnapshotChunkDecoder;
import io.spindle.oms.snapshot.SnapshotEndDecoder;
import io.spindle.oms.snapshot.SnapshotSlabDecoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads what {@link SnapshotWriter} wrote into a new engine. Nothing is believed: checksum, engine
 * version, capacities and the hash of the loaded state all have to agree.
 */
@Cold
public final class SnapshotReader {
    private static final String SUFFIX = ".snapshot";
    private static final String DAY_SUFFIX = ".day" + SUFFIX;

    private final ByteBuffer frame = ByteBuffer.allocateDirect(SnapshotWriter.FRAME_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
    private final SnapshotSlabDecoder slabMessage = new SnapshotSlabDecoder();
    private final SnapshotChunkDecoder chunk = new SnapshotChunkDecoder();
    private final SnapshotBookDecoder book = new SnapshotBookDecoder();
    private final SnapshotEndDecoder end = new SnapshotEndDecoder();

    /** Where the snapshot after this command is, or would be. */
    public static Path file(final Path folder, final long sequence) {
        return folder.resolve(String.format("%020d", sequence) + SUFFIX);
    }

    /** The same for one that is taken because the next command begins a day. */
    public static Path dayFile(final Path folder, final long sequence) {
        return folder.resolve(String.format("%020d", sequence) + DAY_SUFFIX);
    }

    /** Whether the command behind this snapshot begins a day. */
    public static boolean isBeforeDay(final Path file) {
        return file.getFileName().toString().endsWith(DAY_SUFFIX);
    }

    /** Sequence of the command after which a snapshot was taken, by its name. */
    public static long sequence(final Path file) {
        final String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /** Snapshots in a folder, newest first; none when there is no such folder. */
    public static List<Path> list(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Whether the file is whole: every byte of it as it was written. */
    public boolean isIntact(final Path file) {
        try {
            verify(file);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Fills an engine to which nothing was applied yet, if the file is whole.
     *
     * @return false if it is not: the engine is as it was
     * @throws IOException when the file is whole and was written by an engine that is not alike
     */
    public boolean readIfIntact(final Path file, final TradingEngine engine) throws IOException {
        if (!isIntact(file)) {
            return false;
        }
        load(file, engine);
        return true;
    }

    /**
     * Fills an engine to which nothing was applied yet.
     *
     * @throws IOException when the file is damaged or was written by an engine that is not alike
     */
    public void read(final Path file, final TradingEngine engine) throws IOException {
        if (engine.sequence() != 0) {
            throw new IllegalArgumentException("sequence=" + engine.sequence() + ": engine in use");
        }
        verify(file);
        load(file, engine);
    }

    private void load(final Path file, final TradingEngine engine) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            nextFrame(channel);
            expect(file, begin, engine);
            final long expectedHash = begin.stateHash();
            while (nextFrame(channel) && header.templateId() != SnapshotEndDecoder.TEMPLATE_ID) {
                load(engine);
            }
            engine.tables().rebuild();
            if (engine.stateHash() != expectedHash) {
                throw new IOException(file + ": state differs from what was written");
            }
        }
    }

    private void expect(
            final Path file, final SnapshotBeginDecoder message, final TradingEngine engine)
            throws IOException {
        message.wrapAndApplyHeader(buffer, 0, header);
        if (message.engineVersion() != TradingEngine.ENGINE_VERSION
                || message.slabs() != engine.tables().state.slabs().size()) {
            throw new IOException(file + ": engineVersion=" + message.engineVersion());
        }
        if (message.configHash() != engine.config().fingerprint()) {
            throw new IOException(file + ": written with other capacities");
        }
    }

    private void load(final TradingEngine engine) {
        final List<Slab> slabs = engine.tables().state.slabs();
        switch (header.templateId()) {
            case SnapshotSlabDecoder.TEMPLATE_ID -> {
                slabMessage.wrapAndApplyHeader(buffer, 0, header);
                slabs.get(slabMessage.slab()).limit(slabMessage.records());
            }
            case SnapshotChunkDecoder.TEMPLATE_ID -> {
                chunk.wrapAndApplyHeader(buffer, 0, header);
                final int length = chunk.contentLength();
                final int at = chunk.limit() + SnapshotChunkDecoder.contentHeaderLength();
                final MemorySegment live = slabs.get(chunk.slab()).live();
                MemorySegment.copy(
                        MemorySegment.ofBuffer(frame.clear()), at, live, chunk.position(), length);
            }
            case SnapshotBookDecoder.TEMPLATE_ID -> {
                book.wrapAndApplyHeader(buffer, 0, header);
                final int length = book.contentLength();
                final int at = book.limit() + SnapshotBookDecoder.contentHeaderLength();
                engine.matcher().restore(buffer, at, length);
            }
            default -> throw new IllegalStateException("templateId=" + header.templateId());
        }
    }

    private void verify(final Path file) throws IOException {
        final CRC32C checksum = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (nextFrame(channel)) {
                if (header.templateId() == SnapshotEndDecoder.TEMPLATE_ID) {
                    end.wrapAndApplyHeader(buffer, 0, header);
                    if (end.checksum() != checksum.getValue()) {
                        throw new IOException(file + ": checksum differs");
                    }
                    return;
                }
                final int length = frame.limit();
                final ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES);
                prefix.order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
                checksum.update(prefix);
                checksum.update(frame);
            }
        }
        throw new EOFException(file + ": no end");
    }

    /** Reads one message to the front of the frame buffer; false at the end of the file. */
    private boolean nextFrame(final FileChannel channel) throws IOException {
        if (!fill(channel, Integer.BYTES)) {
            return false;
        }
        final int length = buffer.getInt(0, ByteOrder.LITTLE_ENDIAN);
        if (length < MessageHeaderDecoder.ENCODED_LENGTH || length > frame.capacity()) {
            throw new IOException("length=" + length + ": not a frame");
        }
        if (!fill(channel, length)) {
            throw new EOFException("frame cut short");
        }
        header.wrap(buffer, 0);
        return true;
    }

    private boolean fill(final FileChannel channel, final int length) throws IOException {
        frame.clear().limit(length);
        while (frame.hasRemaining()) {
            if (channel.read(frame) < 0) {
                return false;
            }
        }
        frame.flip();
        return true;
    }
}
