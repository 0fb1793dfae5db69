package io.spindle.nic;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * A queue that also copies each frame it receives or commits into a bounded ring, which another
 * thread writes to a file. A full ring costs frames of the capture, which are counted, and never a
 * turn of the loop.
 *
 * <pre>
 *   ring message, type = direction     0          8
 *                                      +----------+------------- - -
 *                                      | epoch ns | frame
 *                                      +----------+------------- - -
 * </pre>
 */
public final class CaptureTee extends PassingQueue {
    /** Message type of a received frame. */
    public static final int RECEIVED = 1;

    /** Message type of a committed frame. */
    public static final int SENT = 2;

    /** Where the frame starts in a ring message. */
    public static final int FRAME_OFFSET = Long.BYTES;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final OneToOneRingBuffer ring;
    private final EpochNanoClock clock;
    private final AutoCloseable drain;
    private final boolean stampsAreEpoch;
    private long claimed;

    /**
     * @param clock stamps frames that carry no arrival stamp of their own
     * @param drain closed after the queue, when nothing more can come
     */
    public CaptureTee(
            final NicQueue queue,
            final OneToOneRingBuffer ring,
            final EpochNanoClock clock,
            final AutoCloseable drain) {
        super(queue);
        this.ring = ring;
        this.clock = clock;
        this.drain = drain;
        stampsAreEpoch =
                switch (queue.info().timestamps()) {
                    case "realtime", "hardware", "virtual" -> true;
                    default -> false;
                };
    }

    @Override
    public int poll(final RxBurst burst) {
        final int count = queue.poll(burst);
        if (count > 0) {
            final long nowNs = stampsAreEpoch ? 0 : clock.nanoTime();
            for (int i = 0; i < count; i++) {
                final long timeNs = stampsAreEpoch ? burst.timestampNs(i) : nowNs;
                copy(RECEIVED, burst.address(i), burst.length(i), timeNs);
            }
        }
        return count;
    }

    private void copy(
            final int direction, final long address, final int length, final long timeNs) {
        final int message = ring.tryClaim(direction, FRAME_OFFSET + length);
        if (message < 0) {
            queue.counters().captureDropped++;
            return;
        }
        frame.wrap(address, length);
        ring.buffer().putLong(message, timeNs);
        ring.buffer().putBytes(message + FRAME_OFFSET, frame, 0, length);
        ring.commit(message);
    }

    @Override
    public long claim() {
        claimed = queue.claim();
        return claimed;
    }

    @Override
    public void commit(final int length) {
        if (length <= MAX_FRAME_LENGTH) {
            copy(SENT, claimed, length, clock.nanoTime());
        }
        queue.commit(length);
    }

    @Override
    @Cold
    public void close() {
        queue.close();
        try {
            drain.close();
        } catch (final Exception failure) {
            throw new IllegalStateException("capture file", failure);
        }
    }
}
