package io.spindle.perf.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.mgmt.cli.SpindleMain;
import io.spindle.standby.StandbyKey;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import java.util.stream.Stream;

/**
 * The primary dies, or sleeps, in the middle of a flow; its standby is promoted. With {@code ack:
 * replicated} every order that was acknowledged is in the standby's log, and the primary that wakes
 * up acknowledges nothing more.
 */
@Tag("campaign")
@Timeout(3600)
class StandbyCampaignTest {
    private static final String SESSION = "TEST07";
    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(180);
    private static final int RUNS = Integer.getInteger("spindle.standby.runs", 20);

    /** Most of a run is waiting: for processes to start and for the lease to run out. */
    private static final int AT_ONCE = 2;

    private static final int PORTS = 100;

    @TempDir Path path;

    private final long seed = System.nanoTime();
    private final int firstPort = 20_000 + Math.floorMod(seed, 80) * PORTS;

    /**
     * Who records and who trades, killed at one moment; the others of a box acknowledge nothing.
     */
    @Test
    void noAcknowledgedOrderIsLostWithTheBox() throws Exception {
        System.out.printf("standby campaign: %d kills, seed %d%n", RUNS, seed);
        final List<Callable<Void>> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            final int number = run;
            runs.add(() -> loseTheBox(path.resolve("run" + number), number));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (final Future<Void> run : pool.invokeAll(runs)) {
                run.get();
            }
        }
    }

    private Void loseTheBox(final Path place, final int run) throws Exception {
        final Random random = new Random(seed + run);
        try (Pair pair = new Pair(place, firstPort + run * PORTS)) {
            final Process media = pair.part("media");
            final Process trading = pair.part("trading", "--backend", "socket", "--rehearsal", "0");
            pair.follow();
            pair.awaitAcks(50 + random.nextInt(500));
            trading.destroyForcibly();
            media.destroyForcibly();
            trading.waitFor();
            media.waitFor();
            Files.writeString(pair.standbyData.run().resolve("promote"), "");
            pair.awaitPromotion();
            pair.judge(run);
        }
        return null;
    }

    /** The whole appliance, its supervisor too, stopped and woken. */
    @Test
    void aPrimaryThatSleptThroughItsReplacementRefuses() throws Exception {
        final Path place = path.resolve("sleep");
        try (Pair pair = new Pair(place, firstPort + RUNS * PORTS);
                Appliance primary =
                        new Appliance(
                                pair.primaryData.path(),
                                pair.portBase,
                                "--ack",
                                "replicated",
                                "--standby",
                                LOOPBACK,
                                "--rehearsal",
                                "0")) {
            primary.run();
            pair.follow();
            pair.awaitAcks(200);
            primary.signal("STOP");
            pair.promote();
            pair.awaitPromotion();
            final long before = pair.acks();
            primary.signal("CONT");
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
            assertTrue(pair.acks() - before <= 1, "the old primary acknowledged");
            pair.judge(RUNS);
        }
    }

    /** A primary's folder and its standby's, the processes started over them, and a client. */
    private static final class Pair implements AutoCloseable {
        final int portBase;
        final DataFolder primaryData;
        final DataFolder standbyData;
        private final Path place;
        private final Path acks;
        private final List<Process> processes = new ArrayList<>();
        private Process standby;
        private Process client;

        Pair(final Path place, final int portBase) throws IOException {
            this.place = place;
            this.portBase = portBase;
            acks = place.resolve("acks");
            primaryData = SmallTables.in(new DataFolder(place.resolve("primary")).create());
            standbyData = SmallTables.in(new DataFolder(place.resolve("standby")).create());
            StandbyKey.made(primaryData);
            Files.copy(
                    primaryData.standbyKey(),
                    standbyData.standbyKey(),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }

        Process part(final String name, final String... more) throws IOException {
            final List<Object> words = new ArrayList<>(List.of(SpindleMain.class.getName(), name));
            words.addAll(List.of("--ack", "replicated", "--standby", LOOPBACK));
            words.addAll(List.of("--data", primaryData.path(), "--port-base", portBase));
            words.addAll(List.of(more));
            return start(name, words.toArray());
        }

        private Process start(final String name, final Object... words) throws IOException {
            processes.add(Appliance.java(place.resolve(name + ".log"), words));
            return processes.getLast();
        }

        void follow() throws IOException {
            final String main = SpindleMain.class.getName();
            standby =
                    start(
                            "standby",
                            main,
                            "standby",
                            "--data",
                            standbyData.path(),
                            "--primary",
                            LOOPBACK + ":" + portBase);
            final Path never = place.resolve("never");
            client = start("client", AckRecorder.class.getName(), portBase, SESSION, acks, never);
        }

        void promote() throws Exception {
            final Process promotion =
                    start(
                            "promote",
                            SpindleMain.class.getName(),
                            "standby",
                            "promote",
                            "--data",
                            standbyData.path());
            assertTrue(promotion.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS));
            assertEquals(0, promotion.exitValue());
        }

        void awaitPromotion() throws Exception {
            assertTrue(standby.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS), this::tails);
            assertEquals(0, standby.exitValue(), this::tails);
            assertEquals(1, standbyData.epoch());
        }

        long acks() throws IOException {
            if (!Files.exists(acks)) {
                return 0;
            }
            try (Stream<String> lines = Files.lines(acks)) {
                return lines.count();
            }
        }

        void awaitAcks(final long count) throws IOException {
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (acks() < count) {
                assertTrue(System.nanoTime() - deadlineNs < 0, this::tails);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }

        /** The last line may be half written: its writer was killed. */
        void judge(final int run) throws Exception {
            client.destroyForcibly().waitFor();
            final Map<Long, Long> recovered = AcceptedOrders.in(standbyData.path(), SESSION);
            final Map<Long, Long> acknowledged = new HashMap<>();
            final List<String> lines = Files.readAllLines(acks);
            for (final String line : lines.subList(0, lines.size() - 1)) {
                final String[] words = line.split(" ");
                acknowledged.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
            }
            acknowledged.forEach(
                    (number, reference) -> assertEquals(reference, recovered.get(number), "order"));
            System.out.printf(
                    "standby promoted, run %d: %d acknowledged orders, all there of %d%n",
                    run, acknowledged.size(), recovered.size());
        }

        /** What the processes said last, for whoever has to find out. */
        private String tails() {
            final StringBuilder text = new StringBuilder("too slow, or failed:\n");
            try (Stream<Path> logs = Files.list(place)) {
                for (final Path log :
                        logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                    final List<String> lines = Files.readAllLines(log);
                    text.append(log.getFileName()).append('\n');
                    lines.subList(Math.max(0, lines.size() - 5), lines.size())
                            .forEach(line -> text.append("  ").append(line).append('\n'));
                }
            } catch (final IOException e) {
                text.append(e);
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(process -> process.onExit().join());
            IoUtil.delete(primaryData.sharedMemory().toFile(), true);
            IoUtil.delete(standbyData.sharedMemory().toFile(), true);
        }
    }
}
