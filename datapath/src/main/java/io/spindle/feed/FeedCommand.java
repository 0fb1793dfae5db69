package io.spindle.feed;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.process.ProcessEnd;
import io.spindle.replica.Snapshots;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code ./spindle feed}. */
@Command(
        name = "feed",
        description = {
            "Serves what was missed: market data again, snapshots of the books, drop copies.",
            "Writes contract notes and the engine's snapshots.",
            "",
            "Runs until SIGTERM. May be killed at any time: started again, it follows the recorded",
            "log from where that begins. `spindle run` starts it for you."
        })
public final class FeedCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "26400",
            description =
                    "First UDP port of the appliance (default: 26400). Re-request is N+20, snapshot"
                            + " N+21, drop copy N+22.")
    private int portBase;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to serve on (default: 127.0.0.1).")
    private String bind;

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            defaultValue = "ring",
            description =
                    "How safe a command must be before its effects are served: ring, synced or"
                            + " replicated (default: ring).")
    private String ack;

    @Option(
            names = "--keep-snapshots",
            paramLabel = "N",
            defaultValue = "" + Snapshots.KEEP,
            description = {
                "How many of the engine's snapshots to keep: the newest N, and the newest N from in front",
                "of a day; at least 1 (default: ${DEFAULT-VALUE})."
            })
    private int keepSnapshots;

    @Override
    public Integer call() throws Exception {
        final DataFolder folder = new DataFolder(data).create();
        final Ports ports = new Ports(portBase);
        try (ProcessEnd end = new ProcessEnd("feed");
                FeedNode node =
                        new FeedNode(
                                folder,
                                folder.engineConfig(),
                                InetAddress.getByName(bind),
                                ports,
                                AckLevel.parse(ack),
                                Math.max(1, keepSnapshots))) {
            end.say(
                    "serving on %s: re-requests :%d, snapshots :%d, drop copies :%d"
                            .formatted(
                                    bind, ports.rerequest(), ports.snapshot(), ports.dropCopy()));
            run(node, end);
        }
        return 0;
    }

    private static void run(final FeedNode node, final ProcessEnd end) throws Exception {
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MILLISECONDS.toNanos(2));
        final CounterLine counters = new CounterLine(node::counters, end::say, System.nanoTime());
        boolean alarmed = false;
        while (end.isRunning()) {
            final long nowNs = System.nanoTime();
            idle.idle(node.doWork(nowNs));
            counters.poll(nowNs);
            if (!alarmed && node.alarm().isPresent()) {
                alarmed = true;
                end.say("the replica has stopped: " + node.alarm().get());
            }
        }
    }
}
