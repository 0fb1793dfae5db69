package io.spindle.tuning.cli;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Machine;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.RollbackJournal;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code spindle tune}: know the machine, change it with consent, prove the change, take it back.
 */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        description = "Discover, plan, apply, verify and watch the machine's settings.",
        footer = {
            "",
            "A first hour:",
            "  spindle tune discover            what this machine is",
            "  spindle tune lint                are the profiles sound",
            "  spindle tune plan auto           what would change, and why",
            "  spindle tune apply auto          change it; every old value is journalled first",
            "  spindle tune measure --seconds 30",
            "  spindle tune verify auto         does everything hold",
            "  spindle tune rollback            put everything back"
        },
        subcommands = {
            DiscoverCommand.class,
            CaptureCommand.class,
            LintCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            RollbackCommand.class,
            VerifyCommand.class,
            MeasureCommand.class,
            WatchCommand.class,
            ScoreCommand.class,
            ReportCommand.class,
            SearchCommand.class
        })
public final class TuneCommand implements Callable<Integer> {
    @Option(
            names = "--root",
            scope = ScopeType.INHERIT,
            defaultValue = "/",
            paramLabel = "DIR",
            description = {
                "Look at a captured machine instead of this one; measure, score, report and",
                "search refuse it."
            })
    Path rootFolder;

    @Option(
            names = "--profiles",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Folder of hardware profiles (default: hw-profiles beside the launcher).")
    Path profileFolder;

    @Option(
            names = "--journal",
            scope = ScopeType.INHERIT,
            defaultValue = "/var/lib/spindle/tuning.journal",
            paramLabel = "FILE",
            description = "Where old values are kept until rollback (default: ${DEFAULT-VALUE}).")
    Path journalFile;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }

    Root root() {
        return new Root(rootFolder);
    }

    /** Whether the files are those of the machine that this runs on. */
    boolean isLive() {
        return root().isLive();
    }

    /**
     * For what spins on CPUs: they are this machine's, whosever files are read.
     *
     * @throws ParameterException when the files are not this machine's
     */
    void refuseCapture() {
        if (!isLive()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "only the machine that this runs on can be measured, not the one captured in "
                            + rootFolder
                            + ": leave out --root");
        }
    }

    Machine machine() {
        return Discovery.discover(root());
    }

    ProfileFolder profiles() {
        return profileFolder == null ? ProfileFolder.standard() : new ProfileFolder(profileFolder);
    }

    /** "auto" = the profile that matches the machine. */
    HwProfile profile(final String name) {
        return name.equals("auto") ? profiles().match(machine()) : profiles().read(name);
    }

    /** To write into: a journal of another boot is kept under another name first. */
    RollbackJournal journal() throws IOException {
        final RollbackJournal journal = new RollbackJournal(journalFile, root());
        journal.setAside()
                .ifPresent(aside -> out().println("journal of another boot kept as " + aside));
        return journal;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
