package io.spindle.tuning.report;

import static io.spindle.tuning.report.Html.escape;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.watch.Watch;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One self-contained HTML page: the machine, its layout, its gaps, and what the profile still
 * wants.
 */
public final class TuningReport {
    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
            table{border-collapse:collapse;width:100%;font-size:13px}
            td,th{border-bottom:1px solid #ddd;padding:.25rem .5rem;text-align:left}
            svg{max-width:100%;height:auto}
            """;

    private static final List<Plan.Verdict> ORDER =
            List.of(
                    Plan.Verdict.CHANGE,
                    Plan.Verdict.NOT_ALLOWED,
                    Plan.Verdict.NEEDS_CONSENT,
                    Plan.Verdict.REBOOT,
                    Plan.Verdict.HOLDS,
                    Plan.Verdict.ABSENT);

    private TuningReport() {}

    /**
     * @param seen by CPU, what a watch named while the gaps were measured
     */
    public static String html(
            final Machine machine,
            final Plan plan,
            final List<HiccupMeter.CpuResult> results,
            final Map<Integer, List<Watch.Finding>> seen) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Machine"
                + " report</title><style>"
                + STYLE
                + TopologyDrawing.STYLE
                + "</style><h1>"
                + escape(machine.hostName())
                + "</h1><p>"
                + escape(machine.processor().model())
                + ", kernel "
                + escape(machine.kernel().release())
                + (machine.virtualization().virtual()
                        ? ". <b>Virtual machine: other guests are in these figures; compare runs,"
                                + " do not quote the maximum.</b>"
                        : "")
                + "</p><h2>Layout of profile "
                + escape(plan.profile().name)
                + "</h2>"
                + TopologyDrawing.of(machine, plan.layout())
                + "<h2>Findings by measured effect on the data path</h2>"
                + losses(Losses.of(judged(machine, plan), results, seen))
                + "<h2>What each CPU loses</h2>"
                + HiccupPlots.tail(results)
                + HiccupPlots.timeLine(results)
                + percentiles(results, plan)
                + "<h2>Settings, those that differ first</h2><p>What one of them is worth here says"
                + " <code>spindle tune search</code>, which measures each.</p>"
                + settings(plan)
                + "<h2>Not seen</h2><ul>"
                + machine.notSeen().stream()
                        .map(what -> "<li>" + escape(what) + "</li>")
                        .collect(Collectors.joining())
                + "</ul></html>\n";
    }

    /** A data path of its own, or every CPU when the layout has none. */
    private static CpuSet judged(final Machine machine, final Plan plan) {
        return plan.layout().dataPath().count() > 0 ? plan.layout().dataPath() : machine.online();
    }

    private static String losses(final List<Losses.Loss> losses) {
        if (losses.isEmpty()) {
            return "<p>Nothing was taken from the data path.</p>";
        }
        return losses.stream()
                .map(
                        loss ->
                                "<tr><td>%s<td>%s<td>%d<td>%s"
                                        .formatted(
                                                loss.lostNs() < 0
                                                        ? "in the gaps"
                                                        : "%.1f ms".formatted(loss.lostNs() / 1e6),
                                                loss.lostNs() < 0
                                                        ? ""
                                                        : "%.3f %%".formatted(100 * loss.share()),
                                                loss.cpu(),
                                                escape(loss.what())))
                .collect(
                        Collectors.joining(
                                "",
                                "<table><tr><th>time taken<th>of the run<th>cpu<th>by, or in",
                                "</table>"));
    }

    private static String percentiles(final List<HiccupMeter.CpuResult> results, final Plan plan) {
        final StringBuilder rows =
                new StringBuilder(
                        "<table><tr><th>CPU<th>p50 ns<th>p99.99 ns<th>max ns<th>lost<th>budget");
        for (final HiccupMeter.CpuResult result : results) {
            final long p9999 = result.gapsNs().getValueAtPercentile(99.99);
            final long budget = plan.profile().budget.hiccupP9999Ns;
            final boolean judged = budget > 0 && plan.layout().dataPath().contains(result.cpu());
            rows.append("<tr><td>")
                    .append(result.cpu())
                    .append("<td>")
                    .append(result.gapsNs().getValueAtPercentile(50))
                    .append("<td>")
                    .append(p9999)
                    .append("<td>")
                    .append(result.gapsNs().getMaxValue())
                    .append("<td>")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.3f %%",
                                    100.0 * result.lostNs() / result.ranNs()))
                    .append("<td>")
                    .append(!judged ? "-" : p9999 <= budget ? "met" : "missed: " + budget + " ns");
        }
        return rows.append("</table>").toString();
    }

    private static String settings(final Plan plan) {
        return plan.items().stream()
                .sorted(Comparator.comparingInt(item -> ORDER.indexOf(item.verdict())))
                .map(
                        item ->
                                "<tr><td>%s<td>%s<td>%s<td>%s<td>%s"
                                        .formatted(
                                                item.verdict()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', ' '),
                                                escape(item.setting().path()),
                                                escape(item.current()),
                                                escape(item.setting().wanted()),
                                                escape(item.setting().knowledge().reason())))
                .collect(
                        Collectors.joining(
                                "",
                                "<table><tr><th>verdict<th>setting<th>now<th>wanted<th>why",
                                "</table>"));
    }
}
