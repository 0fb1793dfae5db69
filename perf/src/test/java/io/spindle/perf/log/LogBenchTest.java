package io.spindle.perf.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.nio.file.Path;

/** Every way to append takes every record and finds room again. */
class LogBenchTest {
    @Test
    void shouldAppendInEveryWay(@TempDir final Path folder) {
        assertEquals(
                0,
                new CommandLine(new LogBench())
                        .execute(
                                "--count=20000",
                                "--rounds=1",
                                "--rate=200000",
                                "--disk=" + folder));
    }
}
