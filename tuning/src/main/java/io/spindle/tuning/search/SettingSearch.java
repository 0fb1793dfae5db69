package io.spindle.tuning.search;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Finds out which settings help here, and only those.
 *
 * <p>Every candidate gets rounds of four measurements, off-on-on-off or on-off-off-on by the toss
 * of a seeded coin, so that slow changes of the machine cancel out of each round. A round's figure
 * is the logarithm of on over off. The signed-rank test asks whether the figures lie below 0;
 * Holm's correction keeps the chance of even one wrong "helps" over all candidates below {@link
 * #ERROR_RATE}. So the more candidates there are, the more rounds each of them needs.
 */
public final class SettingSearch {
    /** Chance of reporting any effect where there is none, over a whole search. */
    public static final double ERROR_RATE = 0.05;

    /** Measurements of one round. */
    public static final int PER_ROUND = 4;

    /**
     * What a search says of one candidate.
     *
     * @param p chance of such figures without an effect, before the correction
     * @param helps whether the effect is proved
     * @param problem why it could not be tried; empty when it was
     */
    public record Verdict(
            String candidate, Effect effect, double p, boolean helps, String problem) {
        public boolean refused() {
            return !problem.isEmpty();
        }
    }

    private final Metric metric;
    private final int rounds;
    private final Random coin;
    private final Consumer<String> progress;

    public SettingSearch(
            final Metric metric,
            final int rounds,
            final long seed,
            final Consumer<String> progress) {
        this.metric = metric;
        this.rounds = rounds;
        this.coin = new Random(seed);
        this.progress = progress;
    }

    /** Rounds without which not even the clearest effect is proved: the smallest p is 2⁻ⁿ. */
    public static int fewestRounds(final int candidates) {
        int rounds = Effect.FEWEST_ROUNDS;
        while (Math.scalb(1.0, -rounds) >= ERROR_RATE / candidates) {
            rounds++;
        }
        return rounds;
    }

    /**
     * Tries every candidate alone; all are off afterwards, also when something fails. One that
     * refuses, or during which there was nothing to measure, is not judged, and comes last with its
     * reason.
     *
     * @throws IllegalArgumentException when the rounds are too few to prove anything
     * @throws IOException when a candidate cannot be brought back
     */
    public List<Verdict> search(final List<? extends Candidate> candidates)
            throws InterruptedException, IOException {
        final int fewest = fewestRounds(candidates.size());
        if (rounds < fewest) {
            throw new IllegalArgumentException(
                    "rounds="
                            + rounds
                            + ": at least "
                            + fewest
                            + " are needed to prove an effect of one of "
                            + candidates.size());
        }
        final List<Verdict> tried = new ArrayList<>();
        final List<Verdict> refused = new ArrayList<>();
        for (final Candidate candidate : candidates) {
            final Verdict verdict = attempt(candidate);
            (verdict.refused() ? refused : tried).add(verdict);
        }
        final List<Verdict> verdicts = holm(tried);
        verdicts.addAll(refused);
        return verdicts;
    }

    private Verdict attempt(final Candidate candidate) throws InterruptedException, IOException {
        final double[] figures = new double[rounds];
        try {
            for (int round = 0; round < rounds; round++) {
                progress.accept(candidate.name() + " round " + (round + 1) + "/" + rounds);
                figures[round] = round(candidate);
            }
        } catch (final IOException refusal) {
            return new Verdict(candidate.name(), Effect.NONE, 1, false, refusal.toString());
        } finally {
            candidate.off();
        }
        return new Verdict(candidate.name(), Effect.of(figures), pValue(figures), false, "");
    }

    private double round(final Candidate candidate) throws InterruptedException, IOException {
        final boolean onFirst = coin.nextBoolean();
        double on = 0;
        double off = 0;
        for (int i = 0; i < PER_ROUND; i++) {
            final boolean outer = i == 0 || i == PER_ROUND - 1;
            if (outer == onFirst) {
                candidate.on();
                on += Math.log(metric.measure());
            } else {
                candidate.off();
                off += Math.log(metric.measure());
            }
        }
        return (on - off) / 2;
    }

    private static double pValue(final double[] figures) {
        boolean moved = false;
        for (final double figure : figures) {
            moved |= figure != 0;
        }
        return moved
                ? WilcoxonSignedRankTest.withDefaults()
                        .with(AlternativeHypothesis.LESS_THAN)
                        .test(figures)
                        .getPValue()
                : 1;
    }

    /** Smallest p against error/n, the next against error/(n−1) …, until one fails. */
    private static List<Verdict> holm(final List<Verdict> raw) {
        final List<Verdict> byP =
                raw.stream().sorted(Comparator.comparingDouble(Verdict::p)).toList();
        final List<Verdict> judged = new ArrayList<>();
        boolean proving = true;
        for (int i = 0; i < byP.size(); i++) {
            final Verdict verdict = byP.get(i);
            proving &= verdict.p() < ERROR_RATE / (byP.size() - i);
            judged.add(
                    new Verdict(verdict.candidate(), verdict.effect(), verdict.p(), proving, ""));
        }
        return judged;
    }
}
