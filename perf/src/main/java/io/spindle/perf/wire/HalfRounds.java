package io.spindle.perf.wire;

import io.spindle.tuning.report.SvgChart;

import org.apache.commons.statistics.descriptive.Median;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rounds of one backend beside the C echo at one rate, each of echo, ours, ours, echo.
 *
 * @param backend in words
 * @param rate messages a second offered to both
 * @param reference two runs of each round
 * @param ours two runs of each round
 */
record HalfRounds(String backend, long rate, Contestant reference, Contestant ours) {
    /** Of p99.9 at half of saturation, ours to the echo's. */
    static final double ALLOWED = 1.5;

    /** So many rounds decide. */
    static final int ENOUGH = 15;

    private static final int WIDTH = 860;
    private static final int HEIGHT = 360;
    private static final double NS_IN_MICROS = 1_000.0;

    int count() {
        return Math.min(reference.rounds().size(), ours.rounds().size()) / 2;
    }

    /** Of each round, p99.9 of our two runs to the echo's two, in the geometric middle. */
    double[] ratios() {
        final double[] ratios = new double[count()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Math.sqrt(ratio(2 * i) * ratio(2 * i + 1));
        }
        return ratios;
    }

    private double ratio(final int run) {
        return (double) ours.rounds().get(run).p999() / reference.rounds().get(run).p999();
    }

    boolean isMet() {
        return count() >= ENOUGH && Median.withDefaults().evaluate(ratios()) <= ALLOWED;
    }

    /** What the rounds come to, in one line. */
    String verdict() {
        if (count() == 0) {
            return "%s at %,d/s: no round yet".formatted(backend, rate);
        }
        final double[] ratios = ratios();
        return String.format(
                Locale.ROOT,
                "%s at %,d/s: p99.9 %.2f × the C echo's, median of %d rounds (%.2f to %.2f);"
                        + " allowed %.1f: %s",
                backend,
                rate,
                Median.withDefaults().evaluate(ratios),
                ratios.length,
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                ALLOWED,
                isMet() ? "met" : count() < ENOUGH ? "too few rounds to say" : "NOT MET");
    }

    /** A line for each round, µs. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("round  echo p50  ours p50  echo p99  ours p99   echo p99.9          ours p99.9");
        final double[] ratios = ratios();
        for (int i = 0; i < ratios.length; i++) {
            final Percentiles c1 = reference.rounds().get(2 * i);
            final Percentiles c2 = reference.rounds().get(2 * i + 1);
            final Percentiles o1 = ours.rounds().get(2 * i);
            final Percentiles o2 = ours.rounds().get(2 * i + 1);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%5d %9.1f %9.1f %9.1f %9.1f %9.1f %8.1f %9.1f %8.1f  ratio %.2f",
                            i + 1,
                            middle(c1.p50(), c2.p50()),
                            middle(o1.p50(), o2.p50()),
                            middle(c1.p99(), c2.p99()),
                            middle(o1.p99(), o2.p99()),
                            c1.p999() / NS_IN_MICROS,
                            c2.p999() / NS_IN_MICROS,
                            o1.p999() / NS_IN_MICROS,
                            o2.p999() / NS_IN_MICROS,
                            ratios[i]));
        }
        lines.add(verdict());
        return lines;
    }

    private static double middle(final long a, final long b) {
        return (a + b) / 2.0 / NS_IN_MICROS;
    }

    /** p99.9 of every run in the order of rounds. */
    String plot() {
        final XYSeriesCollection curves = new XYSeriesCollection();
        for (final Contestant contestant : List.of(reference, ours)) {
            final XYSeries curve = new XYSeries(contestant.name());
            for (int run = 0; run < 2 * count(); run++) {
                curve.add(1 + run / 2.0, contestant.rounds().get(run).p999() / NS_IN_MICROS);
            }
            curves.addSeries(curve);
        }
        final String axis = "p99.9 of the round trip, µs";
        final JFreeChart chart = ChartFactory.createXYLineChart(verdict(), "round", axis, curves);
        chart.getXYPlot().setRangeAxis(new LogAxis(axis));
        return SvgChart.draw(chart, WIDTH, HEIGHT);
    }
}
