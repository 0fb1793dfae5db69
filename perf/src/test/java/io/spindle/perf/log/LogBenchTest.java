package io.spindle.perf.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Every way to append gets through its rounds and has a row of figures. */
class LogBenchTest {
    private static final String FIGURES =
            " +burst p50=\\S+ p99=\\S+ ns an append  each p50=.* max=[1-9]\\d*"
                    + "  from when due p50=.* max=[1-9]\\d*$";

    @Test
    void shouldAppendInEveryWay(@TempDir final Path folder) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream before = System.out;
        try {
            System.setOut(new PrintStream(printed, true));
            assertEquals(
                    0,
                    new CommandLine(new LogBench())
                            .execute(
                                    "--count=20000",
                                    "--rounds=1",
                                    "--rate=200000",
                                    "--disk=" + folder));
        } finally {
            System.setOut(before);
        }
        final String table = printed.toString();
        for (final String way : List.of("ring", "aeron-ipc", "mapped-shm", "mapped-disk")) {
            final Pattern row = Pattern.compile("(?m)^" + way + FIGURES);
            assertTrue(row.matcher(table).find(), () -> way + " in:\n" + table);
        }
        assertTrue(table.contains("retries for room: "), table);
    }
}
