package io.spindle.mgmt.supervisor;

import io.spindle.log.FileLease;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * {@code DATA/run}: one pid file and one log per process of the appliance, locks, the options of
 * the last run, and in {@code drift} what the supervisor found to differ from its profile.
 *
 * <p>A pid file holds the number and a line feed, so that {@code kill $(cat …)} works. It may
 * outlive its process, and the number may since belong to a stranger, or to another appliance;
 * {@link #find} hands out a process only if its command line shows that it is the one.
 */
public record RunFolder(Path path) {
    public static final String SUPERVISOR = "supervisor";

    /** The command that a supervisor carries out; those of its children are named like them. */
    private static final String RUN = "run";

    public static RunFolder of(final Path data) {
        return new RunFolder(data.toAbsolutePath().normalize().resolve("run"));
    }

    public Path pidFile(final String name) {
        return path.resolve(name + ".pid");
    }

    public Path log(final String name) {
        return path.resolve(name + ".log");
    }

    /** Notes the process under a name; a reader sees the old number or the new one, never half. */
    public void write(final String name, final long pid) {
        try {
            Files.createDirectories(path);
            final Path fresh = path.resolve(name + ".pid.new");
            Files.writeString(fresh, pid + "\n");
            Files.move(fresh, pidFile(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot write " + pidFile(name), failure);
        }
    }

    /** Notes the options of the run, so that `status` can name its addresses. */
    public void describe(final Map<String, String> options) {
        final Properties properties = new Properties();
        properties.putAll(options);
        try (Writer writer = Files.newBufferedWriter(path.resolve("appliance.properties"))) {
            properties.store(writer, "options of the last `spindle run`");
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot describe the run in " + path, failure);
        }
    }

    /** The options of the last run, empty if there was none. */
    public Properties description() {
        final Properties properties = new Properties();
        final Path file = path.resolve("appliance.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (final IOException failure) {
                throw new UncheckedIOException("cannot read " + file, failure);
            }
        }
        return properties;
    }

    /** Notes what is not as the profile wants it, a line each; a reader sees all or nothing. */
    public void noteDrift(final List<String> lines) {
        try {
            final Path fresh = path.resolve("drift.new");
            Files.write(fresh, lines);
            Files.move(fresh, path.resolve("drift"), StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot note the drift in " + path, failure);
        }
    }

    /** What was noted last; empty as well where nobody looked. */
    public List<String> drift() {
        try {
            return Files.readAllLines(path.resolve("drift"));
        } catch (final IOException nothingNoted) {
            return List.of();
        }
    }

    public void remove(final String name) {
        try {
            Files.deleteIfExists(pidFile(name));
        } catch (final IOException failure) {
            throw new UncheckedIOException("cannot remove " + pidFile(name), failure);
        }
    }

    /** The living process of that name, if there is one. */
    public Optional<ProcessHandle> find(final String name) {
        return read(name)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                Identity.of(process)
                                        .filter(identity -> fits(name, process, identity))
                                        .isPresent());
    }

    /**
     * Every living process of that name: whom the pid file names, and whoever says of itself that
     * it works on this folder. A supervisor that was killed may not have noted its last child.
     */
    List<ProcessHandle> findAll(final String name) {
        return Stream.concat(
                        find(name).stream(),
                        ProcessHandle.allProcesses().filter(process -> saysSo(name, process)))
                .distinct()
                .toList();
    }

    private boolean saysSo(final String name, final ProcessHandle process) {
        return Identity.of(process)
                .filter(identity -> identity.command().filter(name::equals).isPresent())
                .flatMap(Identity::data)
                .filter(this::isOurs)
                .isPresent();
    }

    private boolean fits(final String name, final ProcessHandle process, final Identity identity) {
        final String expected = name.equals(SUPERVISOR) ? RUN : name;
        return identity.command().map(expected::equals).orElseGet(() -> isNoted(name, process))
                && identity.data().map(this::isOurs).orElseGet(() -> isNoted(name, process));
    }

    private boolean isOurs(final Path data) {
        try {
            return Files.isSameFile(data, path.getParent());
        } catch (final IOException noSuchFolder) {
            return false;
        }
    }

    /**
     * Whoever started after the file was written is not whom it names. Only for one who does not
     * tell its folder: the machine's clock may have been set since.
     */
    private boolean isNoted(final String name, final ProcessHandle process) {
        try {
            final Instant noted = Files.getLastModifiedTime(pidFile(name)).toInstant();
            return process.info().startInstant().filter(noted::isBefore).isEmpty();
        } catch (final IOException removed) {
            return false;
        }
    }

    private Optional<Long> read(final String name) {
        try {
            return Optional.of(Long.parseLong(Files.readString(pidFile(name)).strip()));
        } catch (final IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }

    /** Takes {@code NAME.lock}, given back when closed; empty while somebody holds it. */
    Optional<FileChannel> tryLock(final String name) throws IOException {
        return FileLease.tryTake(path.resolve(name + ".lock"));
    }
}
