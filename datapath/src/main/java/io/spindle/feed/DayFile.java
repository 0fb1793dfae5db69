package io.spindle.feed;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldPacket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * All messages of one session, each behind two bytes of length: a BinaryFILE that any ITCH tool
 * reads. A length of 0 marks the end, which is what a file that was never written to holds.
 *
 * <p>The file is mapped, so a killed process loses nothing. Opened again it counts what it holds;
 * what a replica then encodes a second time must be the same bytes. A power cut may leave any of
 * its pages out: on another boot the first message begins the file anew; see {@link BootMark}.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class DayFile implements BlockSource, AutoCloseable {
    private static final ValueLayout.OfShort LENGTH = JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final int INDEX_STRIDE = 64;
    private static final long SMALLEST = 1L << 20;
    private static final long LARGEST_STEP = 1L << 30;

    private final long sessionHead;
    private final short sessionTail;
    private final Path path;
    private final BootMark boot;
    private final FileChannel channel;
    private Arena arena;
    private MemorySegment bytes;

    /** Where every {@link #INDEX_STRIDE}th message begins; the first is message 1. */
    private long[] index = new long[1_024];

    private long nextSequence = 1;
    private long end;
    private boolean isOfAnotherBoot;

    /**
     * @param kind end of the file name, such as {@code .itch}
     */
    DayFile(final Path folder, final long sessionHead, final short sessionTail, final String kind) {
        this.sessionHead = sessionHead;
        this.sessionTail = sessionTail;
        final String sessionId = SessionId.text(sessionHead, sessionTail);
        path = folder.resolve(sessionId + kind);
        boot = new BootMark(folder, sessionId);
        try {
            isOfAnotherBoot = !boot.isOfThisBoot();
            channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            map(Math.max(SMALLEST, channel.size()));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot open " + path, e);
        }
        countMessages();
    }

    boolean isOf(final long head, final short tail) {
        return sessionHead == head && sessionTail == tail;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Takes over what the ring holds and the file does not.
     *
     * @throws IllegalStateException when messages between the two are gone, or when one that the
     *     file has is not what the ring has
     */
    void append(final MessageRing ring, final long from) {
        if (ring.firstSequence() > Math.max(from, 1) && from < ring.nextSequence()) {
            throw new IllegalStateException(
                    path + ": wants message " + from + ", ring begins at " + ring.firstSequence());
        }
        final MemorySegment source = MemorySegment.ofBuffer(ring.buffer().byteBuffer());
        long sequence = from;
        int count = ring.runCount(sequence, Long.MAX_VALUE, Integer.MAX_VALUE);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                put(source, ring.offset(sequence + i), sequence + i);
            }
            sequence += count;
            count = ring.runCount(sequence, Long.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    /** Takes over one block, length included; the same checks as for a ring. */
    void append(final ByteBuffer block, final long sequence) {
        put(MemorySegment.ofBuffer(block), 0, sequence);
    }

    @Override
    public int read(final long sequence, final int maxCount, final ByteBuffer target) {
        final MemorySegment room = MemorySegment.ofBuffer(target);
        final long start = position(sequence);
        final long last = Math.min(nextSequence, sequence + maxCount);
        long position = start;
        long next = sequence;
        while (next < last && position + blockLength(position) - start <= room.byteSize()) {
            position += blockLength(position);
            next++;
        }
        MemorySegment.copy(bytes, start, room, 0, position - start);
        target.position(target.position() + (int) (position - start));
        return (int) (next - sequence);
    }

    /** Makes what was appended survive a loss of power. */
    void force() {
        bytes.force();
    }

    /** Cuts the file to what it holds. */
    @Override
    public void close() {
        arena.close();
        try (channel) {
            channel.truncate(end);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    /** Empties the file. */
    private void beginAnew() {
        isOfAnotherBoot = false;
        nextSequence = 1;
        end = 0;
        arena.close();
        arena = null;
        try {
            channel.truncate(0);
            map(SMALLEST);
            boot.write();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot begin " + path + " anew", e);
        }
    }

    private void put(final MemorySegment source, final int offset, final long sequence) {
        if (isOfAnotherBoot && sequence == 1) {
            beginAnew();
        }
        final int length = MoldPacket.BLOCK_HEADER_LENGTH + (source.get(LENGTH, offset) & 0xFFFF);
        if (sequence < nextSequence) {
            final long position = position(sequence);
            if (MemorySegment.mismatch(
                            source, offset, offset + length, bytes, position, position + length)
                    >= 0) {
                throw new IllegalStateException(
                        path + ": message " + sequence + " was published with other bytes");
            }
            return;
        }
        if (end + length > bytes.byteSize()) {
            map(bytes.byteSize() + Math.min(bytes.byteSize(), LARGEST_STEP));
        }
        MemorySegment.copy(source, offset, bytes, end, length);
        note(end);
        end += length;
    }

    private void countMessages() {
        while (end + MoldPacket.BLOCK_HEADER_LENGTH <= bytes.byteSize()
                && bytes.get(LENGTH, end) != 0
                && end + blockLength(end) <= bytes.byteSize()) {
            note(end);
            end += blockLength(end);
        }
    }

    private void note(final long position) {
        final long ordinal = nextSequence++ - 1;
        if (ordinal % INDEX_STRIDE == 0) {
            final int entry = (int) (ordinal / INDEX_STRIDE);
            if (entry == index.length) {
                index = Arrays.copyOf(index, entry * 2);
            }
            index[entry] = position;
        }
    }

    private long position(final long sequence) {
        if (sequence >= nextSequence) {
            return end;
        }
        final long ordinal = sequence - 1;
        long position = index[(int) (ordinal / INDEX_STRIDE)];
        for (long steps = ordinal % INDEX_STRIDE; steps > 0; steps--) {
            position += blockLength(position);
        }
        return position;
    }

    private long blockLength(final long position) {
        return MoldPacket.BLOCK_HEADER_LENGTH + (bytes.get(LENGTH, position) & 0xFFFF);
    }

    private void map(final long size) {
        final Arena fresh = Arena.ofShared();
        try {
            bytes = channel.map(MapMode.READ_WRITE, 0, size, fresh);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot map " + size + " bytes of " + path, e);
        }
        if (arena != null) {
            arena.close();
        }
        arena = fresh;
    }
}
