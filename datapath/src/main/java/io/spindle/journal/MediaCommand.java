package io.spindle.journal;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.standby.StandbyAddress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code ./spindle media}. */
@Command(
        name = "media",
        description = {
            "Records the log: Aeron's media driver and Archive, and the journaller that feeds them.",
            "",
            "Runs until SIGTERM. May be killed at any time: started again, it goes on where the",
            "recording ends. `spindle run` starts it for you."
        })
public final class MediaCommand implements Callable<Integer> {
    private static final long LAST_WORK_S = 10;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder (default: ./data).")
    private Path data;

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            defaultValue = "ring",
            description = {
                "What answers wait for: with synced, recorded means on the disk; otherwise it means",
                "safe from every process, but not from power loss (default: ${DEFAULT-VALUE})."
            })
    private String ack;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "First UDP port of the appliance (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--standby",
            paramLabel = "ADDRESS",
            description = "Own address to which a standby connects, UDP ports N+23 and N+24.")
    private String standby;

    @Override
    public Integer call() throws Exception {
        final AtomicBoolean running = new AtomicBoolean(true);
        final CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running, ended)));
        final JournalConfig config =
                AckLevel.parse(ack) == AckLevel.SYNCED
                        ? JournalConfig.defaults().synced()
                        : JournalConfig.defaults();
        final StandbyAddress address =
                standby == null ? null : new StandbyAddress(standby, new Ports(portBase));
        try {
            new MediaProcess(new DataFolder(data), config, address, MediaCommand::print)
                    .run(running::get);
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private static void print(final String line) {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " media: " + line);
    }

    /** SIGTERM arrives as a shutdown hook, which must outlast the last records. */
    private static void stop(final AtomicBoolean running, final CountDownLatch ended) {
        running.set(false);
        try {
            ended.await(LAST_WORK_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
