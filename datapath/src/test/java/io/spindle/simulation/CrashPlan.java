package io.spindle.simulation;

/** Lets one process die when it passes an armed point for the n-th time. */
public final class CrashPlan {
    private CrashPoint armed;
    private int passes;
    private Runnable sleep;

    void arm(final CrashPoint point, final int passesUntilThen) {
        armed = point;
        passes = passesUntilThen;
        sleep = null;
    }

    /** Lets the process stand still there while the world goes on, instead of dying. */
    void arm(final CrashPoint point, final int passesUntilThen, final Runnable world) {
        arm(point, passesUntilThen);
        sleep = world;
    }

    void disarm() {
        armed = null;
    }

    /** True if the process is to die at this passing. */
    public boolean isDue(final CrashPoint point) {
        return point == armed && --passes <= 0;
    }

    /** Dies here if it is the time. */
    public void pass(final CrashPoint point) {
        if (isDue(point)) {
            armed = null;
            if (sleep == null) {
                throw new SimCrash(point);
            }
            sleep.run();
        }
    }
}
