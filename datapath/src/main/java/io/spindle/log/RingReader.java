package io.spindle.log;

import static io.spindle.log.RingLayout.*;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reading end of a ring: hands over committed records in place, and gives their room back when
 * told to. One releasing reader per ring; it starts where the last one released, so that it may die
 * at any moment and be started again.
 */
public final class RingReader {
    private final RingMemory memory;
    private final UnsafeBuffer buffer;
    private long position;
    private long sequence;

    RingReader(final RingMemory memory) {
        this.memory = memory;
        this.buffer = memory.buffer;
        this.position = memory.released();
        this.sequence = memory.releasedSequence();
    }

    /**
     * Hands over committed records that were not handed over before.
     *
     * @return number of records, at most {@code limit}
     */
    public int poll(final CommandHandler handler, final int limit) {
        final long committed = memory.committed();
        int count = 0;
        while (position < committed && count < limit) {
            final int offset = memory.offset(position);
            final int length = buffer.getInt(offset + LENGTH);
            sequence = buffer.getLong(offset + SEQUENCE);
            position += recordLength(length);
            count++;
            handler.onCommand(
                    sequence, buffer.getLong(offset + TIME), buffer, offset + PAYLOAD, length);
        }
        return count;
    }

    /** Position behind the last record handed over. */
    public long position() {
        return position;
    }

    /** Sequence of the last record handed over. */
    public long sequence() {
        return sequence;
    }

    /**
     * Gives back everything up to a position that {@link #position} returned. The sequence is
     * stored first: if the process dies in between, the records above the old position are still
     * there and carry their own numbers.
     */
    public void release(final long releasedSequence, final long releasedPosition) {
        buffer.putLongRelease(RELEASED_SEQUENCE_OFFSET, releasedSequence);
        buffer.putLongRelease(RELEASED_OFFSET, releasedPosition);
    }

    /** Asks the writer to take no new orders, or to take them again: {@link Refusal}. */
    public void refusal(final int reason) {
        buffer.putIntVolatile(REFUSAL_OFFSET, reason);
    }

    public int refusal() {
        return buffer.getIntVolatile(REFUSAL_OFFSET);
    }

    /** Sequence of the last record that the standby has. */
    public long replicatedSequence() {
        return memory.replicatedSequence();
    }

    /** What the standby has recorded. */
    public void replicatedSequence(final long value) {
        buffer.putLongRelease(REPLICATED_SEQUENCE_OFFSET, value);
    }

    /** Until when the loop may go on without hearing of the standby; ns, monotonic clock. */
    public void leaseNs(final long value) {
        buffer.putLongRelease(LEASE_OFFSET, value);
    }

    /** Sequence of the last record that is recorded. */
    public long releasedSequence() {
        return memory.releasedSequence();
    }

    /** CRC32C of the record whose payload was handed over at this offset. */
    public int crc(final int payloadOffset, final int length) {
        return memory.crc(payloadOffset - PAYLOAD, length);
    }

    /** Bytes committed and not yet released. */
    public long backlog() {
        return memory.committed() - memory.released();
    }

    /** Bytes of the largest payload. */
    public int maxPayload() {
        return memory.maxPayload;
    }

    public long epoch() {
        return buffer.getLongVolatile(EPOCH_OFFSET);
    }

    public long capacity() {
        return memory.capacity;
    }
}
