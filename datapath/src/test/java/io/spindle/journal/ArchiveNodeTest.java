package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.aeron.archive.Archive;
import io.spindle.log.DataFolder;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@Timeout(120)
class ArchiveNodeTest {
    private static final String QUESTIONS =
            Archive.Configuration.SESSION_LIVENESS_CHECK_INTERVAL_PROP_NAME;
    private static final String PATIENCE = Archive.Configuration.CONNECT_TIMEOUT_PROP_NAME;

    @TempDir Path path;
    private DataFolder folder;

    @BeforeEach
    void hurry() throws IOException {
        folder = new DataFolder(path).create();
        System.setProperty(QUESTIONS, "1ms");
        System.setProperty(PATIENCE, "1s");
    }

    @AfterEach
    void close() {
        System.clearProperty(QUESTIONS);
        System.clearProperty(PATIENCE);
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    /**
     * Seen with the usual second and five: the recording broke off after 517 seconds, each time.
     */
    @Test
    void theArchiveIsHeardHoweverOftenItAsks() {
        try (ArchiveNode node = ArchiveNode.alone(folder, LogFixture.CONFIG)) {
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (System.nanoTime() - endNs < 0) {
                assertNull(node.takeFailure());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }
}
