package io.spindle.mgmt.audit;

import io.spindle.mgmt.security.Sha256;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The chain: each line is {@code NUMBER HASH JSON}, and its hash is the SHA-256 of number, the hash
 * before and the JSON. Numbers go up by one from 1.
 */
public final class AuditChain {
    /** The hash before the first. */
    static final String ORIGIN = "0".repeat(64);

    private AuditChain() {}

    /**
     * A place in the chain.
     *
     * @param number of the last record, 0 before the first
     */
    public record Head(long number, String hash) {
        static final Head EMPTY = new Head(0, ORIGIN);

        /** As it is written down elsewhere and handed back: {@code NUMBER:HASH}. */
        @Override
        public String toString() {
            return number + ":" + hash;
        }
    }

    /**
     * What a check found.
     *
     * @param head the last record that is right
     * @param fault what is wrong with the one behind it, empty if nothing is
     */
    public record Finding(Head head, String fault) {
        public boolean isIntact() {
            return fault.isEmpty();
        }
    }

    /** Takes a record that has been checked. */
    @FunctionalInterface
    public interface Reader {
        void on(long number, String json);
    }

    static String hash(final long number, final String before, final String json) {
        return Sha256.hex((number + " " + before + " " + json).getBytes(StandardCharsets.UTF_8));
    }

    static String line(final Head next, final String json) {
        return next.number + " " + next.hash + " " + json;
    }

    /**
     * Checks a chain from its first record.
     *
     * @param known a head that was written down earlier, or null: it shows whether the end was cut
     */
    public static Finding verify(final Path file, final String known) throws IOException {
        final boolean[] seen = {known == null};
        final Finding finding =
                read(
                        file,
                        (number, json) -> {},
                        head -> seen[0] = seen[0] || head.toString().equals(known));
        return finding.isIntact() && !seen[0]
                ? new Finding(finding.head, "the record " + known + " is not in it")
                : finding;
    }

    /** Hands over every record that is right, up to the first that is not. */
    public static Finding read(final Path file, final Reader reader) throws IOException {
        return read(file, reader, head -> {});
    }

    private static Finding read(final Path file, final Reader reader, final Consumer<Head> heads)
            throws IOException {
        Head head = Head.EMPTY;
        if (!Files.exists(file)) {
            return new Finding(head, "");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] parts = line.split(" ", 3);
                final String fault = fault(parts, head);
                if (!fault.isEmpty()) {
                    final boolean beingWritten = lines.readLine() == null && !endsInLine(file);
                    return new Finding(head, beingWritten ? "" : fault);
                }
                head = new Head(head.number + 1, parts[1]);
                heads.accept(head);
                reader.on(head.number, parts[2]);
            }
        }
        return new Finding(head, "");
    }

    private static String fault(final String[] parts, final Head before) {
        final long number = before.number + 1;
        if (parts.length < 3 || !parts[0].equals(Long.toString(number))) {
            return "record " + number + " is missing";
        }
        return parts[1].equals(hash(number, before.hash, parts[2]))
                ? ""
                : "record " + number + " was changed";
    }

    /** False while somebody is writing the last record. */
    private static boolean endsInLine(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            final ByteBuffer last = ByteBuffer.allocate(1);
            return channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
        }
    }
}
