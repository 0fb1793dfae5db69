package io.spindle.perf.flow;

/**
 * Parameters of a made-up market; times are the flow's own.
 *
 * @param seed everything random follows from it
 * @param instruments number of instruments
 * @param makers sessions 0 … makers − 1 make markets in all instruments
 * @param takers sessions makers … makers + takers − 1 trade against them
 * @param fairTicks fair value at the start, in ticks
 * @param stepsPerSecond steps of an instrument's fair value
 * @param quotesPerSecond day orders for an instrument
 * @param meanLifetimeNs how long a day order stays
 * @param takesPerSecond immediate orders for an instrument when nothing has happened lately
 * @param excitement immediate orders that each one brings about on average, below 1
 * @param excitementNs how long that takes
 */
public record FlowModel(
        long seed,
        int instruments,
        int makers,
        int takers,
        long fairTicks,
        double stepsPerSecond,
        double quotesPerSecond,
        long meanLifetimeNs,
        double takesPerSecond,
        double excitement,
        long excitementNs) {
    public FlowModel {
        if (excitement < 0 || excitement >= 1) {
            throw new IllegalArgumentException(
                    "excitement=" + excitement + ": 0 … 1, or the bursts never end");
        }
        if (instruments < 1 || makers < 1 || takers < 1) {
            throw new IllegalArgumentException(
                    "instruments, makers and takers: at least one each: "
                            + instruments
                            + ", "
                            + makers
                            + ", "
                            + takers);
        }
    }

    /** A lively market: about one message in eight is a take, books some dozens of orders deep. */
    public static FlowModel lively(final long seed, final int instruments) {
        return new FlowModel(
                seed, instruments, 6, 4, 10_000, 20, 1_000, 100_000_000L, 120, 0.6, 5_000_000L);
    }

    public int sessions() {
        return makers + takers;
    }
}
