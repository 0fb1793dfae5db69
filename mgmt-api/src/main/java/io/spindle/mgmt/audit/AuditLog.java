package io.spindle.mgmt.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Appends to the chain; a record is on the disk when {@link #append} returns. A line that a crash
 * cut short is taken away at the next start: nobody was told that it had been written. A chain that
 * is damaged is never written to again. Whoever comes while the disk is busy shares the next sync
 * with all the others that wait. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Commands whose authors are in memory. */
    private static final int AUTHORS = 100_000;

    private final Path file;
    private final FileChannel channel;
    private final String fault;
    private final CommandAuthors authors;

    /** Held by the one who syncs. */
    private final Object disk = new Object();

    private AuditChain.Head head;

    /** What is on the disk, and where it ends. */
    private AuditChain.Head synced;

    private long syncedEnd;

    /** Rises when a sync failed and all that waited for it was taken away again. */
    private long failures;

    private AuditLog(
            final Path file,
            final FileChannel channel,
            final AuditChain.Finding finding,
            final CommandAuthors authors)
            throws IOException {
        this.file = file;
        this.channel = channel;
        this.head = finding.head();
        this.synced = head;
        this.syncedEnd = channel.position();
        this.fault = finding.fault();
        this.authors = authors;
    }

    /** Opens the file, or makes it, readable by its owner only. */
    public static AuditLog open(final Path file) throws IOException {
        return open(file, AUTHORS);
    }

    /**
     * The same with another number of commands whose authors are in memory.
     *
     * @param kept that many, the newest
     */
    public static AuditLog open(final Path file, final int kept) throws IOException {
        final FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        dropTornLine(channel);
        channel.position(channel.size());
        final CommandAuthors authors = new CommandAuthors(kept, id -> true);
        return new AuditLog(
                file, channel, AuditChain.read(file, (number, json) -> authors.add(json)), authors);
    }

    private static void dropTornLine(final FileChannel channel) throws IOException {
        long end = channel.size();
        final ByteBuffer last = ByteBuffer.allocate(1);
        while (end > 0) {
            last.clear();
            channel.read(last, end - 1);
            if (last.get(0) == '\n') {
                break;
            }
            end--;
        }
        channel.truncate(end);
    }

    /** Where the file is. */
    public Path file() {
        return file;
    }

    /** Whose the newest commands are that the calls sent. */
    public CommandAuthors authors() {
        return authors;
    }

    /** What is wrong with it; empty if nothing is. */
    public String fault() {
        return fault;
    }

    /** The last record: to be written down where an intruder cannot reach. */
    public synchronized AuditChain.Head head() {
        return head;
    }

    /**
     * Writes a record and waits for the disk.
     *
     * @throws IOException if it is not written; nothing that it announces may happen
     */
    public void append(final AuditRecord record) throws IOException {
        final Written written = write(json(record));
        synchronized (disk) {
            if (needsSync(written)) {
                sync();
            }
        }
        authors.add(record);
    }

    /** A record that is in the file, and the number of failures before it. */
    private record Written(long number, long failures) {}

    private synchronized Written write(final String json) throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException(file + ": " + fault);
        }
        final long number = head.number() + 1;
        final AuditChain.Head next =
                new AuditChain.Head(number, AuditChain.hash(number, head.hash(), json));
        final long start = channel.position();
        try {
            final ByteBuffer bytes =
                    StandardCharsets.UTF_8.encode(AuditChain.line(next, json) + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (final IOException failure) {
            channel.truncate(start);
            throw failure;
        }
        head = next;
        return new Written(number, failures);
    }

    private synchronized boolean needsSync(final Written written) throws IOException {
        if (written.failures != failures) {
            throw new IOException(file + ": not synced, and taken away again");
        }
        return written.number > synced.number();
    }

    private void sync() throws IOException {
        final AuditChain.Head last;
        final long end;
        synchronized (this) {
            last = head;
            end = channel.position();
        }
        try {
            channel.force(false);
        } catch (final IOException failure) {
            forget();
            throw failure;
        }
        synchronized (this) {
            synced = last;
            syncedEnd = end;
        }
    }

    private synchronized void forget() throws IOException {
        failures++;
        head = synced;
        channel.truncate(syncedEnd);
    }

    private static String json(final AuditRecord record) {
        try {
            return MAPPER.writeValueAsString(record);
        } catch (final JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
