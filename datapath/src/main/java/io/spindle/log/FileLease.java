package io.spindle.log;

import io.spindle.nic.Cold;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A role that one process at a time may have; the kernel takes it from a process that dies. It also
 * takes it when the process that holds it closes any channel of the file, as an attempt that failed
 * does: who asks again and again keeps a channel of its own ({@code VenueLease}).
 */
@Cold
public final class FileLease {
    private FileLease() {}

    /**
     * Takes the lease, whose file is made where it is absent.
     *
     * @return the lease, given back when closed; empty while another process, or somebody in this
     *     one, holds it
     */
    public static Optional<FileChannel> tryTake(final Path file) throws IOException {
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (final OverlappingFileLockException heldInThisProcess) {
            assert channel.isOpen();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(channel) : Optional.empty();
    }
}
