package io.spindle.log;

import io.spindle.nic.Cold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Where one appliance keeps its files.
 *
 * <pre>
 *   DATA/log.id              the folder's own number, made with it
 *   DATA/run/lock            held by the trading process while it lives
 *   DATA/run/NAME.pid        one per process
 *   DATA/archive/            the Archive's catalog and segments: the log
 *   DATA/snapshots/
 *   DATA/admin.key           the first API key, mode 0600
 *   DATA/spindle.db          the management plane's database
 *
 *   /dev/shm/spindle-…/      named from the data folder's absolute path
 *       log.ring  control.ring  answer.ring  refill-request.ring  refill-packet.ring
 *       counters  aeron/  mark/
 * </pre>
 */
@Cold
public record DataFolder(Path path) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int NAME_BYTES = 8;

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the folders that every process expects. */
    public DataFolder create() throws IOException {
        Files.createDirectories(run());
        Files.createDirectories(archive());
        Files.createDirectories(snapshots());
        Files.createDirectories(sharedMemory());
        return this;
    }

    /** The folder's own number; it outlives every process and boot, and dies with the folder. */
    public UUID logId() throws IOException {
        final Path file = path.resolve("log.id");
        if (!Files.exists(file)) {
            final Path fresh = Files.createTempFile(path, "log", ".id");
            Files.writeString(fresh, UUID.randomUUID() + "\n");
            linkOnce(fresh, file);
        }
        return UUID.fromString(Files.readString(file).strip());
    }

    /** Of several processes that start together, the first names the folder. */
    private static void linkOnce(final Path fresh, final Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (final FileAlreadyExistsException alreadyNamed) {
            assert Files.exists(file);
        } finally {
            Files.delete(fresh);
        }
    }

    public Path run() {
        return path.resolve("run");
    }

    public Path lock() {
        return run().resolve("lock");
    }

    public Path pid(final String process) {
        return run().resolve(process + ".pid");
    }

    public Path archive() {
        return path.resolve("archive");
    }

    public Path snapshots() {
        return path.resolve("snapshots");
    }

    public Path adminKey() {
        return path.resolve("admin.key");
    }

    /** Hashes of the issued API keys. */
    public Path apiKeys() {
        return path.resolve("api-keys.json");
    }

    /** The hash chain of what was asked of the management API. */
    public Path audit() {
        return path.resolve("audit.log");
    }

    public Path database() {
        return path.resolve("spindle.db");
    }

    public Path sharedMemory() {
        final byte[] digest = sha256().digest(path.toString().getBytes(StandardCharsets.UTF_8));
        final String name = HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        return SHARED_MEMORY.resolve("spindle-" + name);
    }

    public Path logRing() {
        return sharedMemory().resolve("log.ring");
    }

    public Path controlRing() {
        return sharedMemory().resolve("control.ring");
    }

    public Path answerRing() {
        return sharedMemory().resolve("answer.ring");
    }

    /** From the loop to the feed process: reports that it wants. */
    public Path refillRequestRing() {
        return sharedMemory().resolve("refill-request.ring");
    }

    /** From the feed process to the loop: those reports, as packets. */
    public Path refillPacketRing() {
        return sharedMemory().resolve("refill-packet.ring");
    }

    /** What the trading process's network queue is, a properties file. */
    public Path nic() {
        return sharedMemory().resolve("nic.properties");
    }

    public Path counters() {
        return sharedMemory().resolve("counters");
    }

    /** The media driver's folder. */
    public Path aeron() {
        return sharedMemory().resolve("aeron");
    }

    /** The Archive's mark file: off the data volume, so that a full disk cannot break it. */
    public Path mark() {
        return sharedMemory().resolve("mark");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
