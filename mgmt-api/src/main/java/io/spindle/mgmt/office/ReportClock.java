package io.spindle.mgmt.office;

import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.report.ReportArchive;
import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Files the reports of each day once it is over and in the database, and takes away those that are
 * older than the retention. What day it is, the log says.
 */
public final class ReportClock implements AutoCloseable {
    private static final String KIND = "schedule";
    private static final String KEY = "reports";
    private static final int SEVEN_YEARS = 2_557;

    private static final long FIRST_MS = 1_000;
    private static final long PAUSE_MS = 60_000;

    /** Days that a process may have been away for. */
    private static final int CATCH_UP_DAYS = 31;

    /** How many days filed reports are kept. The trades themselves stay in the database. */
    public record Retention(int days) {}

    private final View view;
    private final Notes notes;
    private final ReportArchive archive;
    private final Path folder;
    private final BooleanSupplier isStored;
    private long pauseMs;
    private final BackgroundLoop loop =
            new BackgroundLoop(
                    Thread.ofPlatform().name("spindle-reports").daemon(),
                    "reports are not filed",
                    this::look);

    ReportClock(
            final View view,
            final Notes notes,
            final Reports reports,
            final Path folder,
            final BooleanSupplier isStored) {
        this.view = view;
        this.notes = notes;
        this.archive = new ReportArchive(reports, folder);
        this.folder = folder;
        this.isStored = isStored;
    }

    void start() {
        start(FIRST_MS, PAUSE_MS);
    }

    void start(final long firstMs, final long newPauseMs) {
        pauseMs = newPauseMs;
        loop.start(firstMs, newPauseMs);
    }

    /** What is told to be kept, at a reading. */
    public static Retention retention(final View.Reading now) {
        return Notes.read(now, KIND, KEY, Retention.class).orElse(new Retention(SEVEN_YEARS));
    }

    public long retain(final Retention retention, final String by)
            throws IOException, InterruptedException {
        return notes.write(KIND, KEY, by, retention);
    }

    private long look() throws IOException {
        run();
        return pauseMs;
    }

    /** Files what is due and forgets what is old. */
    public synchronized void run() throws IOException {
        final long timeNs = view.read(View.Reading::timeNs);
        if (timeNs == 0 || !isStored.getAsBoolean()) {
            return;
        }
        final LocalDate today =
                LocalDate.ofEpochDay(Math.floorDiv(timeNs, TimeUnit.DAYS.toNanos(1)));
        final LocalDate first = firstDay();
        for (int back = CATCH_UP_DAYS; back > 0; back--) {
            final LocalDate day = today.minusDays(back);
            if (!day.isBefore(first) && !Files.exists(folder.resolve(day.toString()))) {
                archive.file(day);
            }
        }
        archive.forgetBefore(today.minusDays(view.read(ReportClock::retention).days()));
    }

    /** The day on which the log began. */
    private LocalDate firstDay() {
        final long firstNs = view.read(View.Reading::firstTimeNs);
        return LocalDate.ofEpochDay(Math.floorDiv(firstNs, TimeUnit.DAYS.toNanos(1)));
    }

    @Override
    public void close() {
        loop.close();
    }
}
