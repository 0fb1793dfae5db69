package io.spindle.loop;

import io.spindle.log.CommandLog;
import io.spindle.nic.Cold;
import io.spindle.nic.NicQueue;
import io.spindle.nic.PassingQueue;
import io.spindle.nic.RxBurst;

import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * A queue that notes when the frames of a turn were in the loop's hand, when its answers were
 * ready, and when they had been handed to the card, with the log sequences of what the turn took.
 * Notes go to a ring that another thread empties; one that does not fit is counted in the next.
 *
 * <pre>
 *   0        8       16         24          32         40       48
 *   +--------+-------+----------+-----------+----------+--------+
 *   | first  | last  | in ns    | out ns    | sent ns  | lost   |   log sequences and log time
 *   +--------+-------+----------+-----------+----------+--------+
 * </pre>
 *
 * <p><i>Called from</i> the loop's thread only.
 */
public final class AttestedQueue extends PassingQueue {
    public static final int FIRST_OFFSET = 0;
    public static final int LAST_OFFSET = 8;
    public static final int IN_OFFSET = 16;
    public static final int OUT_OFFSET = 24;
    public static final int SENT_OFFSET = 32;
    public static final int LOST_OFFSET = 40;
    public static final int LENGTH = 48;

    /** Message type of a note. */
    public static final int TURN = 1;

    private final CommandLog log;
    private final NanoClock clock;
    private final OneToOneRingBuffer ring;
    private final AutoCloseable drain;
    private boolean taken;
    private long before;
    private long inNs;
    private long lost;

    /**
     * @param clock log time
     * @param drain closed before the queue, when nothing more can come
     */
    public AttestedQueue(
            final NicQueue queue,
            final CommandLog log,
            final NanoClock clock,
            final OneToOneRingBuffer ring,
            final AutoCloseable drain) {
        super(queue);
        this.log = log;
        this.clock = clock;
        this.ring = ring;
        this.drain = drain;
    }

    @Override
    public int poll(final RxBurst burst) {
        final int count = queue.poll(burst);
        if (count > 0 && !taken) { // else the answers of an earlier burst have not left yet
            taken = true;
            before = log.lastSequence();
            inNs = clock.nanoTime();
        }
        return count;
    }

    /** The first flush behind a burst is that of its answers. */
    @Override
    public int flush() {
        if (!taken) {
            return queue.flush();
        }
        taken = false;
        final long outNs = clock.nanoTime();
        final int frames = queue.flush();
        if (log.lastSequence() > before) {
            note(outNs, clock.nanoTime());
        }
        return frames;
    }

    private void note(final long outNs, final long sentNs) {
        final int index = ring.tryClaim(TURN, LENGTH);
        if (index < 0) {
            lost++;
            return;
        }
        ring.buffer().putLong(index + FIRST_OFFSET, before + 1);
        ring.buffer().putLong(index + LAST_OFFSET, log.lastSequence());
        ring.buffer().putLong(index + IN_OFFSET, inNs);
        ring.buffer().putLong(index + OUT_OFFSET, outNs);
        ring.buffer().putLong(index + SENT_OFFSET, sentNs);
        ring.buffer().putLong(index + LOST_OFFSET, lost);
        ring.commit(index);
    }

    @Override
    @Cold
    public void close() {
        try {
            drain.close();
        } catch (final Exception failure) {
            throw new IllegalStateException("attestation", failure);
        } finally {
            queue.close();
        }
    }
}
