package io.spindle.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.client.UdpWire;
import io.spindle.client.Wire;
import io.spindle.log.DataFolder;
import io.spindle.nic.NicQueue;

import org.agrona.concurrent.IdleStrategy;
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

    @ParameterizedTest
    @MethodSource("stages")
    void shouldWaitForItsPartnerThoughInterrupted(final Stage stage) {
        final Watched watched = new Watched(stage);
        final Rehearsal rehearsal =
                new Rehearsal(new DataFolder(path), Duration.ofSeconds(60), CpuSet.online());
        final IllegalStateException broken = new IllegalStateException("a loop that breaks");
        final IdleStrategy breaking = new Breaking(watched, broken);
        assertSame(
                broken,
                assertThrows(IllegalStateException.class, () -> rehearsal.run(watched, breaking)));
        assertTrue(Thread.interrupted());
        assertTrue(watched.closedAlone);
    }

    /** Knows who polls it, and whether that thread had ended when it was closed. */
    private static final class Watched implements Stage {
        private final Stage stage;
        private volatile Thread partner;
        private boolean closedAlone;

        private Watched(final Stage stage) {
            this.stage = stage;
        }

        @Override
        public NicQueue queue() {
            return stage.queue();
        }

        @Override
        public Wire connect(final UdpWire.Receiver receiver) throws IOException {
            return stage.connect(receiver);
        }

        @Override
        public int poll() {
            partner = Thread.currentThread();
            return stage.poll();
        }

        @Override
        public void close() throws IOException {
            closedAlone = !partner.isAlive();
            stage.close();
        }
    }

    /** Once the partner is at work: interrupts the thread that trades, and throws. */
    private record Breaking(Watched stage, RuntimeException broken) implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            if (stage.partner != null) {
                Thread.currentThread().interrupt();
                throw broken;
            }
        }

        @Override
        public void reset() {}
    }
}
