package io.spindle.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;

import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

final class RehearsalTest {
    @TempDir private Path path;

    private static NicQueue stage() {
        return NicQueues.open(new NicContext().backend("socket").port(0).conclude(), line -> {});
    }

    @Test
    void shouldPlayUntilTimeIsUp() throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(new DataFolder(path), Duration.ofMillis(400))
                        .run(stage(), YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.answers() > 0, outcome::toString);
        assertFalse(outcome.settled(), outcome::toString);
        assertFalse(Files.exists(new DataFolder(path).sharedMemory()));
    }

    @Test
    void shouldEndWhenTheCompilerHasNothingLeftToDo() throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(new DataFolder(path), Duration.ofSeconds(60))
                        .run(stage(), YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.settled(), outcome::toString);
        assertTrue(outcome.toString().contains("settled"), outcome::toString);
    }
}
