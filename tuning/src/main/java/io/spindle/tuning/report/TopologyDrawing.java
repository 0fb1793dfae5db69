package io.spindle.tuning.report;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.profile.Layout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A machine as boxes in boxes: memory node, socket, third-level cache, core, CPU; each CPU with its
 * roles, each card with the node it hangs on.
 */
final class TopologyDrawing {
    static final String STYLE =
            """
            .box{border:1px solid #9aa5b1;border-radius:.5rem;padding:.4rem .6rem;margin:.3rem;background:#fff}
            .box>.boxes{display:flex;flex-wrap:wrap}
            .node{background:#f3f5f8}.socket{background:#fafbfc}.l3{background:#eef4fb}
            .core{border-style:dashed;padding:.2rem}
            .cpu{min-width:6.5rem}.dp{background:#cdeed6;border-color:#2e8b57}.off{opacity:.4}
            .box>b,.cpu small{font-size:12px;color:#445}.nic{background:#fff6df}
            """;

    private TopologyDrawing() {}

    static String of(final Machine machine, final Layout layout) {
        final String nodes =
                by(machine.cpus(), Machine.Cpu::node).entrySet().stream()
                        .map(
                                node ->
                                        box(
                                                "node",
                                                node.getKey() < 0
                                                        ? "memory (nodes not told)"
                                                        : "memory node " + node.getKey(),
                                                sockets(node.getValue(), layout)
                                                        + nics(machine, node.getKey())))
                        .collect(Collectors.joining());
        final boolean told = machine.cpus().stream().anyMatch(cpu -> cpu.node() >= 0);
        return nodes + (told ? box("node", "node not told", nics(machine, -1)) : "");
    }

    private static String sockets(final List<Machine.Cpu> cpus, final Layout layout) {
        return by(cpus, Machine.Cpu::socket).entrySet().stream()
                .map(
                        socket ->
                                box(
                                        "socket",
                                        "socket " + socket.getKey(),
                                        caches(socket.getValue(), layout)))
                .collect(Collectors.joining());
    }

    private static String caches(final List<Machine.Cpu> cpus, final Layout layout) {
        return by(cpus, Machine.Cpu::l3).entrySet().stream()
                .map(
                        cache ->
                                box(
                                        "l3",
                                        cache.getKey() < 0 ? "L3 not told" : "L3 " + cache.getKey(),
                                        cores(cache.getValue(), layout)))
                .collect(Collectors.joining());
    }

    private static String cores(final List<Machine.Cpu> cpus, final Layout layout) {
        return by(cpus, Machine.Cpu::core).entrySet().stream()
                .map(
                        core ->
                                box(
                                        "core",
                                        "core " + core.getKey(),
                                        core.getValue().stream()
                                                .map(cpu -> cpu(cpu, layout))
                                                .collect(Collectors.joining())))
                .collect(Collectors.joining());
    }

    private static String cpu(final Machine.Cpu cpu, final Layout layout) {
        final String roles =
                layout.roles().entrySet().stream()
                        .filter(role -> role.getValue().contains(cpu.id()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(", "));
        final String style =
                layout.dataPath().contains(cpu.id()) ? " dp" : cpu.online() ? "" : " off";
        return "<div class=\"box cpu%s\">cpu %d<br><small>%s</small></div>"
                .formatted(style, cpu.id(), Html.escape(cpu.online() ? roles : "offline"));
    }

    private static String nics(final Machine machine, final int node) {
        return machine.nics().stream()
                .filter(nic -> nic.node() == node)
                .map(
                        nic ->
                                "<div class=\"box nic\">%s<br><small>%s, %s</small></div>"
                                        .formatted(
                                                Html.escape(nic.name()),
                                                Html.escape(nic.driver()),
                                                Html.escape(nic.state())))
                .collect(Collectors.joining());
    }

    private static Map<Integer, List<Machine.Cpu>> by(
            final List<Machine.Cpu> cpus, final Function<Machine.Cpu, Integer> group) {
        return cpus.stream()
                .collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()));
    }

    /** Nothing when there is nothing to put in it. */
    private static String box(final String style, final String title, final String inside) {
        return inside.isEmpty()
                ? ""
                : "<div class=\"box %s\"><b>%s</b><div class=\"boxes\">%s</div></div>"
                        .formatted(style, title, inside);
    }
}
