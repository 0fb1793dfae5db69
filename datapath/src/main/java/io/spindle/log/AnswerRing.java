package io.spindle.log;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.spindle.nic.Cold;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.io.IOException;

/**
 * The loop's answers to admin requests, for any number of readers. The loop waits for none of them:
 * when the ring is full the oldest answers go.
 *
 * <pre>
 *   0  requestHigh  long
 *   8  requestLow   long
 *  16  code         long   0 = done, else the engine's reject code
 *  24  sequence     long   of the command in the log
 * </pre>
 *
 * <p><i>Called from</i> the loop's thread only; others take a {@link Reader}.
 */
public final class AnswerRing implements CommandHandler {
    static final int REQUEST_HIGH = 0;
    static final int REQUEST_LOW = REQUEST_HIGH + SIZE_OF_LONG;
    static final int CODE = REQUEST_LOW + SIZE_OF_LONG;
    static final int SEQUENCE = CODE + SIZE_OF_LONG;
    static final int LENGTH = SEQUENCE + SIZE_OF_LONG;

    private static final int DROPPED_AT_ONCE = 64;

    private final LogRing ring;
    private final RingReader oldest;

    private AnswerRing(final RingFile file) {
        this.oldest = file.reader();
        this.ring = file.writer();
    }

    /** The loop's end. */
    @Cold
    public static AnswerRing writer(final RingFile file) {
        return new AnswerRing(file);
    }

    @Cold
    public static RingFile openFile(final DataFolder folder) throws IOException {
        return ControlRing.openFile(folder.answerRing(), RingOwner.of(folder), LENGTH);
    }

    public void answer(
            final long requestHigh, final long requestLow, final long code, final long sequence) {
        int offset = ring.claim(LENGTH, true);
        if (offset == CommandLog.BACK_PRESSURED) {
            oldest.poll(this, DROPPED_AT_ONCE);
            oldest.release(oldest.sequence(), oldest.position());
            offset = ring.claim(LENGTH, true);
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(offset + REQUEST_HIGH, requestHigh);
        buffer.putLong(offset + REQUEST_LOW, requestLow);
        buffer.putLong(offset + CODE, code);
        buffer.putLong(offset + SEQUENCE, sequence);
        ring.commit(LENGTH, 0);
    }

    /** An answer that is being dropped: nothing to do. */
    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {}

    /** Takes one answer. */
    @FunctionalInterface
    public interface Listener {
        void onAnswer(long requestHigh, long requestLow, long code, long sequence);
    }

    /** Reads answers given after it was made; one that is too slow loses the oldest. */
    @Cold
    public static final class Reader {
        private final RingMemory memory;
        private long position;

        Reader(final RingMemory memory) {
            this.memory = memory;
            this.position = memory.committed();
        }

        public static Reader of(final RingFile file) {
            return new Reader(file.newMemory());
        }

        /**
         * Hands over answers in order. The writer moves {@code released} before it overwrites, so
         * what was copied counts only if it was still unreleased afterwards.
         */
        public int poll(final Listener listener) {
            final long committed = memory.committed();
            int count = 0;
            while (position < committed) {
                final int payload = memory.offset(position) + RingLayout.PAYLOAD;
                final long high = memory.buffer.getLong(payload + REQUEST_HIGH);
                final long low = memory.buffer.getLong(payload + REQUEST_LOW);
                final long code = memory.buffer.getLong(payload + CODE);
                final long sequence = memory.buffer.getLongVolatile(payload + SEQUENCE);
                if (position < memory.released()) {
                    position = memory.released();
                    continue;
                }
                position += RingLayout.recordLength(LENGTH);
                count++;
                listener.onAnswer(high, low, code, sequence);
            }
            return count;
        }
    }
}
