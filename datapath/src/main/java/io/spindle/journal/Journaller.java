package io.spindle.journal;

import io.aeron.Publication;
import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.LogDamaged;
import io.spindle.log.Refusal;
import io.spindle.log.RingReader;

import org.agrona.concurrent.Agent;

import java.util.concurrent.TimeUnit;

/**
 * Moves records from the ring into the recording, and gives their room back when they are recorded.
 *
 * <pre>
 *   ring ──▶ FramePacker ──▶ publication ──▶ Archive
 *    ▲                                         │ recorded position
 *    └──────────── release ◀── frames in flight ┘
 * </pre>
 *
 * <p>It may die at any moment: the next one starts at the ring's released position, skips what the
 * recording has, and goes on.
 */
final class Journaller implements Agent {
    private static final int IN_FLIGHT = 1024;
    private static final int MASK = IN_FLIGHT - 1;
    private static final int FRAMES_PER_TURN = 16;

    private static final long CHECK_SPACE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RingReader ring;
    private final Recording recording;
    private final DiskSpace space;
    private final FramePacker packer;
    private final long[] streamPositions = new long[IN_FLIGHT];
    private final long[] ringPositions = new long[IN_FLIGHT];
    private final long[] sequences = new long[IN_FLIGHT];
    private long head;
    private long tail;
    private int sealedLength;
    private long released;
    private long movedNs = System.nanoTime();
    private long checkedSpaceNs = movedNs;

    /**
     * @param end of the recording, as its files show it
     */
    Journaller(
            final RingReader ring,
            final Recording recording,
            final JournalConfig config,
            final DiskSpace space,
            final LogEnd end) {
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
        this.recording = recording;
        this.space = space;
        this.packer =
                new FramePacker(
                        config.frameLength() - DataHeaderFlyweight.HEADER_LENGTH,
                        ring.maxPayload(),
                        end.sequence(),
                        end.chain());
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int frames = 0; frames < FRAMES_PER_TURN && pack() && send(); frames++) {
            work++;
        }
        work += release();
        watch(work, System.nanoTime());
        return work;
    }

    /** True if a frame is ready to be sent. */
    private boolean pack() {
        if (sealedLength == 0 && tail - head < IN_FLIGHT) {
            while (packer.hasRoom() && ring.poll(packer, 1) > 0) {
                continue;
            }
            if (!packer.isEmpty()) {
                sealedLength = packer.seal();
            }
        }
        return sealedLength > 0;
    }

    private boolean send() {
        final long position = recording.publication().offer(packer.buffer(), 0, sealedLength);
        if (position < 0) {
            if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException(
                        "log publication: " + Publication.errorString(position));
            }
            return false;
        }
        final int slot = (int) tail & MASK;
        streamPositions[slot] = position;
        ringPositions[slot] = ring.position();
        sequences[slot] = ring.sequence();
        tail++;
        sealedLength = 0;
        packer.clear();
        return true;
    }

    private int release() {
        if (head == tail && sealedLength == 0 && packer.isEmpty()) {
            release(ring.sequence(), ring.position()); // what was skipped
            return 0;
        }
        final long recorded = recording.recordedPosition();
        int frames = 0;
        while (head < tail && streamPositions[(int) head & MASK] <= recorded) {
            head++;
            frames++;
        }
        if (frames > 0) {
            final int slot = (int) (head - 1) & MASK;
            release(sequences[slot], ringPositions[slot]);
        }
        return frames;
    }

    private void release(final long sequence, final long position) {
        if (position != released) {
            released = position;
            ring.release(sequence, position);
        }
    }

    /**
     * Frames that are not recorded in time mean a dead or full Archive: acks must not rest on it.
     */
    private void watch(final int work, final long nowNs) {
        final boolean waiting = head < tail || sealedLength > 0;
        if (waiting && !recording.isActive()) {
            throw new IllegalStateException("the Archive stopped recording");
        }
        if (!waiting || work > 0) {
            movedNs = nowNs;
        }
        if (nowNs - movedNs > JournalConfig.TIMEOUT_NS) {
            refuse(Refusal.NOT_RECORDING);
        } else if (nowNs - checkedSpaceNs > CHECK_SPACE_NS) {
            checkedSpaceNs = nowNs;
            refuse(space.isLow() ? Refusal.DISK_LOW : Refusal.NONE);
        }
    }

    private void refuse(final int reason) {
        if (ring.refusal() != reason) {
            ring.refusal(reason);
        }
    }

    @Override
    public String roleName() {
        return "journaller";
    }
}
