package io.spindle.mgmt.notify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.spindle.log.DurableFile;
import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.stream.FeedMessage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that could not be delivered, in a file, until somebody sends them again or throws them
 * away. Bounded: beyond the bound the oldest go. Thread-safe.
 */
public final class DeadLetters {
    /**
     * A message and why it did not arrive.
     *
     * @param id channel and event's token
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record DeadLetter(
            String id, String channel, int attempts, String problem, FeedMessage message) {}

    private static final int MAX = 10_000;

    private final Path file;
    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

    DeadLetters(final Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (final String line : Files.readAllLines(file)) {
                final DeadLetter letter = Json.MAPPER.readValue(line, DeadLetter.class);
                letters.put(letter.id(), letter);
            }
        }
    }

    public synchronized List<DeadLetter> list() {
        return List.copyOf(letters.values());
    }

    synchronized int count(final String channel) {
        return (int) letters.values().stream().filter(one -> one.channel().equals(channel)).count();
    }

    synchronized Optional<DeadLetter> find(final String id) {
        return Optional.ofNullable(letters.get(id));
    }

    /** What cannot be written down is not taken. One with the same id makes room. */
    synchronized void put(final DeadLetter letter) throws IOException {
        final DeadLetter former = letters.put(letter.id(), letter);
        if (letters.size() > MAX) {
            letters.remove(letters.keySet().iterator().next());
        }
        try {
            save();
        } catch (final IOException failure) {
            if (former == null) {
                letters.remove(letter.id());
            } else {
                letters.put(letter.id(), former);
            }
            throw failure;
        }
    }

    synchronized void remove(final String id) throws IOException {
        if (letters.remove(id) != null) {
            save();
        }
    }

    private void save() throws IOException {
        final StringBuilder lines = new StringBuilder();
        letters.values().forEach(letter -> lines.append(Json.write(letter)).append('\n'));
        DurableFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
