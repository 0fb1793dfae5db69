package io.spindle.tuning.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a JVM learned of one process in a training run: its classes, loaded and linked, and what its
 * methods did. A start reads it instead of finding out again.
 *
 * <pre>
 *   FOLDER/NAME.aot   the JVM's cache
 *   FOLDER/NAME.key   what it is good for: the JVM, the flags, each jar with size and time
 *   FOLDER/PROFILE/…  the same, with the flags of a profile
 * </pre>
 *
 * The JVM refuses a cache of other jars by itself, but by default without a word; here the first
 * difference is named before anything starts.
 *
 * @param folder of all caches that were made together
 * @param process whose it is
 */
public record AotCache(Path folder, String process) {
    /** Set by the launcher: the folder of the caches. */
    public static final String FOLDER_PROPERTY = "spindle.aot";

    /** Flags that change nothing in what is cached: sizes, recordings, properties. */
    private static final List<String> NO_MATTER =
            List.of(
                    "-D",
                    "-Xm",
                    "-Xlog",
                    "-XX:AOT",
                    "-XX:MaxDirectMemorySize",
                    "-XX:StartFlightRecording",
                    "-XX:FlightRecorderOptions",
                    "-XX:+AlwaysPreTouch",
                    "-XX:-AlwaysPreTouch",
                    "-XX:+UsePerfData",
                    "-XX:-UsePerfData");

    /** The caches beside the running build; empty when it was not started by the launcher. */
    public static Optional<Path> besideBuild() {
        return Optional.ofNullable(System.getProperty(FOLDER_PROPERTY)).map(Path::of);
    }

    /**
     * The caches of a process that are made, for whatever build and flags: the plain one, then
     * those of profiles, each in a folder of the profile's name.
     */
    public static List<AotCache> all(final Path folder, final String process) throws IOException {
        final List<Path> folders = new ArrayList<>(List.of(folder));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                inside.filter(Files::isDirectory).sorted().forEach(folders::add);
            }
        }
        return folders.stream()
                .map(each -> new AotCache(each, process))
                .filter(AotCache::isThere)
                .toList();
    }

    public Path file() {
        return folder.resolve(process + ".aot");
    }

    /** What a training run writes down for {@link #file} to be made of. */
    public Path recording() {
        return folder.resolve(process + ".aotconf");
    }

    /** Made, for whatever build. */
    public boolean isThere() {
        return Files.exists(key()) && Files.exists(file());
    }

    private Path key() {
        return folder.resolve(process + ".key");
    }

    /**
     * Notes what the cache was made with; the last step of making one.
     *
     * @param flags of the JVM; what does not begin with a minus is left out
     * @param classPath jars only
     */
    public void seal(final Collection<String> flags, final String classPath) throws IOException {
        Files.write(key(), keyLines(flags, classPath));
    }

    /**
     * Removes the cache, and a recording that a broken-off training left: what is made anew must
     * not be taken for the old.
     */
    public void delete() throws IOException {
        Files.deleteIfExists(recording());
        Files.deleteIfExists(key());
        Files.deleteIfExists(file());
    }

    /**
     * Why a JVM with these flags and class path cannot start from the cache, in words; empty when
     * it can.
     */
    public Optional<String> fault(final Collection<String> flags, final String classPath)
            throws IOException {
        if (!isThere()) {
            return Optional.of("missing: there is no " + file());
        }
        final List<String> trained = Files.readAllLines(key());
        final List<String> now = keyLines(flags, classPath);
        final Set<String> gone = new LinkedHashSet<>(trained);
        gone.removeAll(now);
        final Set<String> come = new LinkedHashSet<>(now);
        come.removeAll(trained);
        if (gone.isEmpty() && come.isEmpty()) {
            return trained.equals(now)
                    ? Optional.empty()
                    : Optional.of("stale: the class path is in another order");
        }
        return Optional.of(
                "stale: "
                        + (gone.isEmpty() ? "" : "trained with " + gone.iterator().next())
                        + (gone.isEmpty() || come.isEmpty() ? "" : ", ")
                        + (come.isEmpty() ? "" : "now " + come.iterator().next()));
    }

    private static List<String> keyLines(final Collection<String> flags, final String classPath)
            throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(
                "jvm %s %s"
                        .formatted(
                                System.getProperty("java.vm.version"),
                                System.getProperty("java.home")));
        flags.stream()
                .filter(flag -> flag.startsWith("-"))
                .filter(flag -> NO_MATTER.stream().noneMatch(flag::startsWith))
                .distinct()
                .sorted()
                .map("flag "::concat)
                .forEach(lines::add);
        for (final String entry : classPath.split(File.pathSeparator)) {
            final Path jar = Path.of(entry);
            lines.add(
                    Files.isRegularFile(jar)
                            ? "jar %s, %d bytes of %s"
                                    .formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar))
                            : "folder %s, which no cache can hold".formatted(jar));
        }
        return lines;
    }
}
