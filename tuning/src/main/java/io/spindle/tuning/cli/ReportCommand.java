package io.spindle.tuning.cli;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.report.TuningReport;
import io.spindle.tuning.watch.Watch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Measure, compare with a profile, and write one self-contained HTML page.")
final class ReportCommand implements Callable<Integer> {
    /** Nobody owns the CPUs here; the meter's own threads are told by their names. */
    private static final String NO_THREAD = "/proc/0/task/0";

    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--seconds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "tuning-report.html",
            paramLabel = "FILE",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        tune.refuseCapture();
        final Machine machine = tune.machine();
        final Plan plan = Plan.of(tune.profile(name), machine, tune.root());
        final Map<Integer, Watch> watches = new LinkedHashMap<>();
        machine.online()
                .toList()
                .forEach(cpu -> watches.put(cpu, new Watch(tune.root(), cpu, NO_THREAD, null)));
        final List<HiccupMeter.CpuResult> results =
                HiccupMeter.measure(machine.online(), (long) (seconds * 1e9));
        final Map<Integer, List<Watch.Finding>> seen = new LinkedHashMap<>();
        watches.forEach((cpu, watch) -> seen.put(cpu, watch.look()));
        final String page = TuningReport.html(machine, plan, results, seen);
        Files.writeString(output, page);
        tune.out().println("wrote " + output);
        tune.out().flush();
        return 0;
    }
}
