package io.spindle.journal;

import io.spindle.log.LogDamaged;
import io.spindle.log.RingReader;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes records from the ring in frames, and gives their room back when they are recorded; what
 * records them is the caller's business.
 *
 * <pre>
 *   ring ──▶ pack ──▶ frame in hand ──▶ sent ──▶ frames in flight ──▶ recorded ──▶ release
 * </pre>
 *
 * <p>It may die at any moment: the next one starts at the ring's released position, skips what the
 * recording has, and goes on.
 */
final class RingDrain {
    static final int IN_FLIGHT = 1024;
    private static final int MASK = IN_FLIGHT - 1;

    private final RingReader ring;
    private final FramePacker packer;
    private final int framesInFlight;
    private final long[] streamPositions = new long[IN_FLIGHT];
    private final long[] ringPositions = new long[IN_FLIGHT];
    private final long[] sequences = new long[IN_FLIGHT];
    private long head;
    private long tail;
    private int sealedLength;
    private long released;

    /**
     * @param frameCapacity bytes of the largest frame
     * @param end of the recording, as its files show it
     * @param framesInFlight how many may be sent and not recorded, at most {@link #IN_FLIGHT}
     */
    RingDrain(
            final RingReader ring,
            final int frameCapacity,
            final LogEnd end,
            final int framesInFlight) {
        this.framesInFlight = framesInFlight;
        if (end.sequence() < ring.sequence()) {
            throw new LogDamaged(
                    "the Archive ends with sequence "
                            + end.sequence()
                            + " and the ring says that "
                            + ring.sequence()
                            + " was recorded",
                    "restore the archive folder, or promote a standby");
        }
        this.ring = ring;
        this.released = ring.position();
        this.packer =
                new FramePacker(frameCapacity, ring.maxPayload(), end.sequence(), end.chain());
    }

    /**
     * Packs what the ring has, unless a frame is in hand.
     *
     * @return length of the frame in hand, 0 if there is none
     */
    int pack() {
        if (sealedLength == 0 && tail - head < framesInFlight) {
            while (packer.hasRoom() && ring.poll(packer, 1) > 0) {
                continue;
            }
            if (!packer.isEmpty()) {
                sealedLength = packer.seal();
            }
        }
        return sealedLength;
    }

    /** The frame in hand, from offset 0. */
    UnsafeBuffer frame() {
        return packer.buffer();
    }

    /** The frame in hand is on its way; it is recorded when the recording reaches this position. */
    void sent(final long streamPosition) {
        final int slot = (int) tail & MASK;
        streamPositions[slot] = streamPosition;
        ringPositions[slot] = ring.position();
        sequences[slot] = ring.sequence();
        tail++;
        sealedLength = 0;
        packer.clear();
    }

    /**
     * The recording has reached this position: gives back the room of what it holds.
     *
     * @return frames given back
     */
    int recorded(final long streamPosition) {
        if (!isWaiting()) {
            release(ring.sequence(), ring.position()); // what was skipped
            return 0;
        }
        int frames = 0;
        while (head < tail && streamPositions[(int) head & MASK] <= streamPosition) {
            head++;
            frames++;
        }
        if (frames > 0) {
            final int slot = (int) (head - 1) & MASK;
            release(sequences[slot], ringPositions[slot]);
        }
        return frames;
    }

    /** True while a frame is in hand or in flight. */
    boolean isWaiting() {
        return head < tail || sealedLength > 0;
    }

    private void release(final long sequence, final long position) {
        if (position != released) {
            released = position;
            ring.release(sequence, position);
        }
    }
}
