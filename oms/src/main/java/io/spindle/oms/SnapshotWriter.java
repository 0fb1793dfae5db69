package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.oms.snapshot.MessageHeaderEncoder;
import io.spindle.oms.snapshot.SnapshotBeginEncoder;
import io.spindle.oms.snapshot.SnapshotBookEncoder;
import io.spindle.oms.snapshot.SnapshotChunkEncoder;
import io.spindle.oms.snapshot.SnapshotEndEncoder;
import io.spindle.oms.snapshot.SnapshotSlabEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes the whole state of an engine into one file (layout in snapshot.xml): aside, synced, then
 * renamed, so that a file of that name is always complete.
 *
 * <p><i>Called from</i> the engine's thread, on replicas only: it takes as long as the disk does.
 */
@Cold
public final class SnapshotWriter {
    static final int CHUNK_LENGTH = 1 << 20;
    static final int FRAME_LENGTH = CHUNK_LENGTH + 1024;

    private final ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CRC32C checksum = new CRC32C();
    private FileChannel channel;

    /** Writes {@code folder/SEQUENCE.snapshot} and returns it. */
    public Path write(final TradingEngine engine, final Path folder) throws IOException {
        return writeFile(engine, SnapshotReader.file(folder, engine.sequence()));
    }

    /** The same under the name of a snapshot in front of a day. */
    public Path writeBeforeDay(final TradingEngine engine, final Path folder) throws IOException {
        return writeFile(engine, SnapshotReader.dayFile(folder, engine.sequence()));
    }

    private Path writeFile(final TradingEngine engine, final Path file) throws IOException {
        final Path folder = file.getParent();
        final Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        Files.createDirectories(folder);
        try (FileChannel opened =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel = opened;
            checksum.reset();
            writeAll(engine);
            opened.force(true);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
            parent.force(true);
        }
        return file;
    }

    private void writeAll(final TradingEngine engine) throws IOException {
        final List<Slab> slabs = engine.tables().state.slabs();
        final SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
        begin.wrapAndApplyHeader(buffer, Integer.BYTES, header)
                .sequence(engine.sequence())
                .timeNs(engine.timeNs())
                .eventDigest(engine.eventDigest())
                .stateHash(engine.stateHash())
                .configHash(engine.config().fingerprint())
                .engineVersion(TradingEngine.ENGINE_VERSION)
                .slabs(slabs.size());
        writeFrame(begin.encodedLength());
        for (int i = 0; i < slabs.size(); i++) {
            writeSlab(i, slabs.get(i));
        }
        for (int book = 1; book <= engine.instruments().count(); book++) {
            engine.matcher().save(book, this::writeBookRecord);
        }
        final SnapshotEndEncoder end = new SnapshotEndEncoder();
        end.wrapAndApplyHeader(buffer, Integer.BYTES, header).checksum(checksum.getValue());
        writeFrame(end.encodedLength());
    }

    private void writeSlab(final int number, final Slab slab) throws IOException {
        final SnapshotSlabEncoder message = new SnapshotSlabEncoder();
        message.wrapAndApplyHeader(buffer, Integer.BYTES, header)
                .slab(number)
                .recordLength(slab.recordLength())
                .records(slab.limit());
        writeFrame(message.encodedLength());
        final MemorySegment live = slab.live();
        for (long position = 0; position < live.byteSize(); position += CHUNK_LENGTH) {
            final long length = Math.min(CHUNK_LENGTH, live.byteSize() - position);
            final MemorySegment chunk = live.asSlice(position, length);
            if (!isZero(chunk)) {
                writeChunk(number, position, chunk);
            }
        }
    }

    private void writeChunk(final int number, final long position, final MemorySegment chunk)
            throws IOException {
        final SnapshotChunkEncoder message = new SnapshotChunkEncoder();
        message.wrapAndApplyHeader(buffer, Integer.BYTES, header).slab(number).position(position);
        final DirectBuffer content = new UnsafeBuffer(chunk.asByteBuffer());
        message.putContent(content, 0, content.capacity());
        writeFrame(message.encodedLength());
    }

    private void writeBookRecord(final DirectBuffer record, final int offset, final int length) {
        final SnapshotBookEncoder message = new SnapshotBookEncoder();
        message.wrapAndApplyHeader(buffer, Integer.BYTES, header)
                .putContent(record, offset, length);
        try {
            writeFrame(message.encodedLength());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeFrame(final int encodedLength) throws IOException {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        frame.clear().limit(Integer.BYTES + length);
        checksum.update(frame);
        frame.rewind();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private static boolean isZero(final MemorySegment chunk) {
        return chunk.get(ValueLayout.JAVA_BYTE, 0) == 0
                && MemorySegment.mismatch(
                                chunk, 0, chunk.byteSize() - 1, chunk, 1, chunk.byteSize())
                        < 0;
    }
}
