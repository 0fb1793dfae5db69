package io.spindle.perf;

/** When the events of a recording are due again: at their own pace, or a multiple of it. */
public final class Pace {
    private final double speed;
    private boolean begun;
    private long firstNs;
    private long startNs;

    /**
     * @param speed times the recorded pace; 0 = everything at once
     */
    public Pace(final double speed) {
        this.speed = speed;
    }

    /**
     * The first event begins the recording.
     *
     * @param recordedNs when it happened, on the recording's clock
     * @return when it is due, on the monotonic clock
     */
    public long dueNs(final long recordedNs) {
        if (!begun) {
            begun = true;
            firstNs = recordedNs;
            startNs = System.nanoTime();
        }
        return speed <= 0 ? startNs : startNs + (long) ((recordedNs - firstNs) / speed);
    }
}
