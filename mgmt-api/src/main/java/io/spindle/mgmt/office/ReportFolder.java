package io.spindle.mgmt.office;

import io.spindle.log.DurableFile;
import io.spindle.mgmt.api.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/** Files that were loaded and the reports about them, day by day, for those who ask years later. */
final class ReportFolder {
    private final Path folder;

    ReportFolder(final Path folder) {
        this.folder = folder;
    }

    void write(final LoadReport report, final byte[] content) throws IOException {
        final Path day = Files.createDirectories(folder.resolve(report.date()));
        final String label = report.kind() + "." + report.source();
        DurableFile.write(day.resolve(label + ".csv"), content);
        DurableFile.write(
                day.resolve(label + ".report.json"),
                Json.write(report).getBytes(StandardCharsets.UTF_8));
    }

    Optional<LoadReport> read(final LocalDate date, final String label) throws IOException {
        if (!label.matches("[a-z]+\\.[A-Za-z0-9_-]+")) {
            return Optional.empty();
        }
        final Path file = folder.resolve(date.toString()).resolve(label + ".report.json");
        return Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), LoadReport.class))
                : Optional.empty();
    }
}
