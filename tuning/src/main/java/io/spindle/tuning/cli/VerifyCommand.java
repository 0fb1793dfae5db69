package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Plan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check that every setting of the profile that exists here is in force.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Override
    public Integer call() {
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        final List<Plan.Item> failing =
                plan.items().stream()
                        .filter(
                                item ->
                                        item.verdict() != Plan.Verdict.HOLDS
                                                && item.verdict() != Plan.Verdict.ABSENT)
                        .toList();
        for (final Plan.Item item : failing) {
            tune.out()
                    .printf(
                            "does not hold: %s is '%s', wanted '%s'%n",
                            item.setting().path().isEmpty()
                                    ? "kernel argument"
                                    : item.setting().path(),
                            item.current(),
                            item.setting().wanted());
        }
        tune.out()
                .printf(
                        "%d hold, %d do not, %d absent here%n",
                        plan.with(Plan.Verdict.HOLDS).size(),
                        failing.size(),
                        plan.with(Plan.Verdict.ABSENT).size());
        tune.out().flush();
        return failing.isEmpty() ? 0 : 1;
    }
}
