package io.spindle.perf.start;

import io.spindle.log.DataFolder;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.mgmt.cli.SpindleMain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The trading process by itself, as the supervisor would start it. Nobody drains its log ring,
 * which holds about a million orders.
 */
final class TradingChild implements AutoCloseable {
    private static final Duration OPENING_PATIENCE = Duration.ofSeconds(180);
    private static final long STOP_SECONDS = 60;
    private static final long LOOK_NS = 1_000_000;
    private static final String NAME = "trading";

    private final DataFolder folder;
    private final Process process;
    private final Path output;

    TradingChild(final Path data, final int portBase, final String... jvmArguments)
            throws IOException {
        folder = new DataFolder(data).create();
        output = data.resolve(NAME + ".log");
        final List<String> command = new ArrayList<>(ChildJvm.start(NAME));
        command.addAll(List.of(jvmArguments));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpindleMain.class.getName(),
                        NAME,
                        "--data",
                        data.toString(),
                        "--backend",
                        "socket",
                        "--port-base",
                        Integer.toString(portBase)));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
    }

    /** Waits for the order port, by the counters file. */
    void awaitOpen() throws IOException {
        final Path counters = folder.counters();
        final long endNs = System.nanoTime() + OPENING_PATIENCE.toNanos();
        while (!Files.exists(counters)
                || LoopCounters.read(counters).getCounterValue(LoopCounter.STATE.ordinal())
                        != LoopCounter.STATE_OPEN) {
            if (!process.isAlive() || System.nanoTime() - endNs > 0) {
                throw new IOException("the port did not open: " + Files.readString(output));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** What the process said of its rehearsal. */
    String rehearsal() throws IOException {
        return output().stream()
                .filter(line -> line.contains("rehears"))
                .findFirst()
                .orElse("no rehearsal");
    }

    /** All that it said so far. */
    List<String> output() throws IOException {
        return Files.readAllLines(output);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("trading did not end within " + STOP_SECONDS + " s");
            }
        } catch (final InterruptedException hurried) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
