package io.spindle.log;

import static io.spindle.log.RingLayout.*;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One thread's view of a ring's bytes: where a position lies, and whether a whole record is there.
 * Shared by the writer and the readers; owns no position itself.
 */
final class RingMemory {
    final UnsafeBuffer buffer;
    final long capacity;
    final int maxPayload;
    private final ByteBuffer bytes;
    private final long mask;
    private final int lapShift;
    private final CRC32C crc = new CRC32C();

    /**
     * @param buffer over the whole file; {@code bytes} is the same memory, for the checksum
     */
    RingMemory(final UnsafeBuffer buffer, final ByteBuffer bytes) {
        this.buffer = buffer;
        this.bytes = bytes;
        this.capacity = buffer.getLong(CAPACITY_OFFSET);
        this.maxPayload = buffer.getInt(MAX_PAYLOAD_OFFSET);
        this.mask = capacity - 1;
        this.lapShift = Long.numberOfTrailingZeros(capacity);
    }

    int offset(final long position) {
        return DATA_OFFSET + (int) (position & mask);
    }

    /** CRC32C of the record's sequence, time and payload: what the journal stores. */
    int crc(final int recordOffset, final int payloadLength) {
        crc.reset();
        bytes.limit(recordOffset + PAYLOAD + payloadLength).position(recordOffset + SEQUENCE);
        crc.update(bytes);
        return (int) crc.getValue();
    }

    int lap(final long position) {
        return (int) (position >>> lapShift);
    }

    /** True if the record at this position is whole and was written in this lap. */
    boolean isRecord(final long position) {
        final int offset = offset(position);
        final int length = buffer.getIntAcquire(offset + LENGTH);
        return length > 0
                && length <= maxPayload
                && buffer.getInt(offset + CHECK) == (crc(offset, length) ^ lap(position));
    }

    long sequenceAt(final long position) {
        return buffer.getLong(offset(position) + SEQUENCE);
    }

    /** Position behind the record at this position. */
    long next(final long position) {
        return position + recordLength(buffer.getInt(offset(position) + LENGTH));
    }

    long committed() {
        return buffer.getLongAcquire(COMMITTED_OFFSET);
    }

    long released() {
        return buffer.getLongAcquire(RELEASED_OFFSET);
    }

    long replicatedSequence() {
        return buffer.getLongAcquire(REPLICATED_SEQUENCE_OFFSET);
    }

    long releasedSequence() {
        return buffer.getLongAcquire(RELEASED_SEQUENCE_OFFSET);
    }
}
