package io.spindle.perf.isolation;

import io.spindle.log.DataFolder;
import io.spindle.perf.demo.Appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What may happen to the management plane, and its end. */
enum Disturbance {
    /** Nothing: what the method itself finds where nothing is. */
    NONE {
        @Override
        AutoCloseable begin(final Appliance appliance) {
            return () -> {};
        }
    },

    /** The process is stopped: SIGSTOP. */
    STOPPED {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException, InterruptedException {
            final String pid = pid(appliance, "mgmt");
            run("kill", "-STOP", pid);
            return () -> run("kill", "-CONT", pid);
        }
    },

    /** It is blocked in the middle of a command: somebody holds the control ring's lock. */
    BLOCKED {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException {
            final Path ring = appliance.folder().controlRing();
            final FileChannel channel =
                    FileChannel.open(
                            ring.resolveSibling(ring.getFileName() + ".lock"),
                            StandardOpenOption.WRITE);
            channel.lock();
            Thread.ofVirtual().start(() -> command(appliance));
            return channel;
        }
    },

    /** It is dead, and stays so: SIGKILL, its supervisor stopped meanwhile. */
    DEAD {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException, InterruptedException {
            final String supervisor = pid(appliance, "supervisor");
            run("kill", "-STOP", supervisor);
            run("kill", "-KILL", pid(appliance, "mgmt"));
            return () -> {
                run("kill", "-CONT", supervisor);
                Thread.sleep(RESTART_MS);
                appliance.awaitOpen();
            };
        }
    },

    /** Subscribers to everything that never read. */
    DEAF_SUBSCRIBERS {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException {
            final URI api = URI.create(appliance.rest().address());
            final String key = Files.readString(appliance.folder().adminKey()).strip();
            final List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                final Socket socket = new Socket();
                socket.setOption(StandardSocketOptions.SO_RCVBUF, 1024);
                socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
                socket.getOutputStream().write(upgrade(key).getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            return () -> {
                for (final Socket socket : sockets) {
                    socket.close();
                }
            };
        }
    },

    /** The database does not answer: somebody holds the SQLite file. */
    HUNG_DATABASE {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException {
            try {
                final Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + appliance.folder().database());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 10000");
                    statement.execute("BEGIN EXCLUSIVE");
                }
                return connection;
            } catch (final SQLException failure) {
                throw new IOException(failure);
            }
        }
    },

    /** As many calls as it can answer, by wrk. */
    FLOODED {
        @Override
        AutoCloseable begin(final Appliance appliance) throws IOException {
            final String key = Files.readString(appliance.folder().adminKey()).strip();
            final Path said = appliance.folder().path().resolve("wrk.txt");
            final Process wrk =
                    new ProcessBuilder(
                                    "wrk",
                                    "--threads",
                                    "1",
                                    "--connections",
                                    "8",
                                    "--duration",
                                    "600",
                                    "--latency",
                                    "--header",
                                    "Authorization: Bearer " + key,
                                    appliance.rest().address() + "/v1/orders?pageSize=20")
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            return () -> {
                run("kill", "-INT", Long.toString(wrk.pid()));
                wrk.waitFor();
            };
        }
    };

    private static final int SUBSCRIBERS = 4;
    private static final long RESTART_MS = 2_000;

    /** As it is called in a table. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Begins it; closing ends it. */
    abstract AutoCloseable begin(Appliance appliance) throws IOException, InterruptedException;

    private static String pid(final Appliance appliance, final String process) throws IOException {
        final DataFolder folder = appliance.folder();
        return Files.readString(folder.pid(process)).strip();
    }

    static void run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    /** A WebSocket upgrade (RFC 6455 §4.1) after which nothing is read. */
    private static String upgrade(final String key) {
        return """
               GET /v1/stream?for=orders,updates,transactions,balances,depth HTTP/1.1\r
               Host: localhost\r
               Upgrade: websocket\r
               Connection: Upgrade\r
               Sec-WebSocket-Key: c3BpbmRsZS1kZWFmLW9uZQ==\r
               Sec-WebSocket-Version: 13\r
               Authorization: Bearer %s\r
               \r
               """
                .formatted(key);
    }

    /** Blocks the API's own thread; whether it is answered in the end is of no matter here. */
    private static void command(final Appliance appliance) {
        try {
            appliance.rest().post("/v1/owners", "{\"firm\":\"BLKD\"}");
        } catch (final IOException late) {
            System.err.println("blocked command: " + late.getMessage());
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (final UncheckedIOException broken) {
            System.err.println("blocked command: " + broken.getMessage());
        }
    }
}
