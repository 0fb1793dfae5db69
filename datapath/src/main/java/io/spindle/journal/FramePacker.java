package io.spindle.journal;

import static io.spindle.journal.JournalFrame.*;

import io.spindle.log.CommandHandler;
import io.spindle.log.LogDamaged;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Packs records into a frame: {@link #onCommand} while {@link #hasRoom}, then {@link #seal}, send,
 * {@link #clear}. Commands that are recorded already are skipped; a gap is a damaged log.
 */
final class FramePacker implements CommandHandler {
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private final Chain chain;
    private final int capacity;
    private final int largestRecord;

    /** Of the last record packed or skipped. */
    private long sequence;

    private int count;
    private int end = RECORDS_OFFSET;

    /**
     * @param capacity bytes of the largest frame
     * @param maxCommand bytes of the largest payload
     * @param sequence last one recorded
     */
    FramePacker(final int capacity, final int maxCommand, final long sequence, final Chain chain) {
        if (frameLength(RECORDS_OFFSET + recordLength(maxCommand)) > capacity) {
            throw new IllegalArgumentException(
                    "maxCommand=" + maxCommand + " does not fit a frame of " + capacity);
        }
        this.bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        this.buffer = new UnsafeBuffer(bytes);
        this.capacity = capacity;
        this.largestRecord = recordLength(maxCommand);
        this.sequence = sequence;
        this.chain = chain;
    }

    boolean hasRoom() {
        return frameLength(end + largestRecord) <= capacity;
    }

    boolean isEmpty() {
        return count == 0;
    }

    @Override
    public void onCommand(
            final long commandSequence,
            final long timeNs,
            final DirectBuffer source,
            final int offset,
            final int length) {
        if (commandSequence <= sequence) {
            return;
        }
        if (commandSequence != sequence + 1) {
            throw new LogDamaged(
                    "the ring goes on with sequence "
                            + commandSequence
                            + ", the Archive ends with "
                            + sequence,
                    "commands between them are lost: restore the archive folder, or promote a"
                            + " standby");
        }
        final int record = end;
        buffer.putInt(record + LENGTH, length);
        buffer.putLong(record + SEQUENCE, commandSequence);
        buffer.putLong(record + TIME, timeNs);
        buffer.putBytes(record + PAYLOAD, source, offset, length);
        crc.reset();
        crc.update(bytes.limit(record + PAYLOAD + length).position(record + SEQUENCE));
        buffer.putInt(record + CRC, (int) crc.getValue());
        end = record + recordLength(length);
        buffer.setMemory(record + PAYLOAD + length, end - record - PAYLOAD - length, (byte) 0);
        sequence = commandSequence;
        count++;
    }

    /**
     * Completes the frame.
     *
     * @return its length
     */
    int seal() {
        final int length = frameLength(end);
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putInt(COUNT_OFFSET, count);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, sequence - count + 1);
        buffer.setMemory(end, length - end, (byte) 0);
        buffer.putLong(length - Long.BYTES, TRAILER);
        chain.extend(bytes.clear(), 0, length);
        buffer.putBytes(CHAIN_OFFSET, chain.head());
        return length;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    void clear() {
        count = 0;
        end = RECORDS_OFFSET;
    }
}
