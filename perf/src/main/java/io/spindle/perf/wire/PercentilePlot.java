package io.spindle.perf.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/**
 * Draws the last round of each contestant as SVG: round trip over percentile, the percentile by its
 * number of nines, so that the tail is as wide as the middle.
 */
final class PercentilePlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int TOP = 30;
    private static final int PLOT_WIDTH = 500;
    private static final int PLOT_HEIGHT = 330;
    private static final double NINES = 4;
    private static final double LOWEST_MICROS = 2;
    private static final double HIGHEST_MICROS = 500;
    private static final String[] COLOURS = {
        "#7f7f7f", "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e"
    };

    private PercentilePlot() {}

    static String svg(final List<Contestant> contestants, final WireRig rig) throws IOException {
        final StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        .formatted(WIDTH, HEIGHT));
        svg.append(" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        grid(svg);
        for (int i = 0; i < contestants.size(); i++) {
            final Contestant contestant = contestants.get(i);
            final String colour = COLOURS[i % COLOURS.length];
            svg.append(
                    "<polyline fill=\"none\" stroke-width=\"2\" stroke=\""
                            + colour
                            + "\" points=\"");
            svg.append(points(Files.readAllLines(contestant.histogramFile(rig))));
            svg.append("\"/>\n");
            text(svg, LEFT + PLOT_WIDTH + 20, TOP + 20 + 22 * i, colour, contestant.name());
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(final StringBuilder svg) {
        for (int nines = 0; nines <= NINES; nines++) {
            final double x = x(nines);
            line(svg, x, TOP, x, TOP + PLOT_HEIGHT);
            final String label =
                    nines == 0 ? "0" : nines == 1 ? "90" : "99." + "9".repeat(nines - 2);
            text(svg, x - 12, TOP + PLOT_HEIGHT + 18, "#444", nines == 2 ? "99" : label);
        }
        for (final int micros : new int[] {2, 5, 10, 20, 50, 100, 200, 500}) {
            final double y = y(micros);
            line(svg, LEFT, y, LEFT + PLOT_WIDTH, y);
            text(svg, LEFT - 34, y + 4, "#444", Integer.toString(micros));
        }
        text(svg, LEFT + PLOT_WIDTH / 2.0 - 30, TOP + PLOT_HEIGHT + 40, "#000", "percentile");
        text(svg, 10, 18, "#000", "round trip, µs");
    }

    private static void line(
            final StringBuilder svg,
            final double x1,
            final double y1,
            final double x2,
            final double y2) {
        svg.append(
                format(
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
                        x1, y1, x2, y2));
    }

    private static void text(
            final StringBuilder svg,
            final double x,
            final double y,
            final String colour,
            final String text) {
        svg.append(
                format("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n", x, y, colour, text));
    }

    /** Lines of HdrHistogram's percentile file: value, percentile as a fraction, count, 1/(1-p). */
    private static String points(final List<String> lines) {
        final StringBuilder points = new StringBuilder();
        for (final String line : lines) {
            final String[] fields = line.strip().split("\\s+");
            if (fields.length >= 3 && fields[0].matches("[\\d.]+")) {
                final double nines = -Math.log10(1 - Double.parseDouble(fields[1]));
                if (nines <= NINES) {
                    points.append(format("%.1f,%.1f ", x(nines), y(Double.parseDouble(fields[0]))));
                }
            }
        }
        return points.toString();
    }

    private static double x(final double nines) {
        return LEFT + PLOT_WIDTH * nines / NINES;
    }

    private static double y(final double micros) {
        final double height = Math.log(micros / LOWEST_MICROS);
        return TOP + PLOT_HEIGHT * (1 - height / Math.log(HIGHEST_MICROS / LOWEST_MICROS));
    }

    private static String format(final String pattern, final Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
