package io.spindle.loop;

import io.spindle.log.LogRing;
import io.spindle.nic.Cold;

/**
 * The standby's promise not to take over before a moment, renewed many times a second by the media
 * process. A loop without it neither takes nor answers anything: when it wakes from a long sleep,
 * somebody else may be the primary.
 */
public final class Lease {
    private final LogRing ring;

    private Lease(final LogRing ring) {
        this.ring = ring;
    }

    /** For an appliance without a standby: always held. */
    @Cold
    public static Lease none() {
        return new Lease(null);
    }

    /** The lease that is kept in the ring's header. */
    @Cold
    public static Lease in(final LogRing ring) {
        return new Lease(ring);
    }

    /**
     * @param nowNs this turn's reading of the machine's monotonic clock
     */
    boolean isHeld(final long nowNs) {
        return ring == null || ring.leaseNs() - nowNs > 0;
    }

    /** The same in the middle of a turn, in which the thread may have slept. */
    boolean isStillHeld(final LogClock clock) {
        return ring == null || isHeld(clock.monotonicNowNs());
    }
}
