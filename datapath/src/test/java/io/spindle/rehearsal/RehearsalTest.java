package io.spindle.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;

import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

final class RehearsalTest {
    private static NicQueue stage() {
        return NicQueues.open(new NicContext().backend("socket").port(0).conclude(), line -> {});
    }

    @Test
    void shouldPlayUntilTimeIsUp() throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(Duration.ofMillis(400)).run(stage(), YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.answers() > 0, outcome::toString);
        assertFalse(outcome.settled(), outcome::toString);
    }

    @Test
    void shouldEndWhenTheCompilerHasNothingLeftToDo() throws IOException {
        final Rehearsal.Outcome outcome =
                new Rehearsal(Duration.ofSeconds(60)).run(stage(), YieldingIdleStrategy.INSTANCE);
        assertTrue(outcome.settled(), outcome::toString);
        assertTrue(outcome.toString().contains("settled"), outcome::toString);
    }
}
