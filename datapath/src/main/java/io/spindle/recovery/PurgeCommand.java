package io.spindle.recovery;

import io.spindle.journal.LogPurge;
import io.spindle.journal.LogStart;
import io.spindle.log.DataFolder;
import io.spindle.oms.NoEvents;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.TradingEngine;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** {@code ./spindle log purge}: lets whole files of the log's beginning go. */
@Command(
        name = "purge",
        description = {
            "Lets the beginning of the log go, in whole files: what lies before the snapshot in "
                    + "front of the oldest day to be kept.",
            "Nothing else ever does that. Afterwards verify, `asAt` and every replica begin",
            "there; what was before is refused. May run beside a live appliance; called again after",
            "a crash, it goes on."
        })
final class PurgeCommand implements Callable<Integer> {
    @ParentCommand private LogCommand log;

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            required = true,
            description = {
                "Days to keep, the one at work included: at least 1, at most as many as there are",
                "snapshots in front of a day (`run --keep-snapshots`)."
            })
    private int days;

    @ArgGroup(multiplicity = "1")
    private Fate fate;

    /** What becomes of the files. */
    static final class Fate {
        @Option(
                names = "--move-to",
                paramLabel = "DIR",
                description =
                        "Move the files to this folder, under the log's id; brought back, they are"
                                + " the log again.")
        private Path moveTo;

        @Option(names = "--delete", description = "Delete the files.")
        private boolean delete;

        @Option(names = "--dry-run", description = "Only say what would go.")
        private boolean dryRun;
    }

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--keep-days is at least 1");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final DataFolder folder = log.folder();
        final List<Path> fronts =
                SnapshotReader.list(folder.snapshots()).stream()
                        .filter(SnapshotReader::isBeforeDay)
                        .toList();
        if (fronts.size() < days) {
            out.printf(
                    "nothing can go: %d snapshots stand in front of a day, %d are needed. The feed"
                            + " process writes one whenever a day begins, but for the first%n",
                    fronts.size(), days);
            return 1;
        }
        final Path front = fronts.get(days - 1);
        final long sequence = checked(folder, front);
        final LogPurge purge = LogPurge.before(folder, sequence);
        if (purge.isDone()) {
            out.printf("no whole file lies before sequence %,d%n", sequence + 1);
            return 0;
        }
        purge.files().forEach(out::println);
        final long first = LogStart.of(folder.archive()).sequence();
        if (fate.dryRun) {
            out.printf("would go: sequences %,d to %,d%n", first, purge.firstKept() - 1);
            return 0;
        }
        if (!isInDatabase(folder, sequence, out)) {
            return 1;
        }
        KeptNotes.keep(folder, sequence);
        purge.run(Optional.ofNullable(fate.moveTo));
        out.printf(
                "%s: sequences %,d to %,d; the log begins behind the snapshot of %,d%n",
                fate.delete ? "deleted" : "moved", first, purge.firstKept() - 1, sequence);
        return 0;
    }

    /** The database is written from the log: what it lacks must stay. */
    private static boolean isInDatabase(
            final DataFolder folder, final long sequence, final PrintWriter out)
            throws IOException {
        final OptionalLong held = folder.databaseHolds();
        if (held.isEmpty()) {
            out.println(
                    "no management process has said here what its database holds: nothing is kept"
                            + " for one");
        } else if (held.getAsLong() < sequence) {
            out.printf(
                    "nothing goes: the database holds sequences up to %,d, and it is written from"
                            + " the log. Let the management process catch up with %,d%n",
                    held.getAsLong(), sequence);
            return false;
        }
        return true;
    }

    /** A snapshot that this program could not start from is none to purge behind. */
    private static long checked(final DataFolder folder, final Path snapshot) throws IOException {
        final NoEvents nothing = new NoEvents();
        final TradingEngine engine =
                new TradingEngine(folder.engineConfig(), nothing, nothing, nothing);
        new SnapshotReader().read(snapshot, engine);
        return engine.sequence();
    }
}
