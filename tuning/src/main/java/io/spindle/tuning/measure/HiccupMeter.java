package io.spindle.tuning.measure;

import io.spindle.affinity.CpuSet;
import io.spindle.sys.SystemCallException;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Spins one thread on every CPU at the same time, reading the clock, and records each gap between
 * two readings: what the machine took from a thread that did nothing else. One figure per reading,
 * so there is nothing a pause could hide (no coordinated omission).
 */
public final class HiccupMeter {
    /** Gaps that are worth a place on a time line. */
    public static final long OUTLIER_NS = 10_000;

    private static final int OUTLIERS_KEPT = 100_000;
    private static final long HIGHEST_NS = 60_000_000_000L;

    /** Length and end of one long gap, ns; the end counted from the start of the run. */
    public record Outlier(long atNs, long gapNs) {}

    /**
     * What one CPU saw.
     *
     * @param pinned false when the thread could not be bound, in which case the figures say nothing
     *     about this CPU
     * @param lostNs sum of all gaps above 1 µs
     */
    public record CpuResult(
            int cpu,
            boolean pinned,
            Histogram gapsNs,
            List<Outlier> outliers,
            long lostNs,
            long ranNs) {}

    private HiccupMeter() {}

    /** Runs for the given time on all CPUs of the set and returns one result for each, in order. */
    public static List<CpuResult> measure(final CpuSet cpus, final long durationNs)
            throws InterruptedException {
        final int count = cpus.count();
        final CpuResult[] results = new CpuResult[count];
        final CountDownLatch ready = new CountDownLatch(count);
        final AtomicBoolean start = new AtomicBoolean();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int slot = i;
            final int cpu = cpus.toList().get(i);
            threads.add(
                    Thread.ofPlatform()
                            .name("hiccup-" + cpu)
                            .start(() -> results[slot] = spin(cpu, durationNs, ready, start)));
        }
        ready.await();
        start.set(true);
        for (final Thread thread : threads) {
            thread.join();
        }
        return List.of(results);
    }

    private static CpuResult spin(
            final int cpu,
            final long durationNs,
            final CountDownLatch ready,
            final AtomicBoolean start) {
        final boolean pinned = pin(cpu);
        final Histogram gaps = new Histogram(HIGHEST_NS, 3);
        final List<Outlier> outliers = new ArrayList<>(1024);
        ready.countDown();
        while (!start.get()) {
            Thread.onSpinWait();
        }
        final long begin = System.nanoTime();
        long last = begin;
        long lost = 0;
        while (last - begin < durationNs) {
            final long now = System.nanoTime();
            final long gap = now - last;
            last = now;
            gaps.recordValue(Math.min(gap, HIGHEST_NS));
            if (gap > 1_000) {
                lost += gap;
                if (gap > OUTLIER_NS && outliers.size() < OUTLIERS_KEPT) {
                    outliers.add(new Outlier(now - begin, gap));
                }
            }
        }
        return new CpuResult(cpu, pinned, gaps, List.copyOf(outliers), lost, last - begin);
    }

    private static boolean pin(final int cpu) {
        try {
            CpuSet.of(cpu).applyToCallingThread();
            return CpuSet.ofCallingThread().equals(CpuSet.of(cpu));
        } catch (final SystemCallException refused) {
            return false;
        }
    }
}
