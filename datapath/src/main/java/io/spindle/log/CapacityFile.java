package io.spindle.log;

import io.spindle.nic.Cold;
import io.spindle.oms.EngineConfig;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Capacities of an engine as lines {@code NAME NUMBER}; what is not named has the standard's. See
 * docs/oms/README.md for the names and what each costs in memory.
 */
@Cold
final class CapacityFile {
    private static final List<String> NAMES =
            Stream.of(EngineConfig.class.getRecordComponents())
                    .filter(component -> component.getType() == int.class)
                    .map(RecordComponent::getName)
                    .toList();

    private final Path file;
    private final Map<String, Integer> values = new HashMap<>();

    private CapacityFile(final Path file) {
        this.file = file;
    }

    /**
     * @throws IOException naming file, line and name of what cannot be
     */
    static EngineConfig read(final Path file, final EngineConfig standard) throws IOException {
        final CapacityFile capacities = new CapacityFile(file);
        final List<String> lines = Files.readAllLines(file);
        EngineConfig config = standard;
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                capacities.add(line, i + 1);
                config = capacities.over(standard, i + 1);
            }
        }
        return config;
    }

    private void add(final String line, final int number) throws IOException {
        final String[] words = line.split("\\s+");
        if (!NAMES.contains(words[0])) {
            throw refusal(number, words[0] + ": not a capacity; they are " + NAMES);
        }
        if (words.length != 2 || !words[1].matches("\\d{1,9}")) {
            throw refusal(number, words[0] + ": expected one number, as in " + words[0] + " 4096");
        }
        if (values.put(words[0], Integer.parseInt(words[1])) != null) {
            throw refusal(number, words[0] + ": given twice");
        }
    }

    private EngineConfig over(final EngineConfig standard, final int number) throws IOException {
        try {
            return new EngineConfig(
                    values.getOrDefault("maxOrders", standard.maxOrders()),
                    values.getOrDefault("maxInstruments", standard.maxInstruments()),
                    values.getOrDefault("maxSessions", standard.maxSessions()),
                    values.getOrDefault("maxAccounts", standard.maxAccounts()),
                    values.getOrDefault("maxHoldings", standard.maxHoldings()),
                    values.getOrDefault("maxCash", standard.maxCash()),
                    values.getOrDefault("maxRequests", standard.maxRequests()),
                    values.getOrDefault("maxBatchLength", standard.maxBatchLength()),
                    standard.checks());
        } catch (final IllegalArgumentException outside) {
            throw refusal(number, outside.getMessage());
        }
    }

    private IOException refusal(final int number, final String what) {
        return new IOException(file + ":" + number + ": " + what);
    }
}
