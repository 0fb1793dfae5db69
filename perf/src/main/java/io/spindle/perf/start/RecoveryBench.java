package io.spindle.perf.start;

import io.spindle.journal.JournalConfig;
import io.spindle.journal.MediaProcess;
import io.spindle.log.DataFolder;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.recovery.OfflineLog;
import io.spindle.recovery.OpenLog;
import io.spindle.replica.Snapshots;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** {@code ./spindle bench recovery}: how fast a log is recorded, replayed and traded on from. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = {
            "Records a log of made-up orders, replays it from its first command, and starts the "
                    + "trading process on it, with snapshots as an appliance keeps them."
        })
public final class RecoveryBench implements Callable<Integer> {
    private static final double NS_PER_SECOND = 1e9;
    private static final long LOOK_NS = 100_000;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Commands in the log (default: ${DEFAULT-VALUE}).")
    private long commands;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Replays, and starts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the log is made (default: the folder for temporary files).")
    private Path place;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27400",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final Path path =
                place == null
                        ? Files.createTempDirectory("spindle-recovery-")
                        : Files.createTempDirectory(place, "spindle-recovery-");
        try (ScratchFolder scratch = new ScratchFolder(path)) {
            final DataFolder folder = new DataFolder(scratch.path()).create();
            rate("recorded", fill(folder));
            rate("read and checked alone", read(folder));
            for (int round = 0; round <= rounds; round++) {
                rate(round == 0 ? "replayed, with snapshots" : "replayed", replay(folder, round));
            }
            for (int round = 0; round < rounds; round++) {
                start(folder);
            }
        }
        return 0;
    }

    private void rate(final String what, final long durationNs) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%-26s %,d commands in %.2f s, %,.0f a second%n",
                what, commands, durationNs / NS_PER_SECOND, commands * NS_PER_SECOND / durationNs);
        out.flush();
    }

    /** As an appliance does it: through the ring, by the media process. */
    private long fill(final DataFolder folder) throws Exception {
        final AtomicBoolean running = new AtomicBoolean(true);
        final AtomicReference<Exception> failure = new AtomicReference<>();
        final Thread media = new Thread(() -> record(folder, running, failure), "media");
        try (OpenLog log = OpenLog.open(folder)) {
            media.start();
            final long beganNs = System.nanoTime();
            new LogFiller(log.ring(), Instant.now()).append(commands);
            while (log.ring().backlog() > 0 && media.isAlive()) {
                LockSupport.parkNanos(LOOK_NS);
            }
            return System.nanoTime() - beganNs;
        } finally {
            running.set(false);
            media.join();
            if (failure.get() != null) {
                throw failure.get();
            }
        }
    }

    private static void record(
            final DataFolder folder,
            final AtomicBoolean running,
            final AtomicReference<Exception> failure) {
        try {
            new MediaProcess(folder, JournalConfig.defaults(), line -> {}).run(running::get);
        } catch (final IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** What a replay costs besides the engine: files, checksums, records. */
    private static long read(final DataFolder folder) throws IOException {
        final long beganNs = System.nanoTime();
        new OfflineLog(folder).read(0, (sequence, timeNs, buffer, offset, length) -> {});
        return System.nanoTime() - beganNs;
    }

    /** The first round writes the snapshots as well. */
    private long replay(final DataFolder folder, final int round) throws IOException {
        final NoEvents nothing = new NoEvents();
        final TradingEngine engine =
                new TradingEngine(folder.engineConfig(), nothing, nothing, nothing);
        engine.makeResident();
        final Snapshots snapshots = new Snapshots(folder.snapshots());
        final long beganNs = System.nanoTime();
        new OfflineLog(folder)
                .read(
                        0,
                        (sequence, timeNs, buffer, offset, length) -> {
                            engine.apply(sequence, timeNs, buffer, offset, length);
                            if (round == 0 && sequence % Snapshots.EVERY_COMMANDS == 0) {
                                write(snapshots, engine);
                            }
                        });
        return System.nanoTime() - beganNs;
    }

    private static void write(final Snapshots snapshots, final TradingEngine engine) {
        try {
            snapshots.write(engine, System.nanoTime());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the start of the Java process to the open port; JVM, rehearsal and all. */
    private void start(final DataFolder folder) throws IOException {
        Files.deleteIfExists(folder.counters());
        final long beganNs = System.nanoTime();
        try (TradingChild child = new TradingChild(folder.path(), portBase)) {
            child.awaitOpen();
            final long openNs = System.nanoTime();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "started                    open after %.2f s%n",
                            (openNs - beganNs) / NS_PER_SECOND);
            child.output().stream()
                    .filter(line -> line.contains("recovered") || line.contains("rehears"))
                    .forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
        }
    }
}
