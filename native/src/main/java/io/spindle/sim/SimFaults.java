package io.spindle.sim;

/**
 * What a {@link SimNetwork} does to frames, each chance in parts per million.
 *
 * @param lossPpm frames never delivered
 * @param duplicatePpm frames delivered twice
 * @param reorderPpm frames that take {@code reorderDelayNs} longer and so are overtaken
 * @param minLatencyNs shortest way from flush to poll
 * @param maxLatencyNs longest way of a frame that is not reordered
 * @param reorderDelayNs what a reordered frame takes on top
 */
public record SimFaults(
        int lossPpm,
        int duplicatePpm,
        int reorderPpm,
        long minLatencyNs,
        long maxLatencyNs,
        long reorderDelayNs) {
    /** Delivers everything, once, in order, at once. */
    public static final SimFaults NONE = new SimFaults(0, 0, 0, 0, 0, 0);

    public SimFaults {
        if (minLatencyNs < 0 || maxLatencyNs < minLatencyNs || reorderDelayNs < 0) {
            throw new IllegalArgumentException(
                    "minLatencyNs="
                            + minLatencyNs
                            + " maxLatencyNs="
                            + maxLatencyNs
                            + " reorderDelayNs="
                            + reorderDelayNs
                            + ": 0 ≤ min ≤ max, delay ≥ 0");
        }
    }
}
