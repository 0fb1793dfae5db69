package io.spindle.perf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The figures are for a quiet machine; that all engines traded the same must hold anywhere. */
class EngineBenchTest {
    @Test
    void shouldTradeTheSameInEveryEngine() {
        final StringWriter output = new StringWriter();
        final int exit =
                new CommandLine(new EngineBench())
                        .setOut(new PrintWriter(output, true))
                        .execute("--commands=5000", "--rounds=3", "--warm-ups=1", "--resting=1000");
        assertEquals(0, exit, output::toString);
        assertTrue(output.toString().contains("exchange-core"), output::toString);
        assertFalse(output.toString().contains("engine with"), output::toString);
    }

    @Test
    void shouldPlayBesideAnEngineWithOtherFlags() {
        final StringWriter output = new StringWriter();
        final int exit =
                new CommandLine(new EngineBench())
                        .setOut(new PrintWriter(output, true))
                        .execute(
                                "--commands=5000",
                                "--rounds=3",
                                "--warm-ups=1",
                                "--resting=1000",
                                "--no-rival",
                                "--jvm=-XX:+UseCompactObjectHeaders -XX:+UseParallelGC");
        assertEquals(0, exit, output::toString);
        assertTrue(
                output.toString()
                        .contains("engine with -XX:+UseCompactObjectHeaders -XX:+UseParallelGC: "),
                output::toString);
    }
}
