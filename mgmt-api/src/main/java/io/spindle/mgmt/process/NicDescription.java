package io.spindle.mgmt.process;

import io.spindle.loop.LoopCounter;
import io.spindle.mgmt.api.NicApi;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What the trading process wrote down about its network queue, with the loop's counters of it. */
final class NicDescription {
    private static final String COUNTERS = "nic.";

    private final Path file;
    private final LoopWatch loop;

    NicDescription(final Path file, final LoopWatch loop) {
        this.file = file;
        this.loop = loop;
    }

    /** Read anew each time: a restarted process may have opened another. */
    Optional<NicApi.Nic> read() {
        final Properties names = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            names.load(reader);
        } catch (final NoSuchFileException notYet) {
            return Optional.empty();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Optional.of(
                new NicApi.Nic(
                        names.getProperty("backend"),
                        names.getProperty("mode"),
                        names.getProperty("interface"),
                        names.getProperty("driver"),
                        Integer.parseInt(names.getProperty("queue")),
                        Integer.parseInt(names.getProperty("rxRing")),
                        Integer.parseInt(names.getProperty("txRing")),
                        names.getProperty("mac"),
                        names.getProperty("address"),
                        Integer.parseInt(names.getProperty("port")),
                        names.getProperty("timestamps"),
                        names.getProperty("reason"),
                        counters()));
    }

    private Map<String, Long> counters() {
        final Map<String, Long> counters = new LinkedHashMap<>();
        for (final LoopCounter counter : LoopCounter.values()) {
            if (counter.label.startsWith(COUNTERS)) {
                counters.put(counter.label.substring(COUNTERS.length()), loop.get(counter));
            }
        }
        return counters;
    }
}
