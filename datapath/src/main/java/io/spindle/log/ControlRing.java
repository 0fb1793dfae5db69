package io.spindle.log;

import io.spindle.nic.Cold;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The asking end of the one way from people to the loop: complete SBE admin commands, each with its
 * 128-bit request id, in a small ring of the log's kind. The loop moves each into the log as it is
 * and answers through the {@link AnswerRing}; a repeated id changes nothing, so whoever got no
 * answer may ask again.
 *
 * <p>Any number of processes may ask: each request is appended under the lock of a file beside the
 * ring, after finding the tail anew, so that an asker that died half-way leaves no trace.
 *
 * <p>Thread-safe. Not for the loop, which reads with {@link RingReader}.
 */
@Cold
public final class ControlRing implements AutoCloseable {
    public static final long CAPACITY = 1 << 20;
    public static final int MAX_REQUEST = LogRing.MAX_COMMAND;

    private final RingFile file;
    private final FileChannel lock;

    private ControlRing(final RingFile file, final FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    public static ControlRing open(final DataFolder folder) throws IOException {
        final Path path = folder.controlRing();
        return new ControlRing(openFile(path, RingOwner.of(folder), MAX_REQUEST), openLock(path));
    }

    /** The loop's end: reads requests and releases them once they are in the log. */
    public static RingFile openFile(final DataFolder folder) throws IOException {
        return openFile(folder.controlRing(), RingOwner.of(folder), MAX_REQUEST);
    }

    /** Opens a small ring, or makes it when its owner has none yet; whoever comes first. */
    static RingFile openFile(final Path path, final RingOwner owner, final int maxPayload)
            throws IOException {
        Files.createDirectories(path.getParent());
        synchronized (ControlRing.class) { // a file lock is the whole JVM's
            try (FileChannel channel = openLock(path)) {
                final FileLock held = channel.lock();
                try {
                    return openOrCreate(path, owner, maxPayload);
                } finally {
                    held.release();
                }
            }
        }
    }

    private static RingFile openOrCreate(
            final Path path, final RingOwner owner, final int maxPayload) throws IOException {
        if (Files.exists(path)) {
            final RingFile file = RingFile.open(path);
            if (file.owner().equals(owner)) {
                return file;
            }
            file.close();
        }
        return RingFile.create(path, CAPACITY, maxPayload, owner, 0, 0);
    }

    private static FileChannel openLock(final Path path) throws IOException {
        return FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    /**
     * Asks.
     *
     * @return false if the ring is full: the loop is not there or far behind; ask again later
     */
    public boolean send(final DirectBuffer command, final int offset, final int length)
            throws IOException {
        synchronized (ControlRing.class) {
            final FileLock held = lock.lock();
            try {
                return append(command, offset, length);
            } finally {
                held.release();
            }
        }
    }

    private boolean append(final DirectBuffer command, final int offset, final int length) {
        final LogRing ring = file.writer();
        final int claim = ring.claim(length, true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return false;
        }
        ring.buffer().putBytes(claim, command, offset, length);
        ring.commit(length, 0);
        return true;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        file.close();
    }
}
