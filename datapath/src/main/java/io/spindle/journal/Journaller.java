package io.spindle.journal;

import io.aeron.Publication;
import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.Refusal;
import io.spindle.log.RingReader;

import org.agrona.concurrent.Agent;

import java.util.concurrent.TimeUnit;

/**
 * Moves records from the ring into the recording, and watches that they arrive.
 *
 * <pre>
 *   ring ──▶ RingDrain ──▶ publication ──▶ Archive
 *    ▲                                       │ recorded position
 *    └──────────────── release ◀─────────────┘
 * </pre>
 */
final class Journaller implements Agent {
    private static final int FRAMES_PER_TURN = 16;

    private static final long CHECK_SPACE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RingReader ring;
    private final Recording recording;
    private final DiskSpace space;
    private final RingDrain drain;
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
        this.ring = ring;
        this.recording = recording;
        this.space = space;
        this.drain =
                new RingDrain(
                        ring,
                        config.frameLength() - DataHeaderFlyweight.HEADER_LENGTH,
                        end,
                        config.framesInFlight());
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int frames = 0; frames < FRAMES_PER_TURN && send(drain.pack()); frames++) {
            work++;
        }
        work += drain.recorded(recording.recordedPosition());
        watch(work, System.nanoTime());
        return work;
    }

    private boolean send(final int length) {
        if (length == 0) {
            return false;
        }
        final long position = recording.publication().offer(drain.frame(), 0, length);
        if (position < 0) {
            if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException(
                        "log publication: " + Publication.errorString(position));
            }
            return false;
        }
        drain.sent(position);
        return true;
    }

    /**
     * Frames that are not recorded in time mean a dead or full Archive: acks must not rest on it.
     */
    private void watch(final int work, final long nowNs) {
        final boolean waiting = drain.isWaiting();
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
