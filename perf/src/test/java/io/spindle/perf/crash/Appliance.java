package io.spindle.perf.crash;

import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.mgmt.cli.SpindleMain;
import io.spindle.perf.load.FreePorts;

import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A whole appliance in processes of its own, to be killed in parts. */
final class Appliance implements AutoCloseable {
    private static final List<String> PARTS = List.of("media", "trading", "feed", "mgmt");

    /** They live for seconds. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    final DataFolder folder;
    private final int portBase;
    private final int api;
    private final String[] options;
    private Process supervisor;

    /**
     * @param options of {@code run}, besides those that keep appliances apart
     */
    Appliance(final Path data, final int portBase, final String... options) throws IOException {
        this.folder = SmallTables.in(new DataFolder(data));
        this.portBase = portBase;
        this.api = FreePorts.api();
        this.options = options;
    }

    /** {@code ./spindle run}, no arguments that say anything about recovery. */
    void run() throws IOException {
        final List<Object> arguments = new ArrayList<>();
        arguments.addAll(List.of(SpindleMain.class.getName(), "run", "--backend", "socket"));
        arguments.addAll(List.of("--data", folder.path(), "--port-base", portBase));
        arguments.addAll(List.of("--api", "127.0.0.1:" + api));
        arguments.addAll(List.of(options));
        supervisor = java(folder.path().resolveSibling("run.log"), arguments.toArray());
    }

    /** A signal to every part and the supervisor, STOP or CONT. */
    void signal(final String name) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        command.add(Long.toString(supervisor.pid()));
        PARTS.stream()
                .map(this::process)
                .flatMap(Optional::stream)
                .forEach(part -> command.add(Long.toString(part.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    static Process java(final Path output, final Object... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("spindle.jvm.flags").split(" ")));
        command.addAll(List.of(QUICK, "-XX:+UseSerialGC", "-Xmx512m"));
        command.add("-D" + ChildJvm.EXTRA_ARGUMENTS + '=' + QUICK);
        command.add("-XX:MaxDirectMemorySize=4g"); // a standby has an engine of its own
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    Optional<ProcessHandle> process(final String part) {
        try {
            return Optional.of(Files.readString(folder.pid(part)).strip())
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of)
                    .filter(ProcessHandle::isAlive);
        } catch (final IOException | NumberFormatException notThere) {
            return Optional.empty();
        }
    }

    /** SIGKILL to each of these at once. */
    void kill(final List<String> parts) {
        parts.stream()
                .map(this::process)
                .flatMap(Optional::stream)
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGKILL to everything, the supervisor first. */
    void killAll() throws InterruptedException {
        supervisor.destroyForcibly().waitFor();
        kill(PARTS);
        PARTS.forEach(this::awaitDeath);
    }

    private void awaitDeath(final String part) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (process(part).isPresent() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** SIGTERM to the supervisor, which ends the others in order. */
    void stop() throws InterruptedException {
        supervisor.destroy();
        if (!supervisor.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS)) {
            throw new AssertionError("the supervisor did not end");
        }
    }

    @Override
    public void close() throws IOException {
        if (supervisor != null) {
            supervisor.destroyForcibly();
        }
        kill(PARTS);
        PARTS.forEach(this::awaitDeath);
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }
}
