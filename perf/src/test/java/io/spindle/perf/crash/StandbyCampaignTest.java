package io.spindle.perf.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.cli.SpindleMain;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole primary dies, or sleeps, in the middle of a flow; its standby is promoted. With {@code
 * ack: replicated} every order that was acknowledged is in the standby's log, and the primary that
 * wakes up acknowledges nothing more.
 */
@Tag("open")
@Timeout(3600)
class StandbyCampaignTest {
    private static final String SESSION = "TEST07";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(180);
    private static final int RUNS = Integer.getInteger("spindle.standby.runs", 20);

    /** Most of a run is waiting: for processes to start and for the lease to run out. */
    private static final int AT_ONCE = 3;

    private static final int PORTS = 100;

    @TempDir Path path;

    private final Random random = new Random();
    private final int firstPort = 20_000 + random.nextInt(80) * PORTS;

    @Test
    void noAcknowledgedOrderIsLostWithTheBox() throws Exception {
        final List<Callable<Void>> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            final int number = run;
            runs.add(() -> takeOver(path.resolve("run" + number), number, false));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (final Future<Void> run : pool.invokeAll(runs)) {
                run.get();
            }
        }
    }

    @Test
    void aPrimaryThatSleptThroughItsReplacementRefuses() throws Exception {
        takeOver(path.resolve("sleep"), 0, true);
    }

    private Void takeOver(final Path place, final int run, final boolean sleeping)
            throws Exception {
        Files.createDirectories(place);
        final int portBase = firstPort + run * PORTS;
        final Path acks = place.resolve("acks");
        final Path standbyData = place.resolve("standby");
        Process client = null;
        Process standby = null;
        try (Appliance primary =
                new Appliance(
                        place.resolve("primary"),
                        portBase,
                        "--ack",
                        "replicated",
                        "--standby",
                        "127.0.0.1")) {
            primary.run();
            standby =
                    Appliance.java(
                            place.resolve("standby.log"),
                            SpindleMain.class.getName(),
                            "standby",
                            "--data",
                            standbyData,
                            "--primary",
                            "127.0.0.1:" + portBase);
            client =
                    Appliance.java(
                            place.resolve("client.log"),
                            AckRecorder.class.getName(),
                            portBase,
                            SESSION,
                            acks,
                            place.resolve("never"));
            awaitLines(acks, 50 + random.nextInt(500));
            if (sleeping) {
                primary.signal("STOP");
            } else {
                primary.killAll();
            }
            promote(place, standbyData);
            assertTrue(standby.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS), "the standby ends");
            if (sleeping) {
                final long before = lines(acks);
                primary.signal("CONT");
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                assertTrue(lines(acks) - before <= 1, "the old primary acknowledged");
            }
            client.destroyForcibly().waitFor();
            judge(acks, standbyData);
        } finally {
            for (final Process process : new Process[] {client, standby}) {
                if (process != null) {
                    process.destroyForcibly();
                }
            }
        }
        return null;
    }

    private static void promote(final Path place, final Path data) throws Exception {
        final Process promotion =
                Appliance.java(
                        place.resolve("promote.log"),
                        SpindleMain.class.getName(),
                        "standby",
                        "promote",
                        "--data",
                        data);
        assertTrue(promotion.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS));
        assertEquals(0, promotion.exitValue());
    }

    /** The last line may be half written: its writer was killed. */
    private static void judge(final Path acks, final Path standbyData) throws IOException {
        final Map<Long, Long> recovered = AcceptedOrders.in(standbyData, SESSION);
        final Map<Long, Long> acknowledged = new HashMap<>();
        final List<String> lines = Files.readAllLines(acks);
        for (final String line : lines.subList(0, lines.size() - 1)) {
            final String[] words = line.split(" ");
            acknowledged.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
        acknowledged.forEach(
                (number, reference) -> assertEquals(reference, recovered.get(number), "order"));
        System.out.printf(
                "standby promoted: %d acknowledged orders, all there of %d%n",
                acknowledged.size(), recovered.size());
    }

    private static long lines(final Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static void awaitLines(final Path file, final long count) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (lines(file) < count) {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "too few acknowledgements");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
