package io.spindle.tuning.plan;

import io.spindle.tuning.machine.Root;

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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The old value of every setting the tuner has changed, and of all that a card's driver may change
 * along with it, on disk before the change.
 *
 * <pre>
 *   line = CRC32C of the rest, 8 hex digits ' ' path ' ' base64(old value)
 * </pre>
 *
 * A line is synced before its setting is written. So a crash leaves either a line whose setting may
 * or may not have changed, which rollback restores in both cases, or a torn last line, whose
 * setting was certainly not touched.
 *
 * <p>The first line holds the kernel's id of the boot, under that id's own path: a new start of the
 * machine brings values of its own, for which those of an earlier one are not the old ones. Where
 * the line is missing, in journals of earlier versions, the boot is unknown.
 */
public final class RollbackJournal {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

    private final Path file;
    private final String bootId;
    private final Consumer<String> steps;

    /**
     * @param root says which boot this is; the id is empty when it does not, as in a capture
     */
    public RollbackJournal(final Path file, final Root root) {
        this(file, root, step -> {});
    }

    /**
     * @param root as above
     * @param steps told each step of an addition: {@code append} before it is written, {@code sync}
     *     when it is and may yet be lost, {@code synced} when it may not
     */
    public RollbackJournal(final Path file, final Root root, final Consumer<String> steps) {
        this.file = file;
        this.steps = steps;
        this.bootId = root.read(BOOT_ID).orElse("");
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
        final Map<String, String> entries = lines();
        entries.remove(BOOT_ID);
        return entries;
    }

    /** The boot whose values these are; "unknown" when the journal does not say. */
    public String boot() throws IOException {
        return Optional.ofNullable(lines().get(BOOT_ID))
                .filter(id -> !id.isEmpty())
                .orElse("unknown");
    }

    /** Whether the values are not those that this boot began with, as far as the journal says. */
    public boolean ofAnotherBoot() throws IOException {
        final Map<String, String> lines = lines();
        return !lines.isEmpty() && !lines.getOrDefault(BOOT_ID, "").equals(bootId);
    }

    /**
     * Renames the journal of another boot after that boot, so that this one can begin its own.
     *
     * @return where it is kept; empty when there is no such journal
     */
    public Optional<Path> setAside() throws IOException {
        if (!ofAnotherBoot()) {
            return Optional.empty();
        }
        final String name = file.getFileName() + "." + boot();
        Path aside = file.resolveSibling(name);
        for (int copy = 2; Files.exists(aside); copy++) {
            aside = file.resolveSibling(name + "-" + copy);
        }
        Files.move(file, aside);
        syncFolder();
        return Optional.of(aside);
    }

    /**
     * Makes old values durable. A path that is in the journal keeps its first, oldest value.
     *
     * @throws IllegalStateException when the journal is of another boot and was not set aside
     */
    public void record(final OldValues values) throws IOException {
        if (ofAnotherBoot()) {
            throw new IllegalStateException(file + " is of another boot: " + boot());
        }
        final Map<String, String> added = new LinkedHashMap<>();
        added.put(BOOT_ID, bootId);
        added.putAll(values.byPath());
        added.keySet().removeAll(lines().keySet());
        if (added.isEmpty()) {
            return;
        }
        dropTornTail();
        append(added);
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file);
        syncFolder();
    }

    private Map<String, String> lines() throws IOException {
        final Map<String, String> values = new LinkedHashMap<>();
        if (!exists()) {
            return values;
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
            values.putIfAbsent(
                    entry[0],
                    new String(Base64.getDecoder().decode(entry[1]), StandardCharsets.UTF_8));
        }
        return values;
    }

    private void append(final Map<String, String> values) throws IOException {
        final StringBuilder lines = new StringBuilder();
        values.forEach((path, value) -> lines.append(line(path, value)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            final ByteBuffer text =
                    ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            steps.accept("append");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            steps.accept("sync");
            channel.force(true);
            steps.accept("synced");
        }
        syncFolder();
    }

    private static String line(final String path, final String value) {
        final String body =
                path
                        + " "
                        + Base64.getEncoder()
                                .encodeToString(value.getBytes(StandardCharsets.UTF_8));
        return checksum(body) + " " + body + "\n";
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
