package io.spindle.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.LoggedQuantity;
import io.spindle.journal.MediaThread;
import io.spindle.log.DataFolder;
import io.spindle.log.SmallTables;
import io.spindle.oms.NoEvents;
import io.spindle.recovery.EngineFlow;
import io.spindle.recovery.LogCommand;
import io.spindle.recovery.OpenLog;
import io.spindle.recovery.Verification;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@Timeout(120)
class ReplicaTest {
    private static final long RING = 1 << 20;
    private static final int MAX_COMMAND = 1024;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir Path path;
    private DataFolder folder;
    private final EngineFlow flow = new EngineFlow(5);

    @BeforeEach
    void makeFolder() throws IOException {
        folder = SmallTables.in(new DataFolder(path).create());
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private Replica replica() throws IOException {
        final NoEvents nothing = new NoEvents();
        return new Replica(folder, EngineFlow.CONFIG, nothing, nothing, nothing);
    }

    private static void follow(final Replica replica, final long sequence) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (replica.engine().sequence() < sequence && replica.alarm().isEmpty()) {
            if (replica.poll(16) == 0) {
                LockSupport.parkNanos(100_000);
            }
            assertTrue(System.nanoTime() - deadlineNs < 0, "at " + replica.engine().sequence());
        }
    }

    @Test
    void followsTheLogThroughTheDeathsOfMediaToTheSameDigest() throws Exception {
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND);
                Replica replica = replica()) {
            assertEquals(0, replica.poll(1), "an empty folder");
            flow.on(log.ring()).market();
            for (int life = 0; life < 3; life++) {
                try (MediaThread media = new MediaThread(folder)) {
                    flow.orders(2_000);
                    media.awaitRecorded(log.ring());
                    follow(replica, log.ring().lastSequence());
                }
                flow.orders(100);
            }
            assertEquals(Optional.empty(), replica.alarm());
            assertEquals(flow.engine.sequence() - 100, replica.engine().sequence(), 2);
        }
        try (MediaThread media = new MediaThread(folder);
                Replica late = replica()) {
            follow(late, flow.engine.sequence());
            assertEquals(flow.engine.eventDigest(), late.engine().eventDigest());
            assertEquals(flow.engine.stateHash(), late.engine().stateHash());
            assertTrue(media.isAlive());
        }
    }

    /** A log with checkpoints, media stopped behind it. */
    private void recordOrders(final int count) throws Exception {
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND);
                MediaThread media = new MediaThread(folder)) {
            flow.on(log.ring()).market().orders(count).checkpoint();
            media.awaitRecorded(log.ring());
        }
    }

    @Test
    void verifyReplaysOfflineToTheSameSequenceAndDigest() throws Exception {
        recordOrders(1_000);
        try (OpenLog log = OpenLog.open(folder, RING, MAX_COMMAND)) {
            log.replay(0, (sequence, timeNs, buffer, offset, length) -> {}, sequence -> {});
            flow.on(log.ring()).orders(10);

            final String report = command(0, "verify");
            assertTrue(
                    report.contains(
                            "digest %016x at sequence %d"
                                    .formatted(flow.engine.eventDigest(), flow.engine.sequence())),
                    report);
            assertTrue(report.contains("%016x".formatted(flow.engine.stateHash())), report);
        }
        final Verification again = Verification.of(folder);
        assertEquals(Verification.of(folder), again);
        assertTrue(again.checkpoints() > 5);
    }

    @Test
    void aFlippedQuantityStopsTheReplicaAndFailsVerify() throws Exception {
        recordOrders(1_000);
        LoggedQuantity.flip(folder.archive(), false);

        assertTrue(command(1, "verify").contains("DAMAGED"));
        try (Replica replica = replica()) {
            follow(replica, flow.engine.sequence());
            assertTrue(replica.alarm().orElseThrow().contains("is damaged"));
            assertTrue(replica.engine().sequence() < flow.engine.sequence());
        }
    }

    @Test
    void aFlippedQuantityUnderARightChecksumIsFoundByDigestAndChain() throws Exception {
        recordOrders(1_000);
        LoggedQuantity.flip(folder.archive(), true);

        final String report = command(1, "verify");
        assertTrue(report.contains("DIFFERENT: checkpoint at sequence"), report);
        try (Replica replica = replica()) {
            follow(replica, flow.engine.sequence());
            assertTrue(replica.alarm().orElseThrow().contains("carries digest"));
            assertEquals(0, replica.poll(1), "it stops for good");
        }
    }

    @Test
    void commandsAreShownInWordsAndAsJsonLines() throws Exception {
        recordOrders(200);

        assertTrue(command(0, "stat").contains("EnterOrder"));
        final String words = command(0, "dump", "--from", "3", "--to", "4");
        assertEquals(2, words.lines().count());
        assertTrue(words.contains("DefineInstrument"), words);
        assertTrue(words.contains("symbol=ROTR"), words);
        final String json = command(0, "export");
        assertEquals(flow.engine.sequence(), json.lines().count());
        assertTrue(
                json.contains("\"command\":\"DefineSession\",\"fields\":{\"requestHigh\":"), json);
        assertTrue(json.contains("\"secret\":\"withheld\""));
        assertTrue(json.contains("\"side\":\"B\""));
    }

    private String command(final int exitCode, final String... arguments) {
        final StringWriter out = new StringWriter();
        final CommandLine line = new CommandLine(new LogCommand()).setOut(new PrintWriter(out));
        final String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = path.toString();
        assertEquals(exitCode, line.execute(all), out::toString);
        return out.toString();
    }
}
