package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** The whole measurement, small. */
@Tag("campaign")
class RecoveryBenchTest {
    @Test
    void shouldRecordReplayAndStart(@TempDir final Path folder) throws IOException {
        final StringWriter out = new StringWriter();
        final int exit =
                new CommandLine(new RecoveryBench())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "--commands=20000",
                                "--rounds=1",
                                "--dir=" + folder,
                                "--port-base=" + FreePorts.base());
        assertEquals(0, exit);
        assertTrue(out.toString().contains("recorded "), out.toString());
        assertTrue(out.toString().contains("replayed "), out.toString());
        assertTrue(out.toString().contains("open after "), out.toString());
    }
}
