package io.spindle.simulation;

/** A process dies here: nothing behind the throw happens. */
public final class SimCrash extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SimCrash(final CrashPoint point) {
        super(point.name(), null, false, false);
    }
}
