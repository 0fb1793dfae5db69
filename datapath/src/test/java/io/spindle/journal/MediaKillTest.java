package io.spindle.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.log.AckLevel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** The media process, driver and Archive in it, dies at random moments while commands flow. */
@Timeout(600)
class MediaKillTest {
    @TempDir Path path;
    private LogFixture log;

    @BeforeEach
    void open() throws IOException {
        log = new LogFixture(path);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void noCommandIsLostOrDoubledByAFewKills() throws Exception {
        killInFlow(4, System.nanoTime());
    }

    @Test
    @Tag("campaign")
    void noCommandIsLostOrDoubledByManyKills() throws Exception {
        killInFlow(25, System.nanoTime());
    }

    private void killInFlow(final int kills, final long seed) throws Exception {
        System.out.println("media kills: " + kills + ", seed " + seed);
        final Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            final Process media = MediaMain.start(path);
            try {
                final long goal =
                        log.ring.safeSequence(AckLevel.SYNCED) + 1 + random.nextInt(5_000);
                while (log.ring.safeSequence(AckLevel.SYNCED) < goal) {
                    log.append(1 + random.nextInt(200));
                }
            } finally {
                media.destroyForcibly().waitFor();
            }
            log.appendWhatFits(random.nextInt(100));
        }
        log.startMedia();
        log.awaitRecorded();
        log.stopMedia();

        assertEquals(log.ring.lastSequence(), log.readBack(0));
    }
}
