package io.spindle.tuning.report;

import io.spindle.tuning.measure.HiccupMeter;

import org.HdrHistogram.HistogramIterationValue;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.util.List;

/** Pictures of a hiccup measurement as inline SVG. */
final class HiccupPlots {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 360;

    private HiccupPlots() {}

    /** Share of readings whose gap was longer than x, one curve per CPU, both axes logarithmic. */
    static String tail(final List<HiccupMeter.CpuResult> results) {
        final XYSeriesCollection curves = new XYSeriesCollection();
        for (final HiccupMeter.CpuResult result : results) {
            final XYSeries curve = new XYSeries("cpu " + result.cpu(), false);
            final double total = result.gapsNs().getTotalCount();
            for (final HistogramIterationValue value : result.gapsNs().recordedValues()) {
                final double above = total - value.getTotalCountToThisValue();
                if (above > 0) {
                    curve.add(value.getValueIteratedTo() / 1e3, above / total);
                }
            }
            curves.addSeries(curve);
        }
        final JFreeChart chart =
                ChartFactory.createXYLineChart(
                        "Gaps between clock readings",
                        "longer than, µs",
                        "share of readings",
                        curves);
        final XYPlot plot = chart.getXYPlot();
        plot.setDomainAxis(new LogAxis("longer than, µs"));
        plot.setRangeAxis(new LogAxis("share of readings"));
        return svg(chart);
    }

    /** Every gap above 10 µs at the moment it ended. */
    static String timeLine(final List<HiccupMeter.CpuResult> results) {
        final XYSeriesCollection points = new XYSeriesCollection();
        for (final HiccupMeter.CpuResult result : results) {
            final XYSeries series = new XYSeries("cpu " + result.cpu(), false);
            result.outliers()
                    .forEach(outlier -> series.add(outlier.atNs() / 1e9, outlier.gapNs() / 1e3));
            points.addSeries(series);
        }
        final JFreeChart chart =
                ChartFactory.createScatterPlot(
                        "Gaps above 10 µs over time",
                        "seconds",
                        "gap, µs",
                        points,
                        PlotOrientation.VERTICAL,
                        true,
                        false,
                        false);
        chart.getXYPlot().setRangeAxis(new LogAxis("gap, µs"));
        return svg(chart);
    }

    private static String svg(final JFreeChart chart) {
        return SvgChart.draw(chart, WIDTH, HEIGHT);
    }
}
