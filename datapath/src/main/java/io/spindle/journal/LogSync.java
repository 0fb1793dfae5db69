package io.spindle.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts on the disk what the Archive has written: before a snapshot, which would otherwise survive a
 * loss of power that the commands it stands for do not, and then stand for a log that is shorter.
 */
public final class LogSync {
    private final Path archive;
    private long syncedBelow;

    public LogSync(final Path archive) {
        this.archive = archive;
    }

    /** Forces every file that may have changed since the last call. */
    public void force() throws IOException {
        for (final Segment segment : Segment.list(archive)) {
            if (segment.basePosition() >= syncedBelow) {
                try (FileChannel file =
                        FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
                    file.force(false);
                }
                syncedBelow = segment.basePosition();
            }
        }
    }
}
