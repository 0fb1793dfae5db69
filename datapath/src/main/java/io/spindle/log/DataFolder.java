package io.spindle.log;

import io.spindle.nic.Cold;
import io.spindle.oms.EngineConfig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where one appliance keeps its files.
 *
 * <pre>
 *   DATA/log.id              the folder's own number, made with it
 *   DATA/epoch               how often a standby took the log over, none = 0
 *   DATA/fenced              the epoch of the box that took over from this one
 *   DATA/run/lock            held by the trading process while it lives
 *   DATA/run/NAME.lock       held by media, and by the supervisor, while they live
 *   DATA/run/NAME.pid        one per process
 *   DATA/archive/            the Archive's catalog and segments: the log
 *   DATA/snapshots/
 *   DATA/admin.key           the first API key, mode 0600
 *   DATA/api-keys.json       the issued keys' hashes; proposals.json, audit.log, notifications/
 *   DATA/retries.jsonl       what requests with an Idempotency-Key were answered
 *   DATA/standby.key         the secret of primary and standby, mode 0600
 *   DATA/capacities          sizes of the engine's tables; see docs/oms/README.md
 *   DATA/order-checks        checks of one's own, a line each; see docs/oms/risk.md
 *   DATA/database.sequence   up to where the database holds what the log says
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
    private static final String DATABASE_HOLDS = "database.sequence";

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

    /**
     * What every engine over this folder's log runs with.
     *
     * @throws IOException when a file cannot be read, or is wrong: it names file, line and field
     */
    public EngineConfig engineConfig() throws IOException {
        final Path checks = path.resolve("order-checks");
        final EngineConfig config = capacities();
        if (!Files.exists(checks)) {
            return config;
        }
        return config.withChecks(
                Files.readAllLines(checks).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList());
    }

    private EngineConfig capacities() throws IOException {
        final Path file = path.resolve("capacities");
        return Files.exists(file)
                ? CapacityFile.read(file, EngineConfig.standard())
                : EngineConfig.standard();
    }

    /**
     * The folder's own number; it outlives every process and boot, and dies with the folder.
     *
     * @throws LogDamaged if it cannot be read
     */
    public UUID logId() throws IOException {
        final Path file = path.resolve("log.id");
        if (!Files.exists(file)) {
            final Path fresh = Files.createTempFile(path, "log", ".id");
            Files.writeString(fresh, UUID.randomUUID() + "\n");
            DurableFile.force(fresh);
            linkOnce(fresh, file);
            DurableFile.force(path);
        }
        try {
            return UUID.fromString(Files.readString(file).strip());
        } catch (final IllegalArgumentException e) {
            throw new LogDamaged(
                    file + " does not hold a log's number",
                    "write into it what the database's table position or a standby's primary.id"
                            + " says, or bring the file back from a backup");
        }
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

    /** How often the log has been taken over by a standby; a lower one is fenced off. */
    public long epoch() throws IOException {
        return number("epoch");
    }

    /** Takes the log over with this epoch, or follows somebody who has. */
    public void epoch(final long epoch) throws IOException {
        write("epoch", epoch);
    }

    /**
     * The newest session that was ever begun, {@code yyyymmddee}; 0 before the first. A power cut
     * may take the command that began it, but not what clients saw of it.
     */
    public long newestSession() throws IOException {
        return number("session");
    }

    /** Remembers that a session is about to begin, unless a newer one has. */
    public void newestSession(final int date, final int epoch) throws IOException {
        final long session = date * 100L + epoch;
        if (session > newestSession()) {
            write("session", session);
        }
    }

    /**
     * A sequence up to which the management plane's database holds everything; it may hold more.
     *
     * @return nothing if no management process has said so yet
     * @throws LogDamaged if what one said cannot be read
     */
    public OptionalLong databaseHolds() throws IOException {
        try {
            return Files.exists(path.resolve(DATABASE_HOLDS))
                    ? OptionalLong.of(number(DATABASE_HOLDS))
                    : OptionalLong.empty();
        } catch (final NumberFormatException e) {
            throw new LogDamaged(
                    path.resolve(DATABASE_HOLDS) + " is not a number",
                    "delete it and start the management process, which writes it");
        }
    }

    /** The database holds everything up to this sequence. */
    public void databaseHolds(final long sequence) throws IOException {
        write(DATABASE_HOLDS, sequence);
    }

    /** Another box has taken over with this epoch: nothing here may trade again. */
    public void fence(final long epoch) throws IOException {
        write("fenced", epoch);
    }

    /**
     * @throws LogDamaged if another box has taken over
     */
    public void checkNotFenced() throws IOException {
        final long by = number("fenced");
        if (by > epoch()) {
            throw new LogDamaged(
                    path + " was replaced by a standby, which has epoch " + by,
                    "trade on the box that was promoted. This folder may hold commands that nobody"
                            + " was told of; start a standby of the new primary in an empty"
                            + " folder");
        }
    }

    /**
     * Takes the fence: whoever holds it is the only one to write to the log.
     *
     * @return the lock, given back when closed
     * @throws IllegalStateException if another process holds it
     */
    public FileChannel tryLock() throws IOException {
        return FileLease.tryTake(lock())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "another trading process or standby holds "
                                                + lock()
                                                + "; `spindle status` shows it"));
    }

    private long number(final String name) throws IOException {
        final Path file = path.resolve(name);
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    private void write(final String name, final long value) throws IOException {
        DurableFile.write(path.resolve(name), (value + "\n").getBytes(StandardCharsets.US_ASCII));
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

    /** The secret of a primary and its standby. */
    public Path standbyKey() {
        return path.resolve("standby.key");
    }

    /** Hashes of the issued API keys. */
    public Path apiKeys() {
        return path.resolve("api-keys.json");
    }

    /** What waits for a second person's consent. */
    public Path proposals() {
        return path.resolve("proposals.json");
    }

    /** What requests with an {@code Idempotency-Key} were answered. */
    public Path retries() {
        return path.resolve("retries.jsonl");
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
