package io.spindle.feed;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.replica.Snapshots;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final long LAST_WORK_S = 10;

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

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        final DataFolder folder = new DataFolder(data).create();
        try (FeedNode node =
                new FeedNode(
                        folder,
                        folder.engineConfig(),
                        InetAddress.getByName(bind),
                        new Ports(portBase),
                        AckLevel.parse(ack),
                        Math.max(1, keepSnapshots))) {
            final Ports ports = new Ports(portBase);
            print(
                    "serving on %s: re-requests :%d, snapshots :%d, drop copies :%d"
                            .formatted(
                                    bind, ports.rerequest(), ports.snapshot(), ports.dropCopy()));
            run(node);
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private void run(final FeedNode node) throws Exception {
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MILLISECONDS.toNanos(2));
        final CounterLine counters =
                new CounterLine(node::counters, FeedCommand::print, System.nanoTime());
        boolean alarmed = false;
        while (running.get()) {
            final long nowNs = System.nanoTime();
            idle.idle(node.doWork(nowNs));
            counters.poll(nowNs);
            if (!alarmed && node.alarm().isPresent()) {
                alarmed = true;
                print("the replica has stopped: " + node.alarm().get());
            }
        }
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

    private static void print(final String line) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " feed: " + line);
    }
}
