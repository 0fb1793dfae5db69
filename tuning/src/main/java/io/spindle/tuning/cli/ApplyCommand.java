package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Applier;
import io.spindle.tuning.plan.Plan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Write what the plan can change now.",
            "Every old value is synced to the journal before its setting is written, so that",
            "rollback works after a crash at any point. The journal of an earlier boot is kept",
            "under another name and a new one begun."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything holds now",
            "1:a setting refused its value, or did not keep it",
            "2:something can be changed now (--dry-run)",
            "3:what is left needs a reboot, a right or a consent"
        })
final class ApplyCommand implements Callable<Integer> {
    /** As of plan: what is left needs a reboot, a right or a consent. */
    private static final int LEFT = 3;

    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--dry-run", description = "Same as plan.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        if (dryRun) {
            PlanCommand.print(plan, false, tune.out());
            return plan.exitCode();
        }
        final Applier applier = new Applier(tune.root(), tune.journal(), step -> {});
        final List<Applier.Outcome> outcomes = applier.apply(plan);
        final int refused = print(outcomes, "changed", tune.out());
        final Plan now = plan.now(tune.machine(), tune.root());
        final int code = Math.max(refused, printLost(now, outcomes));
        final int barred = now.with(Plan.Verdict.NOT_ALLOWED).size();
        if (barred > 0) {
            tune.out()
                    .printf(
                            "%d more differ and may not be written: run it as root;"
                                    + " firmware no tool here writes%n",
                            barred);
        }
        PlanCommand.printLeft(now, tune.out());
        tune.out().flush();
        final int left =
                barred
                        + now.with(Plan.Verdict.REBOOT).size()
                        + now.with(Plan.Verdict.NEEDS_CONSENT).size();
        return code != 0 || left == 0 ? code : LEFT;
    }

    /** What differs all the same, though nothing refused it: 1 when there is any. */
    private int printLost(final Plan now, final List<Applier.Outcome> outcomes) {
        final Set<String> refused =
                outcomes.stream()
                        .filter(outcome -> !outcome.done())
                        .map(Applier.Outcome::path)
                        .collect(Collectors.toSet());
        final List<Plan.Item> lost =
                now.with(Plan.Verdict.CHANGE).stream()
                        .filter(item -> !refused.contains(item.setting().path()))
                        .toList();
        for (final Plan.Item item : lost) {
            tune.out()
                    .printf(
                            "DID NOT STAY  %s: is '%s', not '%s'%n",
                            item.setting().path(), item.current(), item.setting().wanted());
        }
        return lost.isEmpty() ? 0 : 1;
    }

    static int print(
            final List<Applier.Outcome> outcomes, final String verb, final PrintWriter out) {
        int failed = 0;
        for (final Applier.Outcome outcome : outcomes) {
            if (outcome.done() && outcome.problem().isEmpty()) {
                out.printf(
                        "%s  %s  %s → %s%n",
                        verb, outcome.path(), outcome.before(), outcome.after());
            } else if (outcome.done()) {
                out.printf("%s  %s: %s%n", verb, outcome.path(), outcome.problem());
            } else {
                failed++;
                out.printf("REFUSED  %s: %s%n", outcome.path(), outcome.problem());
            }
        }
        out.printf("%d %s, %d refused%n", outcomes.size() - failed, verb, failed);
        out.flush();
        return failed == 0 ? 0 : 1;
    }
}
