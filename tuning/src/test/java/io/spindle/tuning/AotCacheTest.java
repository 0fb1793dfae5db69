package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.launch.AotCache;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

class AotCacheTest {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx1g");

    @TempDir Path folder;
    private AotCache cache;
    private Path jar;
    private String classPath;

    @BeforeEach
    void train() throws IOException {
        cache = new AotCache(folder, "trading");
        jar = Files.writeString(folder.resolve("a.jar"), "classes");
        classPath = jar + File.pathSeparator + Files.writeString(folder.resolve("b.jar"), "more");
        Files.writeString(cache.file(), "what the JVM learned");
        cache.seal(FLAGS, classPath);
    }

    private void shouldSay(final String what, final Optional<String> fault) {
        assertTrue(fault.orElse("nothing").contains(what), fault::toString);
    }

    @Test
    void shouldServeTheBuildItWasTrainedWithWhateverTheHeap() throws IOException {
        final List<String> flags =
                List.of("-Xmx4g", "-XX:-UsePerfData", "-Dx=y", "-XX:+UseSerialGC");
        assertEquals(Optional.empty(), cache.fault(flags, classPath));
    }

    @Test
    void shouldNameTheJarThatIsNewer() throws IOException {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        shouldSay("now jar " + jar, cache.fault(FLAGS, classPath));
    }

    @Test
    void shouldNameTheFlagThatDiffers() throws IOException {
        shouldSay(
                "now flag -XX:+UseCompactObjectHeaders",
                cache.fault(
                        List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"), classPath));
        shouldSay("trained with flag -XX:+UseSerialGC", cache.fault(List.of(), classPath));
    }

    @Test
    void shouldNameTheJvm() throws IOException {
        final Path key = folder.resolve("trading.key");
        Files.writeString(key, Files.readString(key).replaceFirst("jvm \\S+", "jvm 24.0.1+9"));
        shouldSay("trained with jvm 24.0.1+9", cache.fault(FLAGS, classPath));
    }

    @Test
    void shouldRefuseAnotherOrderAndAFolderOfClasses() throws IOException {
        final String turned =
                folder.resolve("b.jar") + File.pathSeparator + folder.resolve("a.jar");
        shouldSay("another order", cache.fault(FLAGS, turned));
        shouldSay(
                "which no cache can hold",
                cache.fault(FLAGS, classPath + File.pathSeparator + folder));
    }

    @Test
    void shouldSayThatThereIsNone() throws IOException {
        Files.writeString(cache.recording(), "of a training that was broken off");
        cache.delete();
        assertFalse(Files.exists(cache.recording()));
        shouldSay("there is no " + cache.file(), cache.fault(FLAGS, classPath));
    }
}
