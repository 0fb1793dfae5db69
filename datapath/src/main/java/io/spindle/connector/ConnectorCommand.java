package io.spindle.connector;

import io.spindle.log.DataFolder;
import io.spindle.net.Ports;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code ./spindle connector}. */
@Command(
        name = "connector",
        description = {
            "Takes orders that are routed to another venue there, and its reports back.",
            "",
            "Start several for one venue: one speaks, the others wait and go on when it dies."
                    + " Runs until SIGTERM."
        })
public final class ConnectorCommand implements Callable<Integer> {
    private static final long LAST_WORK_S = 10;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--venue",
            paramLabel = "CODE",
            required = true,
            description = "The venue's four characters, as defined in the appliance.")
    private String venue;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The venue's order entry.")
    private String server;

    @Option(names = "--user", required = true, description = "Our session at the venue.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            required = true,
            description = "Its password, one line.")
    private Path passwordFile;

    @Option(
            names = "--adapter",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tells the connectors of one venue apart (default: 1).")
    private int adapter;

    @Option(
            names = "--feed-base",
            paramLabel = "N",
            description = "First port of a venue that is an appliance: its feed makes quotes.")
    private Integer feedBase;

    @Option(
            names = "--feed-interface",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Interface by which its feed arrives (default: 127.0.0.1).")
    private String feedInterface;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        final DataFolder folder = new DataFolder(data).create();
        final int colon = server.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("--server " + server + ": HOST:PORT");
        }
        final ConnectorConfig config =
                new ConnectorConfig(
                        venue,
                        adapter,
                        new InetSocketAddress(
                                server.substring(0, colon),
                                Integer.parseInt(server.substring(colon + 1))),
                        user,
                        Files.readString(passwordFile).strip(),
                        feedBase == null
                                ? Optional.empty()
                                : Optional.of(
                                        new ConnectorConfig.Feed(
                                                new Ports(feedBase),
                                                InetAddress.getByName(feedInterface))));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MICROSECONDS.toNanos(500));
        try (VenueConnector connector =
                new VenueConnector(folder, folder.engineConfig(), config, this::print)) {
            print("waiting for the lease");
            while (running.get()) {
                idle.idle(connector.doWork(System.nanoTime()));
            }
            connector.stop();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /** SIGTERM arrives as a shutdown hook, which must outlast the last turn. */
    private void stop() {
        running.set(false);
        try {
            ended.await(LAST_WORK_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(final String line) {
        System.out.println(
                LocalTime.now().truncatedTo(ChronoUnit.MILLIS)
                        + " connector "
                        + venue
                        + ": "
                        + line);
    }
}
