package io.spindle.tuning.cli;

import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.score.MachineScore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.concurrent.Callable;

@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the machine against a profile's budgets and say how good it is, 0 to 100.",
            "Exit code 0 when every budget is kept, else 1."
        })
final class ScoreCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--seconds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Override
    public Integer call() throws InterruptedException {
        final Machine machine = tune.machine();
        final Plan plan = Plan.of(tune.profile(name), machine, tune.root());
        final MachineScore score =
                MachineScore.of(
                        plan,
                        HiccupMeter.measure(plan.layout().dataPath(), (long) (seconds * 1e9)));
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
