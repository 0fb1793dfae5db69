package io.spindle.tuning.report;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;

import java.util.List;
import java.util.Locale;
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
            .cpus{display:flex;flex-wrap:wrap;gap:.5rem}
            .cpu{border:1px solid #888;border-radius:.4rem;padding:.4rem .7rem;min-width:6rem}
            .dp{background:#d7f0dd}.off{opacity:.4}
            """;

    private TuningReport() {}

    public static String html(
            final Machine machine, final Plan plan, final List<HiccupMeter.CpuResult> results) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Machine report</title>"
                + "<style>"
                + STYLE
                + "</style><h1>"
                + escape(machine.hostName())
                + "</h1><p>"
                + escape(machine.processor().model())
                + ", kernel "
                + escape(machine.kernel().release())
                + (machine.virtualization().virtual()
                        ? ". <b>Virtual machine: other guests are in these figures; compare runs, do"
                                + " not quote the maximum.</b>"
                        : "")
                + "</p><h2>Layout of profile "
                + escape(plan.profile().name)
                + "</h2>"
                + topology(machine, plan)
                + "<h2>What each CPU loses</h2>"
                + HiccupPlots.tail(results)
                + HiccupPlots.timeLine(results)
                + percentiles(results, plan)
                + "<h2>Settings</h2>"
                + settings(plan)
                + "<h2>Not seen</h2><ul>"
                + machine.notSeen().stream()
                        .map(what -> "<li>" + escape(what) + "</li>")
                        .collect(Collectors.joining())
                + "</ul></html>\n";
    }

    private static String topology(final Machine machine, final Plan plan) {
        return machine.cpus().stream()
                .map(
                        cpu -> {
                            final String roles =
                                    plan.layout().roles().entrySet().stream()
                                            .filter(role -> role.getValue().contains(cpu.id()))
                                            .map(java.util.Map.Entry::getKey)
                                            .sorted()
                                            .collect(Collectors.joining(", "));
                            final String style =
                                    plan.layout().dataPath().contains(cpu.id())
                                            ? "cpu dp"
                                            : cpu.online() ? "cpu" : "cpu off";
                            return "<div class=\"%s\"><b>cpu %d</b><br>socket %d core %d L3 %d<br>%s</div>"
                                    .formatted(
                                            style,
                                            cpu.id(),
                                            cpu.socket(),
                                            cpu.core(),
                                            cpu.l3(),
                                            escape(roles));
                        })
                .collect(Collectors.joining("", "<div class=\"cpus\">", "</div>"));
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
                .map(
                        item ->
                                "<tr><td>%s<td>%s<td>%s<td>%s<td>%s"
                                        .formatted(
                                                item.verdict().name().toLowerCase(Locale.ROOT),
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

    private static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
