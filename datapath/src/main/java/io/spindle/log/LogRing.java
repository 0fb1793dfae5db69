package io.spindle.log;

import static io.spindle.log.RingLayout.*;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import io.spindle.nic.Cold;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The command log as the loop sees it: a ring in memory that outlives every process. See {@link
 * RingLayout} for the bytes.
 *
 * <pre>
 *          released          offered      committed = tail          released + capacity
 *   ─────────┼──────────────────┼───────────────┼──────────────────────────┼────
 *   recorded │ kept for the     │ to be applied │ free                     │
 *            │ journaller       │               │   ┊ new orders end at ¾  │
 * </pre>
 *
 * <p>The journaller may be ahead of the loop. Then {@code offered} is what bounds the free room: a
 * record lasts until it is both recorded and handed back. A ring that nobody polls at this end, of
 * requests or answers, has its reader alone to wait for.
 *
 * <p>A record exists from the moment its length is stored: before that store {@link RingFile}'s
 * scan does not see it, after it every later process does. {@code committed} follows for live
 * readers, and is repaired on attach. (Agrona's ring buffers publish the tail before the record and
 * cannot repair a dead producer.)
 *
 * <p>Space is given back by the journaller, once the Archive has recorded it. New orders may fill
 * three quarters of the ring; the last quarter is for what must work when orders are refused.
 *
 * <p><i>Called from</i> the loop's thread only; one writer per file, held by a lock outside.
 */
public final class LogRing implements CommandLog {
    /** Default size of the ring. */
    public static final long CAPACITY = 256L << 20;

    /** Default largest command: an order with every option is below 256 bytes. */
    public static final int MAX_COMMAND = 4096;

    /** Bytes that may be appended before the drain's line is read again. */
    private static final long GRANT = 64 << 10;

    private final RingMemory memory;
    private final UnsafeBuffer buffer;
    private final long capacity;
    private final long grant;

    private long tail;
    private long sequence;
    private long offered;
    private boolean polled;
    private long orderLimit;
    private long reservedLimit;
    private int claimOffset;

    LogRing(final RingMemory memory, final long tail, final long sequence) {
        this.memory = memory;
        this.buffer = memory.buffer;
        this.capacity = memory.capacity;
        this.grant = Math.max(Math.min(GRANT, capacity / 16), recordLength(memory.maxPayload));
        this.tail = tail;
        this.sequence = sequence;
        this.offered = tail;
        buffer.putLongRelease(COMMITTED_OFFSET, tail);
    }

    /** True if nothing was ever appended to it, by whichever process. */
    public boolean isUnused() {
        return tail == 0;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int claim(final int maxLength, final boolean reserved) {
        if (maxLength > memory.maxPayload) {
            throw tooLong(maxLength);
        }
        final long end = tail + recordLength(maxLength);
        if (end > (reserved ? reservedLimit : orderLimit)) {
            readDrain();
            if (end > (reserved ? reservedLimit : orderLimit)) {
                return BACK_PRESSURED;
            }
        }
        claimOffset = memory.offset(tail);
        return claimOffset + PAYLOAD;
    }

    /** The limits last for one grant, so that the drain's cache line is not read per command. */
    private void readDrain() {
        final long released = memory.released();
        final long kept = polled ? Math.min(released, offered) : released;
        reservedLimit = kept + capacity;
        final boolean refusing = buffer.getIntVolatile(REFUSAL_OFFSET) != 0;
        orderLimit = refusing ? tail : Math.min(reservedLimit - capacity / 4, tail + grant);
    }

    @Override
    public long commit(final int length, final long timeNs) {
        if (length <= 0) {
            throw empty(length);
        }
        final int offset = claimOffset;
        final long next = sequence + 1;
        buffer.putLong(offset + SEQUENCE, next);
        buffer.putLong(offset + TIME, timeNs);
        buffer.putInt(offset + CHECK, memory.crc(offset, length) ^ memory.lap(tail));
        buffer.putIntRelease(offset + LENGTH, length);
        tail += recordLength(length);
        sequence = next;
        buffer.putLongRelease(COMMITTED_OFFSET, tail);
        return next;
    }

    @Override
    public void abort() {
        claimOffset = 0;
    }

    @Override
    public int poll(final CommandHandler handler, final int limit) {
        polled = true;
        long position = offered;
        int count = 0;
        while (position < tail && count < limit) {
            final int offset = memory.offset(position);
            final int length = buffer.getInt(offset + LENGTH);
            position += recordLength(length);
            offered = position;
            count++;
            handler.onCommand(
                    buffer.getLong(offset + SEQUENCE),
                    buffer.getLong(offset + TIME),
                    buffer,
                    offset + PAYLOAD,
                    length);
        }
        if (count > 0) {
            buffer.putLongRelease(OFFERED_OFFSET, position);
        }
        return count;
    }

    @Override
    public long lastSequence() {
        return sequence;
    }

    @Override
    public int maxCommandLength() {
        return memory.maxPayload;
    }

    @Override
    public long warm() {
        final int next = memory.offset(tail);
        return buffer.getLong(next)
                + buffer.getLong(next + CACHE_LINE_LENGTH)
                + buffer.getLong(next + 2 * CACHE_LINE_LENGTH);
    }

    @Override
    public long safeSequence(final AckLevel level) {
        switch (level) {
            case SYNCED:
                return memory.releasedSequence();
            case REPLICATED:
                return memory.replicatedSequence();
            default:
                return sequence;
        }
    }

    /** Until when the standby has promised not to take over; ns of the monotonic clock. */
    public long leaseNs() {
        return buffer.getLongAcquire(LEASE_OFFSET);
    }

    @Override
    public int refusal() {
        return buffer.getIntVolatile(REFUSAL_OFFSET);
    }

    /** Bytes not yet recorded. */
    public long backlog() {
        return tail - memory.released();
    }

    public long capacity() {
        return capacity;
    }

    public long epoch() {
        return buffer.getLongVolatile(EPOCH_OFFSET);
    }

    /** Only whoever holds the data folder's lock raises the epoch. */
    @Cold
    public void epoch(final long epoch) {
        buffer.putLongVolatile(EPOCH_OFFSET, epoch);
    }

    /**
     * Lets {@link #poll} start with the first command above {@code sequence} that the ring still
     * has.
     *
     * @return the first sequence that poll will hand over, {@link #lastSequence} + 1 if none
     */
    @Cold
    public long offerAbove(final long applied) {
        long position = memory.released();
        while (position < tail && memory.sequenceAt(position) <= applied) {
            position = memory.next(position);
        }
        offered = position;
        return position < tail ? memory.sequenceAt(position) : sequence + 1;
    }

    @Cold
    private static IllegalStateException empty(final int length) {
        return new IllegalStateException("length=" + length + " commits nothing");
    }

    @Cold
    private IllegalArgumentException tooLong(final int length) {
        return new IllegalArgumentException(
                "length=" + length + " above maxCommandLength=" + memory.maxPayload);
    }
}
