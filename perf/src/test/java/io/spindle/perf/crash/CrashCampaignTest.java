package io.spindle.perf.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;
import io.spindle.recovery.Verification;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes of a running appliance die by SIGKILL in the middle of a flow, each followed by
 * recovery with no arguments. A client in its own process writes down every acknowledgement.
 * Afterwards every acknowledged order is in the recovered log exactly once, the client's reports
 * had no gap, and the log replays to equal digests. Nothing is rehearsed, which would only make
 * each recovery take longer.
 */
@Timeout(14_400)
class CrashCampaignTest {
    private static final String SESSION = "TEST07";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(180);
    private static final List<List<String>> VICTIMS =
            List.of(
                    List.of("trading"),
                    List.of("media"),
                    List.of("mgmt"),
                    List.of("trading", "media", "mgmt"),
                    List.of("feed"),
                    List.of("trading", "media"));

    @TempDir Path path;

    @Test
    @Tag("campaign")
    void fiftyRandomKillsLoseNoAcknowledgedOrder() throws Exception {
        campaign(Integer.getInteger("spindle.crash.kills", 50), System.nanoTime());
    }

    private void campaign(final int kills, final long seed) throws Exception {
        System.out.printf("crash campaign: %d kills, seed %d%n", kills, seed);
        final Random random = new Random(seed);
        final int portBase = FreePorts.base();
        final Path acks = path.resolve("acks");
        final Path stop = path.resolve("stop");
        Process client = null;
        try (Appliance appliance =
                new Appliance(path.resolve("data"), portBase, "--rehearsal", "0")) {
            appliance.run();
            client =
                    Appliance.java(
                            path.resolve("client.log"),
                            AckRecorder.class.getName(),
                            portBase,
                            SESSION,
                            acks,
                            stop);
            for (int kill = 0; kill < kills; kill++) {
                awaitAcks(acks, lines(acks) + 20 + random.nextInt(150));
                if (kill % VICTIMS.size() == VICTIMS.size() - 2 && kill < kills - 1) {
                    appliance.killAll();
                    appliance.run();
                } else {
                    final int victims =
                            kill < VICTIMS.size() ? kill : random.nextInt(VICTIMS.size());
                    appliance.kill(VICTIMS.get(victims));
                }
            }
            awaitAcks(acks, lines(acks) + 100);
            Files.createFile(stop);
            assertTrue(client.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS), "the client drains");
            appliance.stop();
            judge(appliance, Files.readAllLines(acks));
        } finally {
            if (client != null) {
                client.destroyForcibly();
            }
            printTails();
        }
    }

    private static long lines(final Path acks) throws IOException {
        if (!Files.exists(acks)) {
            return 0;
        }
        try (var lines = Files.lines(acks)) {
            return lines.count();
        }
    }

    private void awaitAcks(final Path acks, final long count) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (lines(acks) < count) {
            assertTrue(
                    System.nanoTime() - deadlineNs < 0,
                    "acknowledged " + lines(acks) + " of " + count);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void judge(final Appliance appliance, final List<String> lines)
            throws IOException {
        final Map<Long, Long> recovered = AcceptedOrders.in(appliance.folder.path(), SESSION);
        final List<String> others =
                lines.stream().filter(line -> !line.matches("\\d+ \\d+")).toList();
        assertEquals(1, others.size(), () -> "nothing but the end: " + others);
        assertTrue(others.getFirst().startsWith("done "));

        final Map<Long, Long> acknowledged = new HashMap<>();
        for (final String line : lines.subList(0, lines.size() - 1)) {
            final String[] words = line.split(" ");
            final Long before =
                    acknowledged.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
            assertEquals(null, before, () -> "acknowledged twice: " + line);
        }
        assertEquals(acknowledged, recovered, "every order exactly once");
        final Verification log = Verification.of(appliance.folder);
        assertEquals(Optional.empty(), log.failure());
        System.out.printf(
                "%d acknowledged orders, all recovered; log of %d commands, digest %016x%n",
                acknowledged.size(), log.sequence(), log.digest());
    }

    private void printTails() throws IOException {
        for (final String name : List.of("run.log", "client.log", "acks")) {
            final Path file = path.resolve(name);
            if (Files.exists(file)) {
                final List<String> lines = Files.readAllLines(file);
                System.out.println("-- " + name);
                lines.subList(Math.max(0, lines.size() - 12), lines.size())
                        .forEach(System.out::println);
            }
        }
    }
}
