package io.spindle.replica;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Files;

/**
 * How far of what is recorded may be told outside: read from the header of the ring. A recording
 * whose ring is gone is the whole truth; recovery begins with it too.
 */
public final class SafeLine implements AutoCloseable {
    private final DataFolder folder;
    private final AckLevel level;
    private RingFile file;
    private RingReader ring;

    public SafeLine(final DataFolder folder, final AckLevel level) {
        this.folder = folder;
        this.level = level;
    }

    /** Last sequence that may be told. */
    public long sequence() throws IOException {
        if (level == AckLevel.RING || ring == null && !open()) {
            return Long.MAX_VALUE;
        }
        return level == AckLevel.SYNCED ? ring.releasedSequence() : ring.replicatedSequence();
    }

    private boolean open() throws IOException {
        if (!Files.exists(folder.logRing())) {
            return false;
        }
        file = RingFile.open(folder.logRing());
        if (!file.owner().equals(RingOwner.of(folder))) {
            close();
            return false;
        }
        ring = file.reader();
        return true;
    }

    @Override
    public void close() {
        CloseHelper.close(file);
        file = null;
        ring = null;
    }
}
