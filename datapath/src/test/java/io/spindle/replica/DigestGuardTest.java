package io.spindle.replica;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.spindle.oms.AdminEvents;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;

class DigestGuardTest {
    /** An event has a default that does nothing: one that is not passed on would be lost. */
    @Test
    void shouldPassOnEveryEventThereIs() {
        for (final Method event : AdminEvents.class.getMethods()) {
            assertDoesNotThrow(
                    () ->
                            DigestGuard.class.getDeclaredMethod(
                                    event.getName(), event.getParameterTypes()));
        }
    }
}
