package io.spindle.tuning.cli;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = "Spin on every CPU at once and show what the machine takes from each.")
final class MeasureCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Option(names = "--seconds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--cpus", paramLabel = "LIST", description = "Default: all that are online.")
    private String cpus;

    @Override
    public Integer call() throws InterruptedException {
        tune.refuseCapture();
        final Machine machine = tune.machine();
        final CpuSet set = cpus == null ? machine.online() : CpuSet.parse(cpus);
        final List<HiccupMeter.CpuResult> results =
                HiccupMeter.measure(set, (long) (seconds * 1e9));
        final Table table =
                new Table("CPU", "P50", "P99.9", "P99.99", "P99.999", "MAX", ">10µs", "LOST");
        for (final HiccupMeter.CpuResult result : results) {
            table.row(
                    result.cpu() + (result.pinned() ? "" : " (not pinned)"),
                    time(result.gapsNs().getValueAtPercentile(50)),
                    time(result.gapsNs().getValueAtPercentile(99.9)),
                    time(result.gapsNs().getValueAtPercentile(99.99)),
                    time(result.gapsNs().getValueAtPercentile(99.999)),
                    time(result.gapsNs().getMaxValue()),
                    "" + result.outliers().size(),
                    "%.3f %%".formatted(100.0 * result.lostNs() / result.ranNs()));
        }
        table.print(tune.out());
        if (machine.virtualization().virtual()) {
            tune.out()
                    .println(
                            "virtual machine: other guests are in these figures; compare runs,"
                                    + " do not quote the maximum");
        }
        tune.out().flush();
        return 0;
    }

    static String time(final long ns) {
        if (ns < 10_000) {
            return ns + " ns";
        }
        return ns < 10_000_000
                ? String.format(Locale.ROOT, "%.1f µs", ns / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", ns / 1e6);
    }
}
