package io.spindle.tuning.report;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.watch.Watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What took time from the data path while it was measured, the most costly first. */
final class Losses {
    private static final String OWN_THREADS = "hiccup-";

    /** Lower bounds of the classes of gaps, ns; the meter keeps each gap above the first. */
    private static final long[] CLASSES = {HiccupMeter.OUTLIER_NS, 100_000, 1_000_000, 10_000_000};

    private static final String[] CLASS_NAMES = {
        "10 to 100 µs", "0.1 to 1 ms", "1 to 10 ms", "longer than 10 ms"
    };

    /**
     * One cause or class of loss.
     *
     * @param lostNs time taken; −1 = counted, its time is inside the gaps
     * @param share of the measured time
     */
    record Loss(int cpu, String what, long lostNs, double share) {}

    private Losses() {}

    /**
     * @param cpus whose losses count
     * @param seen by CPU, what a watch named after the measurement
     */
    static List<Loss> of(
            final CpuSet cpus,
            final List<HiccupMeter.CpuResult> results,
            final Map<Integer, List<Watch.Finding>> seen) {
        final List<Loss> losses = new ArrayList<>();
        for (final HiccupMeter.CpuResult result : results) {
            if (cpus.contains(result.cpu())) {
                gaps(result, losses);
                seen.getOrDefault(result.cpu(), List.of())
                        .forEach(finding -> cause(result, finding, losses));
            }
        }
        losses.sort(Comparator.comparingLong(Loss::lostNs).reversed());
        return losses;
    }

    private static void gaps(final HiccupMeter.CpuResult result, final List<Loss> losses) {
        final long[] counts = new long[CLASSES.length];
        final long[] sums = new long[CLASSES.length];
        for (final HiccupMeter.Outlier outlier : result.outliers()) {
            int size = CLASSES.length - 1;
            while (size > 0 && outlier.gapNs() < CLASSES[size]) {
                size--;
            }
            counts[size]++;
            sums[size] += outlier.gapNs();
        }
        for (int size = 0; size < CLASSES.length; size++) {
            if (counts[size] > 0) {
                final String what = "%,d gaps %s".formatted(counts[size], CLASS_NAMES[size]);
                losses.add(loss(result, what, sums[size]));
            }
        }
    }

    private static void cause(
            final HiccupMeter.CpuResult result,
            final Watch.Finding finding,
            final List<Loss> losses) {
        if (finding.kind() != Watch.Kind.COMPETING_THREAD) {
            losses.add(new Loss(result.cpu(), finding.toString(), -1, 0));
        } else if (!finding.what().startsWith(OWN_THREADS)) {
            losses.add(loss(result, finding.toString(), finding.amount()));
        }
    }

    private static Loss loss(
            final HiccupMeter.CpuResult result, final String what, final long lostNs) {
        return new Loss(result.cpu(), what, lostNs, (double) lostNs / result.ranNs());
    }
}
