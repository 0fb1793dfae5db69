package io.spindle.tuning.cli;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.search.Metric;
import io.spindle.tuning.search.SettingCandidate;
import io.spindle.tuning.search.SettingSearch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Try each change of a profile alone, in randomised interleaved rounds, and keep what "
                    + "proves an effect on the time lost by the data-path CPU.",
            "One that refuses is named and left out. Everything is put back afterwards."
        })
final class SearchCommand implements Callable<Integer> {
    @ParentCommand private TuneCommand tune;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(names = "--rounds", defaultValue = "12", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description =
                    "Length of each of a round's four measurements; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--seed", defaultValue = "1", description = "Of the order of measurements.")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write a profile that holds only what helped.")
    private Path output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        final RollbackJournal journal = tune.journal();
        if (journal.exists()) {
            tune.out().println("roll back first: a journal exists at " + journal.file());
            tune.out().flush();
            return 1;
        }
        if (plan.with(Plan.Verdict.CHANGE).isEmpty()) {
            tune.out().println("nothing to try: no setting differs that may be written");
            tune.out().flush();
            return plan.exitCode();
        }
        final List<SettingCandidate> candidates = new ArrayList<>();
        for (final Plan.Item item : plan.with(Plan.Verdict.CHANGE)) {
            candidates.add(new SettingCandidate(tune.root(), item, journal));
        }
        final CpuSet cpus = plan.layout().dataPath();
        final Metric lostTime =
                () -> {
                    double lost = 1;
                    for (final var result : HiccupMeter.measure(cpus, (long) (seconds * 1e9))) {
                        lost += result.lostNs();
                    }
                    return lost;
                };
        final List<SettingSearch.Verdict> verdicts =
                new SettingSearch(
                                lostTime,
                                rounds,
                                seed,
                                step -> {
                                    tune.out().println(step);
                                    tune.out().flush();
                                })
                        .search(candidates);
        journal.delete();
        print(verdicts, tune.out());
        if (output != null) {
            Files.writeString(output, profile(plan, candidates, verdicts));
            tune.out().println("wrote " + output);
        }
        tune.out().flush();
        return 0;
    }

    private static void print(final List<SettingSearch.Verdict> verdicts, final PrintWriter out) {
        final Table table = new Table("SETTING", "LOST TIME", "P", "VERDICT");
        for (final SettingSearch.Verdict verdict : verdicts) {
            table.row(row(verdict));
        }
        table.print(out);
    }

    private static String[] row(final SettingSearch.Verdict verdict) {
        if (verdict.refused()) {
            return new String[] {verdict.candidate(), "-", "-", "refused: " + verdict.problem()};
        }
        return new String[] {
            verdict.candidate(),
            "%+.1f %%".formatted(100 * verdict.effect()),
            "%.4f".formatted(verdict.p()),
            verdict.helps() ? "helps" : "no effect proved"
        };
    }

    private static String profile(
            final Plan plan,
            final List<SettingCandidate> candidates,
            final List<SettingSearch.Verdict> verdicts) {
        final List<String> helping =
                verdicts.stream()
                        .filter(SettingSearch.Verdict::helps)
                        .map(SettingSearch.Verdict::candidate)
                        .toList();
        final String settings =
                candidates.stream()
                        .filter(candidate -> helping.contains(candidate.name()))
                        .map(
                                candidate ->
                                        "  "
                                                + candidate.name()
                                                + ": '"
                                                + candidate.item().setting().wanted()
                                                + "'\n")
                        .collect(Collectors.joining());
        return "# What a search over "
                + plan.profile().name
                + " proved on this machine; of everything else no effect was proved.\n"
                + "name: searched\nschema: 1\nlayout:\n  trading: { count: 1, isolate: true }\n"
                + (settings.isEmpty() ? "" : "sysfs:\n" + settings);
    }
}
