package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.launch.AotCache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class TrainCommandTest {
    @TempDir private Path folder;

    @Test
    void shouldRecordWithTheFlagsOfTheProfile() {
        final AotCache cache = new AotCache(folder, "trading");
        assertEquals(
                "-Dspindle.child.jvm.args.trading=-XX:+UseCompactObjectHeaders -Xmx1g"
                        + " -XX:AOTMode=record -XX:AOTConfiguration="
                        + cache.recording(),
                TrainCommand.recording(cache, List.of("-XX:+UseCompactObjectHeaders", "-Xmx1g")));
    }

    @Test
    void shouldLeaveThePlainCachesWhenThereIsNoSuchProfile() throws Exception {
        final AotCache plain = new AotCache(folder, "trading");
        Files.writeString(plain.file(), "what the JVM learned");
        plain.seal(List.of(), "");
        System.setProperty(AotCache.FOLDER_PROPERTY, folder.toString());
        final StringWriter said = new StringWriter();
        try {
            final int code =
                    new CommandLine(new TrainCommand())
                            .setErr(new PrintWriter(said, true))
                            .execute("--profile", "none", "--profiles", folder.toString());
            assertEquals(1, code, said::toString);
            assertTrue(plain.isThere());
        } finally {
            System.clearProperty(AotCache.FOLDER_PROPERTY);
        }
    }
}
