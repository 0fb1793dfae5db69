package io.spindle.mgmt.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Reports of days that are over, filed as CSV and HTML: {@code 2026-11-20/trades.csv}. A day's
 * folder is there once all its reports are; until then they are gathered in {@code
 * .2026-11-20.new}. Days older than the retention are taken away; nothing else ever is.
 */
public final class ReportArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ReportArchive.class);

    private final Reports reports;
    private final Path folder;

    public ReportArchive(final Reports reports, final Path folder) {
        this.reports = reports;
        this.folder = folder;
    }

    /** Files every report of a day. A day that is filed already is made again, the same. */
    public void file(final LocalDate date) throws IOException {
        final Path fresh = Files.createDirectories(folder.resolve("." + date + ".new"));
        empty(fresh);
        for (final ReportKind kind : ReportKind.values()) {
            final Report report = reports.make(kind, ReportScope.day(date));
            write(fresh.resolve(kind.label() + ".csv"), ReportText.csv(report));
            write(fresh.resolve(kind.label() + ".html"), ReportText.html(report));
        }
        final Path day = folder.resolve(date.toString());
        publish(fresh, day);
        LOG.info("reports of {} are in {}", date, day);
    }

    private static void publish(final Path fresh, final Path day) throws IOException {
        if (!Files.exists(day)) {
            Files.move(fresh, day, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        for (final Path report : list(fresh)) {
            Files.move(
                    report,
                    day.resolve(report.getFileName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(fresh);
    }

    private static void write(final Path file, final String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Takes away days before this one. */
    public void forgetBefore(final LocalDate oldest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (final Path day : list(folder)) {
            if (isDayBefore(day, oldest)) {
                empty(day);
                Files.delete(day);
                LOG.info("reports of {} are older than the retention: gone", day.getFileName());
            }
        }
    }

    private static boolean isDayBefore(final Path folder, final LocalDate oldest) {
        try {
            return LocalDate.parse(folder.getFileName().toString()).isBefore(oldest);
        } catch (final DateTimeParseException somethingElse) {
            return false;
        }
    }

    private static void empty(final Path folder) throws IOException {
        for (final Path report : list(folder)) {
            Files.delete(report);
        }
    }

    private static List<Path> list(final Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.toList();
        }
    }
}
