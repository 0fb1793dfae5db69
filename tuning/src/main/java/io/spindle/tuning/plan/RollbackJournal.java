package io.spindle.tuning.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The old value of every setting the tuner has changed, on disk before the change.
 *
 * <pre>
 *   line = CRC32C of the rest, 8 hex digits ' ' path ' ' base64(old value)
 * </pre>
 *
 * A line is synced before its setting is written. So a crash leaves either a line whose setting may
 * or may not have changed, which rollback restores in both cases, or a torn last line, whose
 * setting was certainly not touched.
 */
public final class RollbackJournal {
    private final Path file;

    public RollbackJournal(final Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Old values by path, oldest change first; a torn last line is left out.
     *
     * @throws IOException when the file cannot be read, or a line before the last is damaged
     */
    public Map<String, String> entries() throws IOException {
        final Map<String, String> entries = new LinkedHashMap<>();
        if (!exists()) {
            return entries;
        }
        final String text = Files.readString(file);
        final String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            final String[] parts = lines[i].split(" ", 2);
            if (parts.length != 2 || !parts[0].equals(checksum(parts[1]))) {
                throw new IOException(
                        file
                                + ":"
                                + (i + 1)
                                + ": damaged line; restore the settings above it by hand, then delete the file");
            }
            final String[] entry = parts[1].split(" ", -1);
            entries.putIfAbsent(
                    entry[0],
                    new String(Base64.getDecoder().decode(entry[1]), StandardCharsets.UTF_8));
        }
        return entries;
    }

    /** Makes the old value durable. A path that is in the journal keeps its first, oldest value. */
    public void record(final String path, final String oldValue) throws IOException {
        final Map<String, String> entries = entries();
        if (entries.containsKey(path)) {
            return;
        }
        dropTornTail();
        final String body =
                path
                        + " "
                        + Base64.getEncoder()
                                .encodeToString(oldValue.getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            channel.write(
                    ByteBuffer.wrap(
                            (checksum(body) + " " + body + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        syncFolder();
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file);
        syncFolder();
    }

    private void dropTornTail() throws IOException {
        if (!exists()) {
            return;
        }
        final String text = Files.readString(file);
        final int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
                channel.force(true);
            }
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static String checksum(final String body) {
        final CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
