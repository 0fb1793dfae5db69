package io.spindle.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.launch.AotCache;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class AotOptionsTest {
    private static final List<String> JAVA = ChildJvm.start("trading");

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private AotCache cache;

    @Command(name = "sample")
    private static final class Sample {
        @Mixin AotOptions aot;
    }

    private AotOptions options(final String... arguments) {
        final Sample sample = new Sample();
        new CommandLine(sample).setOut(new PrintWriter(out)).parseArgs(arguments);
        return sample.aot;
    }

    @BeforeEach
    void train() throws IOException {
        System.setProperty(AotCache.FOLDER_PROPERTY, folder.toString());
        cache = new AotCache(folder, "trading");
        Files.writeString(cache.file(), "what the JVM learned");
        cache.seal(JAVA, System.getProperty("java.class.path"));
    }

    @AfterEach
    void forget() {
        System.clearProperty(AotCache.FOLDER_PROPERTY);
    }

    @Test
    void shouldTakeWhatFits() throws IOException {
        final String given = "-XX:AOTCache=" + cache.file();
        assertEquals(List.of(given, "-XX:AOTMode=auto"), options().arguments("trading", JAVA));
        assertEquals(
                List.of(given, "-XX:AOTMode=on"),
                options("--aot", "require").arguments("trading", JAVA));
        assertEquals(List.of(), options("--aot", "off").arguments("trading", JAVA));
    }

    @Test
    void shouldNameWhatIsStaleAndStartWithoutOrRefuse() throws IOException {
        cache.seal(List.of("-XX:+UseZGC"), System.getProperty("java.class.path"));
        assertEquals(List.of(), options().arguments("trading", JAVA));
        assertTrue(
                out.toString()
                        .contains("AOT cache of trading is stale: trained with flag -XX:+UseZGC"),
                out::toString);
        final AotOptions strict = options("--aot", "require");
        final String said =
                assertThrows(IllegalStateException.class, () -> strict.arguments("trading", JAVA))
                        .getMessage();
        assertTrue(said.contains("stale") && said.contains("spindle train"), said);
    }

    /** By itself or beside a plain one that does not fit. */
    @Test
    void shouldTakeTheCacheOfAProfileWhenItsFlagsAreThose() throws IOException {
        final List<String> chosen = List.of("-XX:+UseCompactObjectHeaders");
        final List<String> java = ChildJvm.start("trading", chosen);
        final AotCache profiles =
                new AotCache(Files.createDirectory(folder.resolve("compact")), "trading");
        Files.writeString(profiles.file(), "what the JVM learned");
        profiles.seal(java, System.getProperty("java.class.path"));
        assertEquals(
                List.of("-XX:AOTCache=" + profiles.file(), "-XX:AOTMode=on"),
                options("--aot", "require").arguments("trading", java));
        assertEquals(
                List.of("-XX:AOTCache=" + cache.file(), "-XX:AOTMode=auto"),
                options().arguments("trading", JAVA));

        final List<String> others = ChildJvm.start("trading", List.of("-XX:+UseZGC"));
        assertEquals(List.of(), options().arguments("trading", others));
        assertTrue(out.toString().contains("AOT cache of trading is stale: "), out::toString);
        assertTrue(
                out.toString().contains("AOT cache of trading, profile compact is stale: "),
                out::toString);
        cache.delete();
        assertEquals(
                List.of("-XX:AOTCache=" + profiles.file(), "-XX:AOTMode=auto"),
                options().arguments("trading", java));
    }

    /** A page of it that is being written to disk would hold up the loop at a safepoint. */
    @Test
    void shouldKeepTheTradingJvmFromCountingIntoAFile() {
        assertTrue(JAVA.contains("-XX:-UsePerfData"), JAVA::toString);
    }

    @Test
    void shouldTellAJvmOfOneCollectorOnly() {
        final String zero = "-XX:+UseZGC";
        final List<String> java = ChildJvm.start("trading", List.of(zero));
        assertEquals(
                List.of(zero),
                java.stream().filter(flag -> flag.matches("-XX:\\+Use\\w+GC")).toList());
    }

    @Test
    void shouldSayNothingOfCachesThatWereNeverMadeUnlessAsked() throws IOException {
        assertEquals(List.of(), options().arguments("media", JAVA));
        final AotOptions wanting = options("--aot", "require");
        assertThrows(IllegalStateException.class, () -> wanting.arguments("media", JAVA));
        System.clearProperty(AotCache.FOLDER_PROPERTY);
        assertEquals(List.of(), options().arguments("trading", JAVA));
        final AotOptions strict = options("--aot", "require");
        assertThrows(IllegalStateException.class, () -> strict.arguments("trading", JAVA));
        assertEquals("", out.toString());
    }
}
