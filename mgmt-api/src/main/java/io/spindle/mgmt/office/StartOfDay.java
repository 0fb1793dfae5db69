package io.spindle.mgmt.office;

import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.api.ProblemCode;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EntryState;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The morning: a closed market, the files of those who know best, and a signature that opens it.
 *
 * <p>Whether the market is closed is the engine's state; what was loaded and signed is in the log.
 * So a management process that dies in the middle goes on where it was. One at a time.
 */
public final class StartOfDay {
    static final String KIND = "start-of-day";
    private static final String DAY = "day";
    private static final String FILE = "file.";
    private static final int OPERATOR = 2;
    private static final int MAX_QUARANTINED = 10_000;

    /**
     * The day as it was opened.
     *
     * @param expected files without which it is not signed off, as {@code cash.BANK1}
     * @param signedBy empty until then
     */
    public record Day(String date, List<String> expected, String openedBy, String signedBy) {}

    /**
     * Where the day stands.
     *
     * @param closed nothing but cancels is taken
     * @param required every day begins closed
     * @param day the last one that was opened here, or null
     * @param missing expected files that were not loaded for that day
     * @param unreconciled files of that day whose last comparison found differences
     */
    public record Status(
            long sequence,
            int tradingDate,
            boolean closed,
            boolean required,
            Day day,
            List<Item> files,
            List<String> missing,
            List<String> unreconciled,
            int quarantined) {}

    /** A file with its label. */
    public record Item(String label, Loaded loaded) {}

    /**
     * A quarantined row that waits no longer.
     *
     * @param row as it waited
     * @param sequence of the command that took it away
     */
    public record Settled(Metadata row, long sequence) {}

    private final View view;
    private final Commander commander;
    private final Notes notes;
    private final ReportFolder reports;
    private final Quarantine quarantine;

    StartOfDay(final View view, final Commander commander, final Path folder) {
        this.view = view;
        this.commander = commander;
        this.notes = new Notes(commander, view);
        this.quarantine = new Quarantine(notes);
        this.reports = new ReportFolder(folder);
    }

    public Status status() {
        return view.read(now -> status(now));
    }

    /** Where the day stood at a reading. */
    public static Status status(final View.Reading now) {
        final Optional<Day> day = Notes.read(now, KIND, DAY, Day.class);
        final String date = day.map(Day::date).orElse("");
        final List<Item> files = files(now, date);
        final List<String> missing = new ArrayList<>(day.map(Day::expected).orElse(List.of()));
        missing.removeAll(files.stream().filter(StartOfDay::isLoaded).map(Item::label).toList());
        return new Status(
                now.sequence(),
                now.engine().date(),
                isClosed(now),
                now.engine().isDayGateRequired(),
                day.orElse(null),
                files,
                missing,
                Reconciliation.differing(now, date),
                Quarantine.size(now));
    }

    /** True while nothing but cancels is taken because a day is not signed off. */
    public static boolean isClosed(final View.Reading now) {
        return now.engine().systemBlock(DayCommands.SUPERVISOR) != EntryState.ACTIVE;
    }

    private static List<Item> files(final View.Reading now, final String date) {
        return now.metadata().list(KIND).stream()
                .filter(entry -> entry.key().startsWith(FILE))
                .map(
                        entry ->
                                new Item(
                                        entry.key().substring(FILE.length()),
                                        Notes.content(entry, Loaded.class)))
                .filter(item -> item.loaded().date().equals(date))
                .toList();
    }

    /** Not one whose load has begun and never ended. */
    private static boolean isLoaded(final Item item) {
        return !item.loaded().checksum().isEmpty();
    }

    /** Closes the market and begins the day, or begins the same day's loads again. */
    public synchronized Status open(
            final LocalDate date, final List<String> expected, final String by)
            throws IOException, InterruptedException {
        final int number = Integer.parseInt(date.format(DateTimeFormatter.BASIC_ISO_DATE));
        final int present = view.read(now -> now.engine().date());
        if (number < present) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT, "the trading date is " + present + " already");
        }
        commander.awaitCurrent();
        close(by);
        commander.beginDay(date);
        notes.write(KIND, DAY, by, new Day(date.toString(), List.copyOf(expected), by, ""));
        return status();
    }

    private void close(final String by) throws IOException, InterruptedException {
        commander.send(DayCommands.gate(UUID.randomUUID(), true, by));
    }

    /**
     * Loads a file for the day that is open: all of it that can be taken, in one command of the
     * log. The same file again changes nothing.
     *
     * @param validate only says what it would do; needs no open day
     */
    public synchronized LoadReport load(
            final String name, final byte[] content, final boolean validate, final String by)
            throws FaultyFile, IOException, InterruptedException {
        final ExternalFile file = ExternalFileReader.read(name, content);
        if (file.kind() == FileKind.FILLS) {
            throw ApiProblem.of(ProblemCode.CONFLICT, "fills are reconciled, not loaded");
        }
        if (validate) {
            return view.read(
                    now ->
                            LoadReport.of(
                                    file, Load.plan(file, now), List.of(), true, now.sequence()));
        }
        mayLoad(file);
        final Load[] done = new Load[1];
        final long sequence =
                commander.load(
                        UUID.randomUUID(),
                        batch -> {
                            done[0] = settledPlan(file, by);
                            done[0].write(batch);
                        });
        return file(file, content, done[0], sequence, by);
    }

    private void mayLoad(final ExternalFile file) {
        final Day day =
                notes.read(KIND, DAY, Day.class)
                        .filter(one -> one.signedBy().isEmpty())
                        .orElseThrow(
                                () -> ApiProblem.of(ProblemCode.CONFLICT, "open the day first"));
        if (!day.date().equals(file.date().toString())) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    "the file is of " + file.date() + ", the day is " + day.date());
        }
    }

    /**
     * With the market closed, and no other rows on their way, what the replica says after one more
     * command is what the rows will find. Who loads is written down before any row is sent.
     */
    private Load settledPlan(final ExternalFile file, final String by) throws IOException {
        try {
            close(by);
            final Load load = view.read(now -> Load.plan(file, now));
            if (load.quarantined().size() > MAX_QUARANTINED) {
                throw ApiProblem.of(
                        ProblemCode.UNPROCESSABLE,
                        load.quarantined().size() + " rows would be quarantined: the wrong file?");
            }
            notes.write(KIND, FILE + file.label(), by, Loaded.begun(file, loaded(file), by));
            return load;
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new IOException(end);
        }
    }

    /** What is known of its loads for its day. */
    private Optional<Loaded> loaded(final ExternalFile file) {
        return notes.read(KIND, FILE + file.label(), Loaded.class)
                .filter(one -> one.date().equals(file.date().toString()));
    }

    private LoadReport file(
            final ExternalFile file,
            final byte[] content,
            final Load load,
            final long sequence,
            final String by)
            throws IOException, InterruptedException {
        for (final var note : load.notes().entrySet()) {
            notes.writeText("account", note.getKey(), by, note.getValue());
        }
        final List<Difference> remaining = view.read(now -> Load.plan(file, now).differences());
        final LoadReport report = LoadReport.of(file, load, remaining, false, sequence);
        quarantine.replace(file, load.quarantined(), by);
        reports.write(report, content);
        final List<String> loadedBy = loaded(file).map(Loaded::loadedBy).orElse(List.of(by));
        final Loaded done = Loaded.done(file, load, remaining.size(), loadedBy);
        notes.write(KIND, FILE + file.label(), by, done);
        return report;
    }

    /** The report of a load, if there was one on that day. */
    public Optional<LoadReport> report(final LocalDate date, final String label)
            throws IOException {
        return reports.read(date, label);
    }

    /**
     * Takes a row out of the quarantine. One of a file also goes when that is loaded without it;
     * one of a feed does not, because its position is not taken again.
     */
    public synchronized Settled settle(final String key, final String by)
            throws IOException, InterruptedException {
        final Optional<Metadata> row = quarantine.find(key);
        if (row.isEmpty()) {
            throw ApiProblem.of(ProblemCode.NOT_FOUND, "no quarantined row " + key);
        }
        return new Settled(row.get(), quarantine.remove(key, by));
    }

    /**
     * Opens the market.
     *
     * @param acceptQuarantine although rows are quarantined or were refused by the engine, or a
     *     comparison found differences
     * @param needsOther nobody signs what they have opened or loaded themselves
     */
    public synchronized Status signOff(
            final boolean acceptQuarantine, final String by, final boolean needsOther)
            throws IOException, InterruptedException {
        commander.awaitCurrent();
        final Status status = status();
        requireOpened(status);
        if (needsOther) {
            requireOther(status, by);
        }
        if (!status.missing().isEmpty()) {
            throw ApiProblem.of(ProblemCode.CONFLICT, "not loaded yet: " + status.missing());
        }
        if (!acceptQuarantine) {
            requireClean(status);
        }
        if (view.read(now -> now.engine().systemBlock(OPERATOR)) != EntryState.ACTIVE) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    "an operator has stopped the system: release the kill switch first");
        }
        commander.send(DayCommands.gate(UUID.randomUUID(), false, by));
        final Day day = status.day();
        notes.write(KIND, DAY, by, new Day(day.date(), day.expected(), day.openedBy(), by));
        return status();
    }

    /** A day that began by itself has none of the files that an earlier one was signed off with. */
    private static void requireOpened(final Status status) {
        final Day day = status.day();
        if (day == null
                || !day.signedBy().isEmpty()
                || !day.date().replace("-", "").equals(Integer.toString(status.tradingDate()))) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT, "open the day first: " + status.tradingDate());
        }
    }

    private static void requireOther(final Status status, final String by) {
        if (status.day().openedBy().equals(by)
                || status.files().stream()
                        .anyMatch(item -> item.loaded().loadedBy().contains(by))) {
            throw ApiProblem.of(
                    ProblemCode.SECOND_PERSON,
                    by
                            + " has opened the day or loaded one of its files: have somebody sign"
                            + " it off who has done neither");
        }
    }

    private static void requireClean(final Status status) {
        final int refused =
                status.files().stream().mapToInt(item -> item.loaded().remaining()).sum();
        if (status.quarantined() + refused + status.unreconciled().size() > 0) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    status.quarantined()
                            + " rows are quarantined, "
                            + refused
                            + " differ, not reconciled: "
                            + status.unreconciled()
                            + "; settle them, or accept them as they are");
        }
    }
}
