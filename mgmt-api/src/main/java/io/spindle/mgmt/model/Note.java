package io.spindle.mgmt.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The bytes of a {@link Metadata} entry in the log: kind, key, author and attributes, a line each;
 * the attributes come last and may have lines of their own.
 */
public record Note(String kind, String key, String author, String attributes) {
    /** The kind of what a comparison with another system found; the key is its file's label. */
    public static final String RECONCILIATION = "reconciliation";

    /** Attributes larger than this do not fit a command. */
    public static final int MAX_ATTRIBUTES = 3_500;

    private static final int PARTS = 4;

    public byte[] bytes() {
        return String.join("\n", kind, key, author, attributes).getBytes(StandardCharsets.UTF_8);
    }

    /** The note in these bytes, if they are one. */
    public static Optional<Note> parse(final byte[] bytes) {
        final String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", PARTS);
        return parts.length == PARTS
                ? Optional.of(new Note(parts[0], parts[1], parts[2], parts[3]))
                : Optional.empty();
    }
}
