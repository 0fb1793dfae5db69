package io.spindle.mgmt.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own, on a folder of its own and a port that was free. It does not run
 * as root: where tests do, it runs as the system's {@code postgres}.
 */
public final class PostgresCluster implements AutoCloseable {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final String OWNER = "postgres";

    private final Path programs;
    private final Path folder;
    private final int port;
    private int databases;

    private PostgresCluster(final Path programs, final Path folder, final int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; nothing, and a line that says so, where PostgreSQL is not installed. */
    public static Optional<PostgresCluster> start() throws IOException, InterruptedException {
        final Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            System.out.println("PostgreSQL is not installed: its tests are left out");
            return Optional.empty();
        }
        final int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        final Path folder = Files.createTempDirectory("spindle-postgres");
        final PostgresCluster cluster = new PostgresCluster(programs.get(), folder, port);
        cluster.open();
        return Optional.of(cluster);
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(INSTALLATIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private void open() throws IOException, InterruptedException {
        if (isRoot()) {
            run(List.of("chown", OWNER, folder.toString()));
        }
        run(program("initdb", "-D", data(), "-U", OWNER, "-A", "trust", "--no-sync"));
        run(
                program(
                        "pg_ctl",
                        "-D",
                        data(),
                        "-w",
                        "-l",
                        folder.resolve("log").toString(),
                        "-o",
                        "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1",
                        "start"));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private List<String> program(final String name, final String... arguments) {
        final List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER));
            command.add("--init-groups");
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(final List<String> command) throws IOException, InterruptedException {
        final Path output = Files.createTempFile("spindle-postgres", ".txt");
        final Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(output));
        }
        Files.delete(output);
    }

    /** A new, empty database. */
    public String newDatabase() throws IOException, InterruptedException {
        final String name = "spindle" + ++databases;
        run(program("createdb", "-h", "127.0.0.1", "-p", "" + port, "-U", OWNER, name));
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + OWNER;
    }

    /** Stops every process of the server in its tracks until closed. */
    public AutoCloseable hang() throws IOException, InterruptedException {
        signal("STOP");
        return () -> signal("CONT");
    }

    private void signal(final String name) throws IOException, InterruptedException {
        final long master =
                Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst());
        final List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        command.add(Long.toString(master));
        ProcessHandle.of(master).stream()
                .flatMap(ProcessHandle::descendants)
                .forEach(process -> command.add(Long.toString(process.pid())));
        run(command);
    }

    @Override
    public void close() throws IOException {
        try {
            run(program("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop"));
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
