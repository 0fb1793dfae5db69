package io.spindle.tuning.search;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;

import java.io.IOException;
import java.util.Optional;

/**
 * What the machine takes from threads that own some CPUs, ns and 1 more, for it is never 0. A
 * thread that cannot be pinned measures nothing of its CPU.
 *
 * @param durationNs of one measurement
 */
public record LostTime(CpuSet cpus, long durationNs) implements Metric {
    /**
     * @throws IOException when one of the threads was not on its CPU
     */
    @Override
    public double measure() throws InterruptedException, IOException {
        double lost = 1;
        for (final HiccupMeter.CpuResult result : HiccupMeter.measure(cpus, durationNs)) {
            if (!result.pinned()) {
                throw new IOException(notPinned(result));
            }
            lost += result.lostNs();
        }
        return lost;
    }

    /** Why there is nothing to measure, in words; empty when there is. */
    public Optional<String> whyNot() throws InterruptedException {
        if (cpus.isEmpty()) {
            return Optional.of("the profile isolates no role: there is no CPU to measure");
        }
        return HiccupMeter.measure(cpus, 0).stream()
                .filter(result -> !result.pinned())
                .map(LostTime::notPinned)
                .findFirst();
    }

    private static String notPinned(final HiccupMeter.CpuResult result) {
        return "cpu "
                + result.cpu()
                + " cannot be measured: no thread of this process may be pinned to it";
    }
}
