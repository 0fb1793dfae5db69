package io.spindle.perf.load;

import static io.spindle.tuning.report.Html.escape;

import io.spindle.tuning.report.SvgChart;

import org.HdrHistogram.HistogramIterationValue;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Pictures of runs of the load rig as inline SVG, on one page that needs no network. */
final class RatePlots {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 400;
    private static final double[] PERCENTILES = {50, 99, 99.9};
    private static final String RATE_AXIS = "offered, messages a second";
    private static final String TIME_AXIS = "round trip, µs";

    private RatePlots() {}

    /** The whole page. */
    static String page(final Environment environment, final List<LoadResult> results) {
        final List<LoadResult> ladder =
                results.stream()
                        .filter(result -> result.profile() == LoadProfile.CONSTANT)
                        .toList();
        final StringBuilder page = new StringBuilder();
        page.append("<!doctype html><meta charset=\"utf-8\"><title>Spindle: load</title>\n");
        page.append("<style>body{font:14px sans-serif;max-width:900px;margin:2em auto}");
        page.append("pre{background:#f4f4f4;padding:1em;overflow:auto}</style>\n");
        page.append("<h1>Round trips against the rate offered</h1>\n");
        if (!ladder.isEmpty()) {
            page.append(latencyOverRate(ladder));
        }
        page.append("<h1>Tails</h1>\n").append(tails(results));
        page.append("<h1>Table</h1>\n<pre>").append(escape(LoadResult.HEAD)).append('\n');
        results.forEach(result -> page.append(escape(result.row())).append('\n'));
        page.append("</pre>\n<h1>Machine</h1>\n<pre>");
        environment.lines().forEach(line -> page.append(escape(line)).append('\n'));
        return page.append("</pre>\n").toString();
    }

    /** A curve for each percentile; runs that failed are left out. */
    private static String latencyOverRate(final List<LoadResult> ladder) {
        final XYSeriesCollection curves = new XYSeriesCollection();
        for (final double percentile : PERCENTILES) {
            curves.addSeries(
                    curve(
                            "p" + String.format(Locale.ROOT, "%.1f", percentile),
                            ladder,
                            result -> result.total().getValueAtPercentile(percentile) / 1e3));
        }
        final JFreeChart chart = ChartFactory.createXYLineChart("", RATE_AXIS, TIME_AXIS, curves);
        final XYPlot plot = chart.getXYPlot();
        plot.setDomainAxis(new LogAxis(RATE_AXIS));
        plot.setRangeAxis(new LogAxis(TIME_AXIS));
        return SvgChart.draw(chart, WIDTH, HEIGHT);
    }

    private static XYSeries curve(
            final String name,
            final List<LoadResult> ladder,
            final ToDoubleFunction<LoadResult> value) {
        final XYSeries curve = new XYSeries(name, true);
        ladder.stream()
                .filter(LoadResult::isValid)
                .forEach(result -> curve.add(result.offered(), value.applyAsDouble(result)));
        return curve;
    }

    /** Share of messages that took longer than x, one curve for each run. */
    private static String tails(final List<LoadResult> results) {
        final XYSeriesCollection curves = new XYSeriesCollection();
        for (final LoadResult result : results) {
            final XYSeries curve = new XYSeries(result.name(), false);
            final double total = result.total().getTotalCount();
            for (final HistogramIterationValue value : result.total().recordedValues()) {
                final double above = total - value.getTotalCountToThisValue();
                if (above > 0) {
                    curve.add(value.getValueIteratedTo() / 1e3, above / total);
                }
            }
            curves.addSeries(curve);
        }
        final String share = "share of messages that took longer";
        final JFreeChart chart = ChartFactory.createXYLineChart("", TIME_AXIS, share, curves);
        final XYPlot plot = chart.getXYPlot();
        plot.setDomainAxis(new LogAxis(TIME_AXIS));
        plot.setRangeAxis(new LogAxis(share));
        return SvgChart.draw(chart, WIDTH, HEIGHT);
    }
}
