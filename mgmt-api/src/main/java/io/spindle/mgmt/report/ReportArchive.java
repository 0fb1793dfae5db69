package io.spindle.mgmt.report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Reports of days that are over, filed as CSV and HTML: {@code 2026-11-20/trades.csv}. Days older
 * than the retention are taken away; nothing else ever is.
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
        final Path day = Files.createDirectories(folder.resolve(date.toString()));
        for (final ReportKind kind : ReportKind.values()) {
            final Report report = reports.make(kind, ReportScope.day(date));
            write(day.resolve(kind.label() + ".csv"), ReportText.csv(report));
            write(day.resolve(kind.label() + ".html"), ReportText.html(report));
        }
        LOG.info("reports of {} are in {}", date, day);
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
                for (final Path report : list(day)) {
                    Files.delete(report);
                }
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

    private static List<Path> list(final Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.toList();
        }
    }
}
