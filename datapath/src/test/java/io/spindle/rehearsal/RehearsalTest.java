package io.spindle.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.log.DataFolder;

import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class RehearsalTest {
    @TempDir private Path path;

    private static List<Stage> stages() {
        return List.of(new SocketStage(false), new RingStage(true));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void shouldPlayUntilTimeIsUp(final Stage stage) throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(new DataFolder(path), Duration.ofSeconds(1), CpuSet.online())
                        .run(stage, YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.answers() > 0, outcome::toString);
        assertFalse(outcome.settled(), outcome::toString);
        assertFalse(Files.exists(new DataFolder(path).sharedMemory()));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void shouldEndWhenTheCompilerHasNothingLeftToDo(final Stage stage) throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(new DataFolder(path), Duration.ofSeconds(60), CpuSet.online())
                        .run(stage, YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.settled(), outcome::toString);
        assertTrue(outcome.toString().contains("settled"), outcome::toString);
    }
}
