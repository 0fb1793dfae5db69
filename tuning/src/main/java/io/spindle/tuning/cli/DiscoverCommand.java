package io.spindle.tuning.cli;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.report.MachineJson;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = "Print what this machine is, on one page or as JSON.")
final class DiscoverCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Option(names = "--json", description = "Machine-readable.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        final Machine machine = tune.machine();
        final PrintWriter out = tune.out();
        if (json) {
            out.println(MachineJson.of(machine));
        } else {
            summary(machine, out);
            cpus(machine, out);
            out.println();
            cards(machine, out);
            machine.notSeen().forEach(blind -> out.println("could not see: " + blind));
        }
        out.flush();
        return 0;
    }

    private static void summary(final Machine machine, final PrintWriter out) {
        out.printf(
                "%s: %s, family %d%s%n",
                machine.hostName(),
                machine.processor().model(),
                machine.processor().family(),
                machine.virtualization().virtual()
                        ? ", virtual machine (" + machine.virtualization().hypervisor() + ")"
                        : "");
        out.printf("kernel %s%n", machine.kernel().release());
        machine.kernel().config().forEach((key, value) -> out.printf("  %s = %s%n", key, value));
        out.printf(
                "isolated CPUs: %s%n",
                machine.kernel().isolated().isEmpty() ? "none" : machine.kernel().isolated());
        out.printf(
                "clock: %s (of %s)%n",
                machine.clock().source(), String.join(", ", machine.clock().available()));
        out.printf(
                "memory: %d MiB, huge pages %s, transparent %s, swap %s%n%n",
                machine.memory().totalKiB() / 1024,
                machine.memory().hugePages().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ")),
                machine.memory().transparentHugePages(),
                machine.memory().swapOn() ? "on" : "off");
    }

    private static void cpus(final Machine machine, final PrintWriter out) {
        final Table cpus = new Table("CPU", "SOCKET", "CORE", "L3", "NODE", "SIBLINGS", "ONLINE");
        for (final Machine.Cpu cpu : machine.cpus()) {
            cpus.row(
                    "" + cpu.id(),
                    "" + cpu.socket(),
                    "" + cpu.core(),
                    "" + cpu.l3(),
                    "" + cpu.node(),
                    cpu.siblings().toString(),
                    cpu.online() ? "yes" : "no");
        }
        cpus.print(out);
    }

    private static void cards(final Machine machine, final PrintWriter out) {
        final Table nics = new Table("CARD", "DRIVER", "PCI", "NODE", "SPEED", "STATE", "QUEUES");
        for (final Machine.Nic nic : machine.nics()) {
            nics.row(
                    nic.name(),
                    nic.driver(),
                    nic.pciId().isEmpty() ? "-" : nic.pciId(),
                    "" + nic.node(),
                    nic.speed(),
                    nic.state(),
                    "" + nic.queues());
        }
        nics.print(out);
        for (final Machine.Nic nic : machine.nics()) {
            settings(nic, out);
        }
    }

    private static void settings(final Machine.Nic nic, final PrintWriter out) {
        final Map<String, List<String>> groups = new LinkedHashMap<>();
        nic.settings()
                .forEach(
                        (setting, value) -> {
                            final String[] name = setting.split("/");
                            groups.computeIfAbsent(name[0], group -> new ArrayList<>())
                                    .add(name[1] + " " + value);
                        });
        groups.forEach(
                (group, values) ->
                        out.printf("%s %s: %s%n", nic.name(), group, String.join(", ", values)));
    }
}
