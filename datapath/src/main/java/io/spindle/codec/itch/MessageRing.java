package io.spindle.codec.itch;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.nic.Cold;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The newest messages of a sequenced stream, each behind its length, as MoldUDP64 blocks: a run of
 * neighbours is the body of a packet and is copied in one piece. Output never refuses, so the
 * oldest messages are overwritten; who needs those asks the re-request server.
 *
 * <pre>
 *   positions[sequence & mask] ──╮                        a message that would cross
 *                                ▼                        the end starts over at 0
 *   │ len msg │ len msg │ … │ len msg │ len msg │ free … │
 * </pre>
 *
 * <p><i>Called from</i> the thread of the feed that owns it.
 */
public final class MessageRing {
    private final UnsafeBuffer buffer;
    private final int capacity;
    private final long[] positions;
    private final int indexMask;

    private Runnable keeper;
    private long firstSequence = 1;
    private long nextSequence = 1;
    private long position;

    /**
     * @param capacity bytes, a power of two
     * @param maxMessages messages kept at most, a power of two
     */
    public MessageRing(final int capacity, final int maxMessages) {
        if (!BitUtil.isPowerOfTwo(capacity) || !BitUtil.isPowerOfTwo(maxMessages)) {
            throw new IllegalArgumentException(
                    "not powers of two: capacity=" + capacity + " maxMessages=" + maxMessages);
        }
        this.capacity = capacity;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        positions = new long[maxMessages];
        indexMask = maxMessages - 1;
    }

    /** Somebody who is told before messages are overwritten, while they can still be read. */
    public void keeper(final Runnable newKeeper) {
        keeper = newKeeper;
    }

    /** The memory in which {@link #claim} and {@link #position} point. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Sequence of the oldest message held; {@link #nextSequence} when there is none. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Sequence that the next message will get. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Empties the ring; the next message gets this sequence. */
    public void restart(final long sequence) {
        firstSequence = sequence;
        nextSequence = sequence;
    }

    /** Makes room for a message of at most this many bytes and returns where it starts. */
    public int claim(final int maxLength) {
        final int blockLength = MoldPacket.BLOCK_HEADER_LENGTH + maxLength;
        if (blockLength > capacity) {
            throw tooLong(maxLength);
        }
        final int offset = (int) position & capacity - 1;
        if (offset + blockLength > capacity) {
            position += capacity - offset;
        }
        forgetBefore(position + blockLength - capacity);
        return ((int) position & capacity - 1) + MoldPacket.BLOCK_HEADER_LENGTH;
    }

    /** Ends the claimed message and returns its sequence. */
    public long commit(final int length) {
        buffer.putShort((int) position & capacity - 1, (short) length, BIG_ENDIAN);
        positions[(int) nextSequence & indexMask] = position;
        position += MoldPacket.BLOCK_HEADER_LENGTH + length;
        return nextSequence++;
    }

    /**
     * Number of messages from {@code sequence} on that are held, come before {@code limit}, lie in
     * one piece and fit into {@code room} bytes with their lengths; 0 when nothing does.
     */
    public int runCount(final long sequence, final long limit, final int room) {
        final long end = Math.min(limit, nextSequence);
        if (sequence < firstSequence || sequence >= end) {
            return 0;
        }
        final long start = positions[(int) sequence & indexMask];
        final long pieceEnd = (start & -capacity) + capacity;
        long next = sequence;
        long expected = start;
        while (next < end && expected < pieceEnd) {
            final long blockEnd = blockEnd(next);
            if (positions[(int) next & indexMask] != expected || blockEnd - start > room) {
                break;
            }
            expected = blockEnd;
            next++;
        }
        return (int) (next - sequence);
    }

    /** Bytes of a run of {@code count} messages, at least one, that {@link #runCount} found. */
    public int runLength(final long sequence, final int count) {
        return (int) (blockEnd(sequence + count - 1) - positions[(int) sequence & indexMask]);
    }

    /** Where the block of a message that is held begins. */
    public int offset(final long sequence) {
        return (int) positions[(int) sequence & indexMask] & capacity - 1;
    }

    /** Reads the memory of the next claim; see {@link io.spindle.log.CommandLog#warm}. */
    public long warm() {
        return buffer.getByte((int) position & capacity - 1)
                + buffer.getByte((int) (position + CACHE_LINE_LENGTH) & capacity - 1)
                + positions[(int) nextSequence & indexMask];
    }

    private long blockEnd(final long sequence) {
        return positions[(int) sequence & indexMask]
                + MoldPacket.BLOCK_HEADER_LENGTH
                + MoldPacket.blockLength(buffer, offset(sequence));
    }

    private void forgetBefore(final long oldest) {
        final long index = nextSequence - indexMask;
        if (keeper != null && (firstSequence < index || isHeldBefore(oldest))) {
            keeper.run();
        }
        firstSequence = Math.max(firstSequence, index);
        while (isHeldBefore(oldest)) {
            firstSequence++;
        }
    }

    /** True when the oldest message held begins before this position. */
    private boolean isHeldBefore(final long oldest) {
        return firstSequence < nextSequence && positions[(int) firstSequence & indexMask] < oldest;
    }

    @Cold
    private IllegalArgumentException tooLong(final int maxLength) {
        return new IllegalArgumentException(
                "message of " + maxLength + " bytes, ring of " + capacity);
    }
}
