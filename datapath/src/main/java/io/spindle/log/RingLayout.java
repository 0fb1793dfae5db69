package io.spindle.log;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.BitUtil;

/**
 * Bytes of a ring file, little-endian.
 *
 * <pre>
 *  header, 4,096 bytes; one group of fields per writer, 128 bytes apart
 *     0  magic              long    "SPDLRING"
 *     8  version            int
 *    12  maxPayload         int     largest payload of one record
 *    16  capacity           long    power of two
 *    24  boot id            2 long  memory of another boot is not this ring
 *    40  log id             2 long  nor is memory of another data folder
 *    56  epoch              long    raised by whoever takes the log over; lower ones are fenced off
 *   128  committed          long    end of the last whole record        ┐ the writing thread
 *   136  offered            long    end of what the loop has applied    ┘
 *   256  releasedSequence   long    stored before released              ┐
 *   264  released           long    end of what is recorded             │ the draining process
 *   272  refusal            int     not 0: take no new orders, and why  │
 *   280  replicatedSequence long    what the standby has recorded       │
 *   288  leaseNs            long    the standby does not take over      │
 *                                   before this, on the monotonic clock ┘
 *
 *  records, from 4,096
 *    +0  length             int     payload bytes; stored last, with release
 *    +4  check              int     CRC32C of the bytes from sequence to the payload's end, XOR lap
 *    +8  sequence           long    the first record of a log is 1, each next one more
 *   +16  timeNs             long
 *   +24  payload            …       padded to 8 bytes
 * </pre>
 *
 * <p><b>Positions</b> count bytes since the ring was made and never wrap; a record at position p
 * lies at {@code 4096 + p mod capacity}. A record that begins before the end may run over it into
 * an overhang of one record's length, so that every record is contiguous; as many bytes at the
 * start then stay unused. <b>lap</b> is {@code p / capacity}: because the check contains it, bytes
 * left from an earlier lap can never be taken for a record of this one.
 */
final class RingLayout {
    static final long MAGIC = 0x474E_4952_4C44_5053L;
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + SIZE_OF_LONG;
    static final int MAX_PAYLOAD_OFFSET = VERSION_OFFSET + SIZE_OF_INT;
    static final int CAPACITY_OFFSET = MAX_PAYLOAD_OFFSET + SIZE_OF_INT;
    static final int BOOT_HIGH_OFFSET = CAPACITY_OFFSET + SIZE_OF_LONG;
    static final int BOOT_LOW_OFFSET = BOOT_HIGH_OFFSET + SIZE_OF_LONG;
    static final int LOG_HIGH_OFFSET = BOOT_LOW_OFFSET + SIZE_OF_LONG;
    static final int LOG_LOW_OFFSET = LOG_HIGH_OFFSET + SIZE_OF_LONG;
    static final int EPOCH_OFFSET = LOG_LOW_OFFSET + SIZE_OF_LONG;

    static final int COMMITTED_OFFSET = 128;
    static final int OFFERED_OFFSET = COMMITTED_OFFSET + SIZE_OF_LONG;

    static final int RELEASED_SEQUENCE_OFFSET = 256;
    static final int RELEASED_OFFSET = RELEASED_SEQUENCE_OFFSET + SIZE_OF_LONG;
    static final int REFUSAL_OFFSET = RELEASED_OFFSET + SIZE_OF_LONG;
    static final int REPLICATED_SEQUENCE_OFFSET = REFUSAL_OFFSET + SIZE_OF_LONG;
    static final int LEASE_OFFSET = REPLICATED_SEQUENCE_OFFSET + SIZE_OF_LONG;

    static final int DATA_OFFSET = 4096;

    static final int LENGTH = 0;
    static final int CHECK = LENGTH + SIZE_OF_INT;
    static final int SEQUENCE = CHECK + SIZE_OF_INT;
    static final int TIME = SEQUENCE + SIZE_OF_LONG;
    static final int PAYLOAD = TIME + SIZE_OF_LONG;

    /** Bytes a record of this payload takes in the ring. */
    static int recordLength(final int payloadLength) {
        return BitUtil.align(PAYLOAD + payloadLength, SIZE_OF_LONG);
    }

    /** Bytes of the whole file. */
    static long fileLength(final long capacity, final int maxPayload) {
        return DATA_OFFSET + capacity + BitUtil.align(recordLength(maxPayload), DATA_OFFSET);
    }

    private RingLayout() {}
}
