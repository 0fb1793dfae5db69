package io.spindle.mgmt.api;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.spindle.mgmt.security.SecretFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Attempts in a file, a line each, of bounded length: where it does not hold all, older answers
 * give way first, then the oldest attempts. What was appended outlives this process; nobody waits
 * for the disk itself. Thread-safe.
 */
final class RetryFile {
    private static final Logger LOG = LoggerFactory.getLogger(RetryFile.class);
    private static final long MAX_BYTES = 32 << 20;

    private final Path file;
    private final long maxBytes;
    private long length;

    RetryFile(final Path file) {
        this(file, MAX_BYTES);
    }

    /**
     * @param maxBytes half of it holds the newest, whole; a quarter older ones without answers
     */
    RetryFile(final Path file, final long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** All that are there, oldest first; a line that was cut short is left out. */
    synchronized List<Attempt> read() throws IOException {
        final List<Attempt> attempts = new ArrayList<>();
        if (Files.exists(file)) {
            final String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .forEach(line -> parse(line, attempts));
        }
        return attempts;
    }

    private void parse(final String line, final List<Attempt> into) {
        try {
            into.add(Json.MAPPER.readValue(line, Attempt.class));
        } catch (final JsonProcessingException damaged) {
            LOG.error("{}: a key is forgotten: {}", file, damaged.getOriginalMessage());
        }
    }

    /** Puts what is remembered, or the newest of it, into the file's place. */
    synchronized void replace(final Supplier<List<Attempt>> remembered) throws IOException {
        final ArrayDeque<String> lines = new ArrayDeque<>();
        long chars = 0;
        for (final Attempt attempt : remembered.get().reversed()) {
            String line = Json.write(attempt) + "\n";
            if (chars + line.length() > maxBytes / 2) {
                line = Json.write(attempt.shortened()) + "\n";
            }
            chars += line.length();
            if (chars > maxBytes / 4 * 3) {
                break;
            }
            lines.addFirst(line);
        }
        SecretFile.replace(file, String.join("", lines));
        length = Files.size(file);
    }

    /** Adds a part of what is remembered; a file that is full is written anew. */
    synchronized void append(final Attempt part, final Supplier<List<Attempt>> remembered)
            throws IOException {
        if (length >= maxBytes) {
            replace(remembered);
            return;
        }
        final byte[] line = (Json.write(part) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            length += line.length;
        } catch (final IOException failure) {
            length = maxBytes; // half a line may be there: the next one writes all anew
            throw failure;
        }
    }
}
