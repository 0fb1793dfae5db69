package io.spindle.tuning.cli;

import io.spindle.affinity.ThreadStatus;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.watch.Effects;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Check that every setting of the profile that exists here is in force.",
            "By read-back, and on the machine itself by effect, where one can be watched: which",
            "CPUs the kernel isolates, who may run there, what interrupts them.",
            "Exit code 0 when all of it holds, 1 when something does not."
        })
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long effects are watched (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Override
    public Integer call() throws InterruptedException {
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        final boolean held = readBack(plan) & effects(plan);
        tune.out().flush();
        return held ? 0 : 1;
    }

    private boolean readBack(final Plan plan) {
        final List<Plan.Item> items =
                plan.items().stream()
                        .filter(item -> !tune.isLive() || !Effects.judges(item))
                        .toList();
        final List<Plan.Item> failing =
                items.stream()
                        .filter(
                                item ->
                                        item.verdict() != Plan.Verdict.HOLDS
                                                && item.verdict() != Plan.Verdict.ABSENT)
                        .toList();
        for (final Plan.Item item : failing) {
            tune.out()
                    .printf(
                            "does not hold, by read-back: %s is '%s', wanted '%s'%n",
                            item.setting().path().isEmpty()
                                    ? "kernel argument"
                                    : item.setting().path(),
                            item.current(),
                            item.setting().wanted());
        }
        final long absent =
                items.stream().filter(item -> item.verdict() == Plan.Verdict.ABSENT).count();
        tune.out()
                .printf(
                        "by read-back: %d hold, %d do not, %d absent here%n",
                        items.size() - failing.size() - absent, failing.size(), absent);
        return failing.isEmpty();
    }

    private boolean effects(final Plan plan) throws InterruptedException {
        if (!tune.isLive()) {
            tune.out().println("by effect: not looked at, these are files of another machine");
            return true;
        }
        final Effects effects = new Effects(tune.root(), plan);
        if (!effects.isAny()) {
            tune.out().println("by effect: nothing in the profile has one that can be watched");
            return true;
        }
        Thread.sleep((long) (seconds * 1e3));
        final List<Effects.Effect> seen = effects.look(seconds, ThreadStatus::allowedOn);
        seen.forEach(
                effect ->
                        tune.out()
                                .printf(
                                        "%s, by effect: %s%n",
                                        effect.holds() ? "holds" : "does not hold", effect.what()));
        final long holding = seen.stream().filter(Effects.Effect::holds).count();
        tune.out().printf("by effect: %d hold, %d do not%n", holding, seen.size() - holding);
        return holding == seen.size();
    }
}
