package io.spindle.perf.wire;

import org.apache.commons.statistics.descriptive.Median;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the rounds came to: a table of medians, and each of ours over each reference. */
final class WireTable {
    private WireTable() {}

    static void print(final List<Contestant> contestants) {
        final int rounds =
                contestants.stream().mapToInt(each -> each.rounds().size()).min().orElse(0);
        System.out.printf("%n%d rounds; the lowest minimum, the middle of the rest:%n", rounds);
        System.out.println("| µs | min | p50 | p99 | p99.9 | p99.99 |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (final Contestant contestant : contestants) {
            System.out.printf(
                    "| %s | %.2f | %.2f | %.2f | %.1f | %.1f |%n",
                    contestant.name(),
                    contestant.bestMin() / 1e3,
                    middle(contestant, Percentiles::p50) / 1e3,
                    middle(contestant, Percentiles::p99) / 1e3,
                    middle(contestant, Percentiles::p999) / 1e3,
                    middle(contestant, Percentiles::p9999) / 1e3);
        }
        for (final Contestant ours : contestants) {
            for (final Contestant reference : contestants) {
                if (ours.isOurs() && !reference.isOurs()) {
                    printRatio(ours, reference, rounds);
                }
            }
        }
    }

    private static void printRatio(
            final Contestant ours, final Contestant reference, final int rounds) {
        System.out.printf(
                "%s / %s: minima %.2f, p50 %.2f, p99 %.2f (medians of %d rounds' ratios)%n",
                ours.name(),
                reference.name(),
                (double) ours.bestMin() / reference.bestMin(),
                ratio(ours, reference, rounds, Percentiles::p50),
                ratio(ours, reference, rounds, Percentiles::p99),
                rounds);
    }

    /** Round by round, because the machine changes speed between rounds and not within one. */
    private static double ratio(
            final Contestant ours,
            final Contestant reference,
            final int rounds,
            final ToDoubleFunction<Percentiles> value) {
        final double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] =
                    value.applyAsDouble(ours.rounds().get(i))
                            / value.applyAsDouble(reference.rounds().get(i));
        }
        return Median.withDefaults().evaluate(ratios);
    }

    private static double middle(
            final Contestant contestant, final ToDoubleFunction<Percentiles> value) {
        return Median.withDefaults()
                .evaluate(contestant.rounds().stream().mapToDouble(value).toArray());
    }
}
