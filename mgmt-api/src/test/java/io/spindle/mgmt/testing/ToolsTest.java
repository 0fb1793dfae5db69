package io.spindle.mgmt.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class ToolsTest {
    @Test
    void shouldSkipWithoutAToolAndFailWhereAllAreDemanded() {
        assertEquals("here", Tools.require(Optional.of("here"), "no tool", true));
        final Optional<String> nothing = Optional.empty();
        assertEquals(
                "no tool",
                assertThrows(
                                TestAbortedException.class,
                                () -> Tools.require(nothing, "no tool", false))
                        .getMessage()
                        .replaceFirst(".*: ", ""));
        assertThrows(AssertionFailedError.class, () -> Tools.require(nothing, "no tool", true));
    }

    /** Whoever runs everything has installed everything. */
    @Test
    void shouldBeDemandedByTheRunOfEverything() throws IOException {
        final List<String> steps =
                Files.readAllLines(Path.of(System.getProperty("spindle.root", ".."), ".ci/run"))
                        .stream()
                        .filter(line -> line.startsWith("step "))
                        .toList();
        assertTrue(steps.size() > 1, steps::toString);
        for (final String step : steps) {
            assertTrue(step.contains(" -D" + Tools.PROPERTY + "=" + Tools.REQUIRED), step);
        }
    }
}
