package io.spindle.log;

import static io.spindle.log.RingLayout.*;

import io.spindle.nic.Cold;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A ring's file: made whole or not at all, opened by any number of processes, and repaired by the
 * one that is going to write. Views taken from here die with {@link #close}.
 */
@Cold
public final class RingFile implements AutoCloseable {
    private static final int ZEROS = 1 << 20;

    private final Path path;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    private RingFile(final Path path, final MappedByteBuffer mapped) {
        this.path = path;
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
    }

    /**
     * Makes an empty ring, in place of one that may be there.
     *
     * @param lastSequence of the log so far: the first command appended is one more
     */
    public static RingFile create(
            final Path path,
            final long capacity,
            final int maxPayload,
            final RingOwner owner,
            final long epoch,
            final long lastSequence)
            throws IOException {
        if (Long.bitCount(capacity) != 1 || capacity < 8L * recordLength(maxPayload)) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " is no power of two of 8 records or more");
        }
        final Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            zeroFill(fresh, fileLength(capacity, maxPayload));
            try (RingFile file = new RingFile(fresh, map(fresh))) {
                final UnsafeBuffer header = file.buffer;
                header.putInt(VERSION_OFFSET, VERSION);
                header.putInt(MAX_PAYLOAD_OFFSET, maxPayload);
                header.putLong(CAPACITY_OFFSET, capacity);
                header.putLong(BOOT_HIGH_OFFSET, owner.boot().getMostSignificantBits());
                header.putLong(BOOT_LOW_OFFSET, owner.boot().getLeastSignificantBits());
                header.putLong(LOG_HIGH_OFFSET, owner.log().getMostSignificantBits());
                header.putLong(LOG_LOW_OFFSET, owner.log().getLeastSignificantBits());
                header.putLong(EPOCH_OFFSET, epoch);
                header.putLong(RELEASED_SEQUENCE_OFFSET, lastSequence);
                header.putLongRelease(MAGIC_OFFSET, MAGIC);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return open(path);
    }

    /** Every page is written, so that no later store can find the memory exhausted. */
    private static void zeroFill(final Path path, final long length) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
            for (long position = 0; position < length; ) {
                zeros.clear().limit((int) Math.min(ZEROS, length - position));
                position += channel.write(zeros, position);
            }
        }
    }

    private static MappedByteBuffer map(final Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
        }
    }

    /** Opens a ring that is there, of whatever boot. */
    public static RingFile open(final Path path) throws IOException {
        if (Files.size(path) < DATA_OFFSET) {
            throw new LogDamaged(path + ": shorter than a ring's header", REMEDY);
        }
        final RingFile file = new RingFile(path, map(path));
        try {
            file.checkHeader();
        } catch (final RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
    }

    private static final String REMEDY =
            "nothing in it can be trusted; move the file away. Commands that the Archive had not"
                    + " recorded are lost, so start with a new session epoch";

    private void checkHeader() {
        if (buffer.getLongAcquire(MAGIC_OFFSET) != MAGIC) {
            throw new LogDamaged(path + ": no ring, its first 8 bytes are wrong", REMEDY);
        }
        final int version = buffer.getInt(VERSION_OFFSET);
        if (version != VERSION) {
            throw new LogDamaged(
                    path + ": ring version " + version + ", this build reads " + VERSION,
                    "let the build that wrote it drain it into the Archive first");
        }
        final long capacity = buffer.getLong(CAPACITY_OFFSET);
        final int maxPayload = buffer.getInt(MAX_PAYLOAD_OFFSET);
        if (Long.bitCount(capacity) != 1
                || maxPayload <= 0
                || buffer.capacity() != fileLength(capacity, maxPayload)) {
            throw new LogDamaged(
                    path + ": capacity " + capacity + " does not fit the file's length", REMEDY);
        }
    }

    public RingOwner owner() {
        return new RingOwner(
                new UUID(buffer.getLong(BOOT_HIGH_OFFSET), buffer.getLong(BOOT_LOW_OFFSET)),
                new UUID(buffer.getLong(LOG_HIGH_OFFSET), buffer.getLong(LOG_LOW_OFFSET)));
    }

    public long epoch() {
        return buffer.getLongVolatile(EPOCH_OFFSET);
    }

    /** Last sequence of which the room was given back, that is: recorded. */
    public long releasedSequence() {
        return buffer.getLongVolatile(RELEASED_SEQUENCE_OFFSET);
    }

    /** Raises, in an unused ring, the sequence behind which it begins. */
    public void beginBehind(final long sequence) {
        if (sequence > releasedSequence()) {
            buffer.putLongRelease(RELEASED_SEQUENCE_OFFSET, sequence);
        }
    }

    /**
     * Finds the tail by scanning from {@code released} while records are whole and their sequence
     * goes on, and repairs {@code committed}. The caller holds the lock that makes it the only
     * writer.
     */
    public LogRing writer() {
        return scan(newMemory(), path.toString());
    }

    static LogRing scan(final RingMemory memory, final String name) {
        final long released = memory.released();
        final long committed = memory.committed();
        long position = released;
        long sequence = memory.releasedSequence();
        while (position - released < memory.capacity && memory.isRecord(position)) {
            final long found = memory.sequenceAt(position);
            if (position != released && found != sequence + 1) {
                break;
            }
            sequence = found;
            position = memory.next(position);
        }
        if (position < committed) {
            throw new LogDamaged(
                    name
                            + ": the record behind sequence "
                            + sequence
                            + " at position "
                            + position
                            + " is damaged, and committed is "
                            + committed,
                    "the commands from there on are lost unless a standby has them; "
                            + "see `spindle log verify`");
        }
        return new LogRing(memory, position, Math.max(sequence, memory.releasedSequence()));
    }

    /** Hands over every whole record above {@code released}; reads only, takes no part. */
    public void forEach(final CommandHandler handler) {
        final RingMemory memory = newMemory();
        final long released = memory.released();
        long position = released;
        long sequence = -1;
        while (position - released < memory.capacity
                && memory.isRecord(position)
                && (sequence < 0 || memory.sequenceAt(position) == sequence + 1)) {
            sequence = memory.sequenceAt(position);
            final int offset = memory.offset(position);
            handler.onCommand(
                    sequence,
                    buffer.getLong(offset + TIME),
                    buffer,
                    offset + PAYLOAD,
                    buffer.getInt(offset + LENGTH));
            position = memory.next(position);
        }
    }

    /** A reader that starts where the last one released. */
    public RingReader reader() {
        return new RingReader(newMemory());
    }

    /** Maps every page for writing now, so that no append meets a page fault. */
    public void prefault() {
        for (int page = 0; page < buffer.capacity(); page += DATA_OFFSET) {
            buffer.getAndAddInt(page + Integer.BYTES * 1023, 0);
        }
    }

    RingMemory newMemory() {
        return new RingMemory(buffer, mapped.duplicate());
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
