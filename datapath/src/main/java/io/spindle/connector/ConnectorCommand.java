package io.spindle.connector;

import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.process.HostPort;
import io.spindle.process.ProcessEnd;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

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

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final HostPort at = HostPort.of(spec, "--server", server);
        final DataFolder folder = new DataFolder(data).create();
        final ConnectorConfig config =
                new ConnectorConfig(
                        venue,
                        adapter,
                        new InetSocketAddress(at.host(), at.port()),
                        user,
                        Files.readString(passwordFile).strip(),
                        feedBase == null
                                ? Optional.empty()
                                : Optional.of(
                                        new ConnectorConfig.Feed(
                                                new Ports(feedBase),
                                                InetAddress.getByName(feedInterface))));
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MICROSECONDS.toNanos(500));
        try (ProcessEnd end = new ProcessEnd("connector " + venue);
                VenueConnector connector =
                        new VenueConnector(folder, folder.engineConfig(), config, end::say)) {
            end.say("waiting for the lease");
            while (end.isRunning()) {
                idle.idle(connector.doWork(System.nanoTime()));
            }
            connector.stop();
        }
        return 0;
    }
}
