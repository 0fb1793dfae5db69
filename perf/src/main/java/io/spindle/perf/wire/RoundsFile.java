package io.spindle.perf.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Rounds of earlier runs, so that a long measurement can be made in pieces: one line for each round
 * of each contestant, its name and its percentiles.
 */
final class RoundsFile {
    private static final String SEPARATOR = "\t";

    private final Path file;

    /**
     * @param file null = none: nothing is read and nothing is kept
     */
    RoundsFile(final Path file) {
        this.file = file;
    }

    /** Gives each contestant the rounds that the file has of it. */
    void read(final List<Contestant> contestants) throws IOException {
        if (file == null || !Files.exists(file)) {
            return;
        }
        for (final String line : Files.readAllLines(file)) {
            final String[] fields = line.split(SEPARATOR, 2);
            contestants.stream()
                    .filter(contestant -> contestant.name().equals(fields[0]))
                    .forEach(contestant -> contestant.rounds().add(Percentiles.parse(fields[1])));
        }
    }

    /** Keeps the last round of each; called when all have played it. */
    void append(final List<Contestant> contestants) throws IOException {
        append(contestants, 1);
    }

    /** Keeps the last few runs of each; called when all are done. */
    void append(final List<Contestant> contestants, final int runs) throws IOException {
        if (file == null) {
            return;
        }
        final StringBuilder lines = new StringBuilder();
        for (final Contestant contestant : contestants) {
            final int played = contestant.rounds().size();
            for (final Percentiles run : contestant.rounds().subList(played - runs, played)) {
                lines.append(contestant.name()).append(SEPARATOR).append(run).append('\n');
            }
        }
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
