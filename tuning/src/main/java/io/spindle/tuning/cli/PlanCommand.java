package io.spindle.tuning.cli;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.plan.Plan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Show what a profile would change here, and why; writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything holds",
            "2:something can be changed now",
            "3:what is left needs a reboot, a right or a consent"
        })
final class PlanCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--all", description = "Also list what holds already or is absent here.")
    private boolean all;

    @Override
    public Integer call() {
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        print(plan, all, tune.out());
        return plan.exitCode();
    }

    static void print(final Plan plan, final boolean all, final PrintWriter out) {
        out.println("profile " + plan.profile().name);
        final Table roles = new Table("ROLE", "CPUS");
        for (final Map.Entry<String, CpuSet> role :
                new TreeMap<>(plan.layout().roles()).entrySet()) {
            roles.row(role.getKey(), role.getValue().toString());
        }
        roles.print(out);
        plan.layout().remarks().forEach(out::println);
        out.println();
        final Table table = new Table("VERDICT", "SETTING", "NOW", "WANTED", "WHY", "RISK");
        for (final Plan.Item item : plan.items()) {
            final boolean quiet =
                    item.verdict() == Plan.Verdict.HOLDS || item.verdict() == Plan.Verdict.ABSENT;
            if (quiet && !all) {
                continue;
            }
            table.row(
                    item.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    item.setting().path().isEmpty() ? "kernel argument" : item.setting().path(),
                    item.current().isEmpty() ? "-" : item.current(),
                    item.setting().wanted(),
                    item.setting().knowledge().reason(),
                    item.setting().knowledge().risk());
        }
        table.print(out);
        for (final Plan.Verdict verdict : Plan.Verdict.values()) {
            out.printf(
                    "%s %d  ",
                    verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    plan.with(verdict).size());
        }
        out.println();
        printLeft(plan, out);
        out.flush();
    }

    /** What no tool does by itself: boot arguments, and what waits for the owner's word. */
    static void printLeft(final Plan plan, final PrintWriter out) {
        final List<Plan.Item> reboot = plan.with(Plan.Verdict.REBOOT);
        if (!reboot.isEmpty()) {
            out.println("add to the kernel command line, then reboot:");
            out.print(" ");
            reboot.forEach(item -> out.print(" " + item.setting().wanted()));
            out.println();
        }
        final List<String> words = plan.missingConsents();
        if (!words.isEmpty()) {
            out.println("left alone without the owner's consent; to give it, add to the profile:");
            out.println("  consent: [" + String.join(", ", words) + "]");
        }
    }
}
