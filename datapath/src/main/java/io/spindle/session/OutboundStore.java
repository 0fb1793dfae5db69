package io.spindle.session;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import static java.nio.ByteOrder.nativeOrder;

import io.spindle.matcher.OffHeap;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Everything sequenced that was produced for all sessions: one ring of bytes, the oldest
 * overwritten, with a sparse index per session. It never refuses; a client that comes back for
 * something overwritten is served from the log by the feed process.
 *
 * <p>Positions grow for ever and are 8-byte aligned. A record never crosses the end of the ring;
 * the records of one session form a list, and every {@value #STRIDE}th, or the first one after a
 * gap, is in the session's index.
 *
 * <pre>
 *  0          8         12         16       20       24
 *  +----------+---------+----------+--------+--------+---------------+
 *  | next     | session | sequence | length | txTime | message ...   |  next: position of the
 *  +----------+---------+----------+--------+--------+---------------+  session's next record, or -1;
 *                                                                       txTime: see {@link #commit}
 * </pre>
 */
public final class OutboundStore {
    /** Not in the store: overwritten, or not produced yet. */
    public static final long NONE = -1;

    /** Longest message: OUCH's longest with a full appendage stays below. */
    public static final int MAX_MESSAGE_LENGTH = 512;

    private static final int NEXT_OFFSET = 0;
    private static final int SESSION_OFFSET = NEXT_OFFSET + Long.BYTES;
    private static final int SEQUENCE_OFFSET = SESSION_OFFSET + Integer.BYTES;
    private static final int LENGTH_OFFSET = SEQUENCE_OFFSET + Integer.BYTES;
    private static final int TX_TIME_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    private static final int MESSAGE_OFFSET = TX_TIME_OFFSET + Integer.BYTES;
    private static final int ALIGNMENT = Long.BYTES;

    private static final int STRIDE = 32;
    private static final int STRIDE_SHIFT = 5;
    private static final int MARKS = 1024;

    private final MemorySegment memory;
    private final UnsafeBuffer ring;
    private final long capacity;
    private final long mask;
    private final long[] marks;
    private final long[] lastPosition;
    private final int[] nextSequence;
    private long head;
    private long open = NONE;
    private int openSession;

    /**
     * @param capacity bytes, a power of two, at least 16 of the longest records
     * @param maxSessions sessions are numbered below this
     */
    public OutboundStore(final int capacity, final int maxSessions) {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < 16 * MAX_MESSAGE_LENGTH) {
            throw new IllegalArgumentException("capacity=" + capacity + ": power of two");
        }
        this.memory = OffHeap.allocate(capacity);
        this.ring = new UnsafeBuffer(memory.address(), capacity);
        this.capacity = capacity;
        this.mask = capacity - 1L;
        this.marks = new long[maxSessions * MARKS];
        this.lastPosition = new long[maxSessions];
        this.nextSequence = new int[maxSessions];
        for (int session = 0; session < maxSessions; session++) {
            restart(session, 1);
        }
    }

    /** Forgets a session's messages; the next one gets this number. */
    public void restart(final int session, final int sequence) {
        nextSequence[session] = sequence;
        lastPosition[session] = NONE;
        Arrays.fill(marks, session * MARKS, (session + 1) * MARKS, NONE);
    }

    /** Gives the ring its pages now. */
    public void makeResident() {
        OffHeap.makeResident(memory);
    }

    /** The bytes of all messages. */
    public MutableDirectBuffer buffer() {
        return ring;
    }

    /** Number of the session's next message; all below it have been produced. */
    public int nextSequence(final int session) {
        return nextSequence[session];
    }

    /** Where the next record begins at the earliest: all records so far lie below. */
    long head() {
        return head;
    }

    /**
     * Opens the session's next message, of at most {@link #MAX_MESSAGE_LENGTH} bytes.
     *
     * @return offset in {@link #buffer} at which to encode
     */
    public int claim(final int session) {
        final long room = capacity - (head & mask);
        if (room < MESSAGE_OFFSET + MAX_MESSAGE_LENGTH) {
            head += room;
        }
        open = head;
        openSession = session;
        return index(open) + MESSAGE_OFFSET;
    }

    /**
     * Completes the message opened last.
     *
     * @param txTime offset in the message of the 8 bytes that take the time at which it is first
     *     sent, 0 = none
     */
    public void commit(final int length, final int txTime) {
        final int session = openSession;
        final int sequence = nextSequence[session]++;
        final int record = index(open);
        ring.putLong(record + NEXT_OFFSET, NONE, nativeOrder());
        ring.putInt(record + SESSION_OFFSET, session, nativeOrder());
        ring.putInt(record + SEQUENCE_OFFSET, sequence, nativeOrder());
        ring.putInt(record + LENGTH_OFFSET, length, nativeOrder());
        ring.putInt(record + TX_TIME_OFFSET, txTime, nativeOrder());
        head += BitUtil.align(MESSAGE_OFFSET + length, ALIGNMENT);
        final long last = lastPosition[session];
        final boolean linked = isKept(last);
        if (linked) {
            ring.putLong(index(last) + NEXT_OFFSET, open, nativeOrder());
        }
        final int mark = mark(session, sequence);
        if (!linked || sequence % STRIDE == 0 || !isKept(marks[mark])) {
            marks[mark] = open;
        }
        lastPosition[session] = open;
        open = NONE;
    }

    /** Reads the memory of the next claim; see {@link io.spindle.log.CommandLog#warm}. */
    public long warm() {
        final int next = index(head);
        return ring.getLong(next) + ring.getLong(next + CACHE_LINE_LENGTH & (int) mask);
    }

    /** Position of a session's message, or {@link #NONE}. */
    public long find(final int session, final int sequence) {
        if (sequence >= nextSequence[session] || sequence <= 0) {
            return NONE;
        }
        long position = marks[mark(session, sequence)];
        if (!isKept(position) || sequence(position) >>> STRIDE_SHIFT != sequence >>> STRIDE_SHIFT) {
            return NONE;
        }
        while (position != NONE && sequence(position) < sequence) {
            position = next(position);
        }
        return position != NONE && sequence(position) == sequence ? position : NONE;
    }

    /** False once the record at this position may have been overwritten. */
    public boolean isKept(final long position) {
        return position != NONE
                && position >= head + MESSAGE_OFFSET + MAX_MESSAGE_LENGTH - capacity;
    }

    /** Position of the same session's next message, or {@link #NONE}; this one must be kept. */
    public long next(final long position) {
        return ring.getLong(index(position) + NEXT_OFFSET, nativeOrder());
    }

    public int sequence(final long position) {
        return ring.getInt(index(position) + SEQUENCE_OFFSET, nativeOrder());
    }

    public int messageLength(final long position) {
        return ring.getInt(index(position) + LENGTH_OFFSET, nativeOrder());
    }

    /** Where in the message the time of sending belongs, 0 = nowhere. */
    public int txTime(final long position) {
        return ring.getInt(index(position) + TX_TIME_OFFSET, nativeOrder());
    }

    /** Offset of the message in {@link #buffer}. */
    public int messageOffset(final long position) {
        return index(position) + MESSAGE_OFFSET;
    }

    private int index(final long position) {
        return (int) (position & mask);
    }

    private static int mark(final int session, final int sequence) {
        return session * MARKS + (sequence >>> STRIDE_SHIFT & MARKS - 1);
    }
}
