package io.spindle.journal;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One unit of the recorded stream: a run of whole log records, little-endian, behind Aeron's
 * 32-byte data header. No record is split over frames and no frame over Aeron fragments.
 *
 * <pre>
 *    0  magic          int    "SPJ1"
 *    4  count          int    records in the frame
 *    8  firstSequence  long   the others follow without a gap
 *   16  chain          32     SHA-256 of the chain before, bytes 0 … 15 and bytes from 48 on
 *   48  records
 *        +0  length    int    payload bytes
 *        +4  crc       int    CRC32C of the bytes from sequence to the payload's end
 *        +8  sequence  long
 *       +16  timeNs    long
 *       +24  payload   …      padded to 8 bytes
 *       zeros
 *   last 8 bytes: trailer, ending the frame on a multiple of 32
 * </pre>
 *
 * <p>The trailer serves Aeron's Archive, which after a crash refuses a last frame whose last page
 * is all zeros. The chain starts with 32 zero bytes; whoever changes, drops or moves a frame breaks
 * it.
 */
final class JournalFrame {
    static final int MAGIC = 0x314A_5053;
    static final long TRAILER = 0x444E_452D_4C44_5053L;
    static final int CHAIN_LENGTH = 32;

    static final int MAGIC_OFFSET = 0;
    static final int COUNT_OFFSET = 4;
    static final int FIRST_SEQUENCE_OFFSET = 8;
    static final int CHAIN_OFFSET = 16;
    static final int RECORDS_OFFSET = CHAIN_OFFSET + CHAIN_LENGTH;

    static final int LENGTH = 0;
    static final int CRC = 4;
    static final int SEQUENCE = 8;
    static final int TIME = 16;
    static final int PAYLOAD = 24;

    private static final int ALIGNMENT = 32;

    static int recordLength(final int payloadLength) {
        return BitUtil.align(PAYLOAD + payloadLength, Long.BYTES);
    }

    /** Length of a frame whose records end at this offset. */
    static int frameLength(final int recordsEnd) {
        return BitUtil.align(recordsEnd + Long.BYTES, ALIGNMENT);
    }

    static long firstSequence(final DirectBuffer buffer, final int frame) {
        return buffer.getLong(frame + FIRST_SEQUENCE_OFFSET);
    }

    static long lastSequence(final DirectBuffer buffer, final int frame) {
        return firstSequence(buffer, frame) + buffer.getInt(frame + COUNT_OFFSET) - 1;
    }

    /** True if these bytes begin like a frame and end like one. */
    static boolean isFramed(final DirectBuffer buffer, final int frame, final int length) {
        return length >= frameLength(RECORDS_OFFSET + recordLength(1))
                && buffer.getInt(frame + MAGIC_OFFSET) == MAGIC
                && buffer.getInt(frame + COUNT_OFFSET) > 0
                && buffer.getLong(frame + length - Long.BYTES) == TRAILER;
    }

    /**
     * True if every record of the frame is whole and in sequence.
     *
     * @param bytes the buffer's own memory, for the checksum; its position and limit are changed
     */
    static boolean isWhole(
            final DirectBuffer buffer,
            final ByteBuffer bytes,
            final int frame,
            final int length,
            final CRC32C crc) {
        if (!isFramed(buffer, frame, length)) {
            return false;
        }
        final int end = frame + length - Long.BYTES;
        final int count = buffer.getInt(frame + COUNT_OFFSET);
        final long first = firstSequence(buffer, frame);
        int record = frame + RECORDS_OFFSET;
        for (int i = 0; i < count; i++) {
            if (record + PAYLOAD > end) {
                return false;
            }
            final int payload = buffer.getInt(record + LENGTH);
            if (payload <= 0 || payload > end - record - PAYLOAD) {
                return false;
            }
            crc.reset();
            bytes.limit(record + PAYLOAD + payload).position(record + SEQUENCE);
            crc.update(bytes);
            if ((int) crc.getValue() != buffer.getInt(record + CRC)
                    || buffer.getLong(record + SEQUENCE) != first + i) {
                return false;
            }
            record += recordLength(payload);
        }
        return frameLength(record - frame) == length;
    }

    private JournalFrame() {}
}
