package io.spindle.tuning.cli;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.score.MachineScore;
import io.spindle.tuning.score.WireTimes;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the machine against a profile's budgets and say how good it is, 0 to 100.",
            "Exit code 0 when every budget that is judged is kept, else 1."
        })
final class ScoreCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--seconds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = {
                "HdrHistogram log of times from wire to wire, ns, whose p99 is judged, too, by the",
                "profile's wireToWireP99Ns; `spindle attest FILE --hlog` writes one."
            })
    private Path hlog;

    @Override
    public Integer call() throws InterruptedException, IOException {
        tune.refuseCapture();
        final Optional<Histogram> wire =
                hlog == null ? Optional.empty() : Optional.of(WireTimes.read(hlog));
        final Machine machine = tune.machine();
        final Plan plan = Plan.of(tune.profile(name), machine, tune.root());
        final MachineScore score =
                MachineScore.of(
                        plan,
                        HiccupMeter.measure(plan.layout().dataPath(), (long) (seconds * 1e9)),
                        wire);
        tune.out().println("profile   " + plan.profile().name);
        score.lines().forEach(tune.out()::println);
        if (machine.virtualization().virtual()) {
            tune.out()
                    .println(
                            "virtual machine: what other guests took is in the figures; compare"
                                    + " scores of one machine only");
        }
        tune.out().println("score     " + score.points() + " of 100");
        tune.out().flush();
        return score.budgetsKept() ? 0 : 1;
    }
}
