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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

final class RehearsalTest {
    @TempDir private Path path;

    /** Shorter than the quiet time: whatever ends within it was ended by it. */
    private static final Duration TOO_SHORT = Duration.ofMillis(300);

    private static final long QUIET_MS = 400;
    private static final int TRIES = 20;

    private static List<Supplier<Stage>> stages() {
        return List.of(() -> new SocketStage(false), () -> new RingStage(true));
    }

    /** A machine that is busy may take all of the time for the beginning: then once more. */
    @ParameterizedTest
    @MethodSource("stages")
    void shouldPlayUntilTimeIsUp(final Supplier<Stage> stage) throws IOException {
        Rehearsal.Outcome outcome = play(stage, TOO_SHORT);
        for (int i = 1; i < TRIES && outcome.answers() == 0; i++) {
            outcome = play(stage, TOO_SHORT);
        }
        assertTrue(outcome.answers() > 0, outcome::toString);
        assertTrue(outcome.tookMs() >= TOO_SHORT.toMillis(), outcome::toString);
        assertTrue(!outcome.settled() || outcome.tookMs() >= QUIET_MS, outcome::toString);
        assertFalse(Files.exists(new DataFolder(path).sharedMemory()));
    }

    @Tag("campaign") // a minute where the machine is slow
    @ParameterizedTest
    @MethodSource("stages")
    void shouldEndWhenTheCompilerHasNothingLeftToDo(final Supplier<Stage> stage)
            throws IOException {
        final Rehearsal.Outcome outcome = play(stage, Duration.ofSeconds(180));
        assertTrue(outcome.settled(), outcome::toString);
        assertTrue(outcome.toString().contains("settled"), outcome::toString);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void shouldWaitForItsPartnerThoughInterrupted(final Supplier<Stage> stage) {
        final Watched watched = new Watched(stage.get());
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

    private Rehearsal.Outcome play(final Supplier<Stage> stage, final Duration limit)
            throws IOException {
        return new Rehearsal(new DataFolder(path), limit, CpuSet.online())
                .run(stage.get(), YieldingIdleStrategy.INSTANCE);
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
