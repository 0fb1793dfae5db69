package io.spindle.loop;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Log time: a monotonic clock plus an anchor, in ns since the Unix epoch, never below the last time
 * logged. The anchor follows UTC by at most {@value #MAX_SLEW_PPM} parts per million; a step of UTC
 * is an alarm and is followed at that same rate.
 */
public final class LogClock implements NanoClock {
    static final long INTERVAL_NS = 1_000_000_000L;
    static final long STEP_ALARM_NS = 10_000_000L;

    /** How far behind the beginning of the turn that took it a sound stamp may lie. */
    static final long STAMP_SLACK_NS = 1_000_000L;

    private static final long MAX_SLEW_PPM = 500;
    private static final long MAX_SLEW_NS = INTERVAL_NS / 1_000_000 * MAX_SLEW_PPM;
    private static final long DEAD_BAND_NS = 1_000;

    private final NanoClock monotonic;
    private final EpochNanoClock utc;
    private long anchorNs;
    private long monotonicNs;
    private long timeNs;
    private long errorNs;
    private long stepAlarms;
    private long stampsRefused;

    public LogClock(final NanoClock monotonic, final EpochNanoClock utc) {
        this.monotonic = monotonic;
        this.utc = utc;
        this.anchorNs = utc.nanoTime() - monotonic.nanoTime();
    }

    /**
     * Time goes on from here: what was logged before a restart. If UTC was set back meanwhile the
     * anchor starts above it and comes down at the usual rate; time must not stand still until UTC
     * has caught up.
     */
    public void notBelow(final long loggedNs) {
        timeNs = Math.max(timeNs, loggedNs);
        anchor(Math.max(anchorNs, loggedNs - monotonic.nanoTime()));
    }

    /** Reads the clock; the time of this turn. */
    long turn() {
        monotonicNs = monotonic.nanoTime();
        timeNs = Math.max(timeNs, monotonicNs + anchorNs);
        return timeNs;
    }

    /** The monotonic clock as this turn read it. */
    long monotonicNs() {
        return monotonicNs;
    }

    /** The monotonic clock now. */
    long monotonicNowNs() {
        return monotonic.nanoTime();
    }

    /** How far the anchor should move now; call once an {@link #INTERVAL_NS}. */
    long slewNs() {
        errorNs = utc.nanoTime() - monotonic.nanoTime() - anchorNs;
        if (Math.abs(errorNs) > STEP_ALARM_NS) {
            stepAlarms++;
        }
        return Math.abs(errorNs) <= DEAD_BAND_NS
                ? 0
                : Math.max(-MAX_SLEW_NS, Math.min(MAX_SLEW_NS, errorNs));
    }

    /** Log time now; the time of a turn is {@link #turn}'s, for everything that is logged. */
    @Override
    public long nanoTime() {
        return Math.max(timeNs, monotonic.nanoTime() + anchorNs);
    }

    /**
     * Log time of a card's or kernel's receive stamp; 0 for 0, none. The stamp of what came while
     * this turn was under way is the last nanosecond before it: the turn's own time in the log says
     * that there is no stamp. One that lies more than {@value #STAMP_SLACK_NS} ns behind the
     * beginning of this turn is of a clock that runs ahead, or cannot be told from such: it is
     * counted, and none. That takes no branch, or the first of them would cost compiled code.
     *
     * @param isMonotonic true for a stamp of the monotonic clock, false for one of UTC
     */
    long ofStamp(final long stampNs, final boolean isMonotonic) {
        if (stampNs == 0) {
            return 0;
        }
        final long arrivedNs = isMonotonic ? stampNs + anchorNs : stampNs - errorNs;
        final long refused = (timeNs + STAMP_SLACK_NS - arrivedNs) >>> (Long.SIZE - 1);
        stampsRefused += refused;
        return Math.min(timeNs - 1, arrivedNs) & (refused - 1);
    }

    long anchorNs() {
        return anchorNs;
    }

    /** Moves the anchor; a stamp of UTC is told by where it is, not by where it was measured. */
    void anchor(final long offsetNs) {
        errorNs -= offsetNs - anchorNs;
        anchorNs = offsetNs;
    }

    /** Intervals in which UTC was further off than a clock drifts. */
    long stepAlarms() {
        return stepAlarms;
    }

    /** Receive stamps that were taken for none. */
    long stampsRefused() {
        return stampsRefused;
    }
}
