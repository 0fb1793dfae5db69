package io.spindle.tuning.cli;

import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.search.LostTime;
import io.spindle.tuning.search.ProfileLine;
import io.spindle.tuning.search.SettingCandidate;
import io.spindle.tuning.search.SettingSearch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Try each line of a profile alone, in randomised interleaved rounds, and keep what "
                    + "proves an effect on the time lost by the data-path CPU.",
            "One that refuses is named and left out. Everything is put back afterwards.",
            "Lines of nic are not tried and stay: what a card does to messages is not measured.",
            "Takes many minutes, and says how many before it begins."
        })
final class SearchCommand implements Callable<Integer> {
    /** Beyond the fewest that can prove an effect, so that one or two may point the other way. */
    private static final int SPARE_ROUNDS = 3;

    @ParentCommand private TuneCommand tune;

    @Spec private CommandSpec spec;

    @Parameters(defaultValue = "auto", paramLabel = "PROFILE", description = "Name, file or auto.")
    private String name;

    @Option(
            names = "--rounds",
            description = {
                "Of each line; default: three more than the fewest that can prove an effect of",
                "one of so many lines."
            })
    private Integer rounds;

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
            description = {
                "Write a profile that is the one searched, less the lines that were tried and",
                "proved no effect."
            })
    private Path output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        tune.refuseCapture();
        refuseUnwritable();
        final Plan plan = Plan.of(tune.profile(name), tune.machine(), tune.root());
        final RollbackJournal journal = tune.journal();
        if (journal.exists()) {
            say("roll back first: a journal exists at " + journal.file());
            return 1;
        }
        final List<ProfileLine> lines = ProfileLine.toTry(plan, tune.root());
        if (lines.isEmpty()) {
            say("nothing to try: no setting differs that may be written");
            return plan.exitCode();
        }
        final LostTime lostTime = new LostTime(plan.layout().dataPath(), (long) (seconds * 1e9));
        final Optional<String> whyNot = lostTime.whyNot();
        if (whyNot.isPresent()) {
            say(whyNot.get());
            return 1;
        }
        final int tries = tries(lines.size());
        final double minutes = lines.size() * tries * SettingSearch.PER_ROUND * seconds / 60;
        say(
                "%d lines, %d rounds of %d times %s s for each: about %.0f minutes"
                        .formatted(
                                lines.size(),
                                tries,
                                SettingSearch.PER_ROUND,
                                seconds,
                                Math.ceil(minutes)));
        say("if it is cut off, `spindle tune rollback` puts everything back");
        final List<SettingCandidate> candidates = new ArrayList<>();
        for (final ProfileLine line : lines) {
            candidates.add(new SettingCandidate(tune.root(), line, journal));
        }
        final List<SettingSearch.Verdict> verdicts =
                new SettingSearch(lostTime, tries, seed, this::say).search(candidates);
        journal.delete();
        print(verdicts, candidates);
        if (output != null) {
            Files.writeString(output, profile(plan, verdicts));
            say("wrote " + output);
        }
        return 0;
    }

    private int tries(final int lines) {
        final int fewest = SettingSearch.fewestRounds(lines);
        if (rounds == null) {
            return fewest + SPARE_ROUNDS;
        }
        if (rounds < fewest) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rounds %d can prove nothing of %d lines: at least %d"
                            .formatted(rounds, lines, fewest));
        }
        return rounds;
    }

    /** Before the minutes that a search takes, not behind them. */
    private void refuseUnwritable() {
        if (output == null) {
            return;
        }
        final Path there = Files.exists(output) ? output : output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || !Files.isWritable(there)) {
            throw new ParameterException(
                    spec.commandLine(), "-o " + output + ": no file can be written there");
        }
    }

    private void say(final String line) {
        tune.out().println(line);
        tune.out().flush();
    }

    private void print(
            final List<SettingSearch.Verdict> verdicts, final List<SettingCandidate> candidates) {
        final Table table = new Table("LINE", "LOST TIME", "95 % INTERVAL", "P", "VERDICT");
        for (final SettingSearch.Verdict verdict : verdicts) {
            table.row(
                    verdict.candidate(),
                    verdict.refused() ? "-" : percent(verdict.effect().change()),
                    verdict.refused() ? "-" : interval(verdict),
                    verdict.refused() ? "-" : "%.4f".formatted(verdict.p()),
                    words(verdict));
        }
        table.print(tune.out());
        for (final SettingCandidate candidate : candidates) {
            candidate
                    .refusals()
                    .forEach((path, problem) -> say("left alone: " + path + ": " + problem));
        }
    }

    private static String words(final SettingSearch.Verdict verdict) {
        if (verdict.refused()) {
            return "refused: " + verdict.problem();
        }
        return verdict.helps() ? "helps" : "no effect proved";
    }

    private static String percent(final double change) {
        return "%+.1f %%".formatted(100 * change);
    }

    private static String interval(final SettingSearch.Verdict verdict) {
        return percent(verdict.effect().low()) + " to " + percent(verdict.effect().high());
    }

    private static String comment(final SettingSearch.Verdict verdict) {
        return "#   "
                + verdict.candidate()
                + ": "
                + (verdict.refused() ? "" : interval(verdict) + ", ")
                + words(verdict)
                + "\n";
    }

    private static boolean goes(final SettingSearch.Verdict verdict) {
        return verdict.refused() || !verdict.helps();
    }

    private String profile(final Plan plan, final List<SettingSearch.Verdict> verdicts) {
        final String base = plan.profile().name;
        final String tried =
                verdicts.stream().map(SearchCommand::comment).collect(Collectors.joining());
        final List<String> unproved =
                verdicts.stream()
                        .filter(SearchCommand::goes)
                        .map(SettingSearch.Verdict::candidate)
                        .toList();
        return "# "
                + base
                + " after a search on this machine, less the lines that were tried and proved\n"
                + "# no effect. Lines of nic are not tried. What else was not tried is as it\n"
                + "# was: it held already, is not here, or needs a reboot, a right or a consent.\n"
                + "# Tried, with the change of lost time:\n"
                + tried
                + tune.profiles()
                        .standalone(
                                name.equals("auto") ? base : name,
                                output.getFileName().toString().replaceFirst("\\.yaml$", ""),
                                unproved);
    }
}
