package io.spindle.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.client.ArchiveException;
import io.spindle.journal.MediaThread;
import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.SmallTables;
import io.spindle.net.Ports;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.EngineFlow;
import io.spindle.recovery.OpenLog;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A primary's log, a standby of it, and what each of them may do when the other is gone. */
@Timeout(300)
class StandbyTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);

    @TempDir Path path;

    private DataFolder ours;
    private DataFolder theirs;
    private StandbyAddress address;
    private OpenLog log;
    private MediaThread media;
    private Standby standby;

    @BeforeEach
    void start() throws IOException {
        ours = SmallTables.in(new DataFolder(path.resolve("primary")));
        theirs = SmallTables.in(new DataFolder(path.resolve("standby")));
        address = new StandbyAddress(LOOPBACK, freePorts());
        log = OpenLog.open(ours, 1 << 22, 1024);
        theirs.create();
        StandbyKey.made(ours);
        Files.copy(ours.standbyKey(), theirs.standbyKey(), StandardCopyOption.COPY_ATTRIBUTES);
        media = new MediaThread(ours, MediaThread.CONFIG, address);
        standby = open();
    }

    private Standby open() throws IOException {
        return new Standby(theirs, address, LOOPBACK, MediaThread.CONFIG, EngineFlow.CONFIG);
    }

    private static Ports freePorts() throws IOException {
        while (true) {
            try (DatagramSocket first = new DatagramSocket(0)) {
                final int base = Math.min(first.getLocalPort(), 64_000) - 24;
                final Ports ports = new Ports(base);
                try (DatagramSocket link =
                                new DatagramSocket(
                                        new InetSocketAddress(LOOPBACK, ports.replication()));
                        DatagramSocket free =
                                new DatagramSocket(new InetSocketAddress(LOOPBACK, base))) {
                    if (link.isBound() && free.isBound()) {
                        return ports;
                    }
                } catch (final IOException taken) {
                    continue;
                }
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        standby.close();
        log.close();
        IoUtil.delete(ours.sharedMemory().toFile(), true);
        IoUtil.delete(theirs.sharedMemory().toFile(), true);
    }

    private void standbyUntil(final BooleanSupplier done) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            standby.doWork();
            assertTrue(
                    System.nanoTime() - deadlineNs < 0,
                    () -> "standby at " + standby.sequence() + " of " + log.ring().lastSequence());
        }
    }

    private boolean isReplicated() {
        return log.ring().safeSequence(AckLevel.REPLICATED) == log.ring().lastSequence();
    }

    @Test
    void shouldTakeOverWithAllThatWasReplicatedAndFenceThePrimaryOff() throws IOException {
        final EngineFlow flow = new EngineFlow(5).on(log.ring());
        flow.market().orders(2_000).checkpoint();
        standbyUntil(this::isReplicated);
        final long leaseNs = log.ring().leaseNs();
        assertTrue(leaseNs > System.nanoTime() - PATIENCE_NS && leaseNs != 0);

        assertEquals(1, standby.promote());
        assertTrue(log.ring().leaseNs() - System.nanoTime() < 0, "no lease any more");
        final Throwable end = media.failure();
        assertInstanceOf(LogDamaged.class, end);
        assertTrue(end.getMessage().contains("replaced by a standby"), end.getMessage());
        log.close();
        assertThrows(LogDamaged.class, () -> OpenLog.open(ours, 1 << 22, 1024));

        standby.close();
        try (OpenLog next = OpenLog.open(theirs, 1 << 22, 1024)) {
            final NoEvents nothing = new NoEvents();
            final TradingEngine engine =
                    new TradingEngine(EngineFlow.CONFIG, nothing, nothing, nothing);
            next.replay(0, engine::apply, sequence -> {});
            assertEquals(flow.engine.sequence(), engine.sequence());
            assertEquals(flow.engine.eventDigest(), engine.eventDigest());
            assertEquals(flow.engine.stateHash(), engine.stateHash());
            assertTrue(next.lossPossible(), "clients must see another session");
            assertEquals(1, next.ring().epoch());
        }
    }

    /** Somebody with another key gets neither commands nor a hearing, and cannot stop anything. */
    @Test
    void shouldTellAStrangerNothing() throws IOException {
        final EngineFlow flow = new EngineFlow(7).on(log.ring());
        flow.market().orders(100);
        standbyUntil(this::isReplicated);
        standby.close();
        final long promisedNs = System.nanoTime();
        final long held = log.ring().lastSequence();
        final UUID old = ours.logId();
        Files.delete(theirs.standbyKey());
        StandbyKey.made(theirs);
        flow.orders(100);
        try {
            standby = open();
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            while (System.nanoTime() - endNs < 0) {
                standby.doWork();
            }
            assertEquals(held, standby.sequence(), "it had that before, with the right key");
            assertTrue(standby.trouble().contains("standby.key"), standby.trouble());
        } catch (final ArchiveException refused) {
            assertTrue(refused.getMessage().contains("authent"), refused.getMessage());
        }
        assertTrue(
                log.ring().leaseNs() - promisedNs <= StandbyMessage.LEASE_NS,
                "a promise later than the last of the right key");
        assertEquals(held, log.ring().safeSequence(AckLevel.REPLICATED));
        assertEquals(old, ours.logId());
        standby.close();
        Files.copy(
                ours.standbyKey(),
                theirs.standbyKey(),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        standby = open();
        standbyUntil(this::isReplicated);
        assertEquals("", standby.trouble());
        media.close();
    }

    @Test
    void shouldRefuseToStartWithoutAKeyOfItsOwnersAlone() throws IOException {
        standby.close();
        Files.setPosixFilePermissions(
                theirs.standbyKey(), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(
                assertThrows(IllegalStateException.class, this::open)
                        .getMessage()
                        .contains("chmod 600"));
        Files.delete(theirs.standbyKey());
        assertTrue(
                assertThrows(IllegalStateException.class, this::open)
                        .getMessage()
                        .contains("copy the primary's"));
        media.close();
    }

    @Test
    void shouldGoOnWhereItStoppedAndFollowAPrimaryThatRestarts() throws IOException {
        final EngineFlow flow = new EngineFlow(6).on(log.ring());
        flow.market().orders(500);
        standbyUntil(this::isReplicated);
        standby.close();
        flow.orders(500);
        standby = open();
        standbyUntil(this::isReplicated);
        media.close();
        flow.orders(500).checkpoint();
        media = new MediaThread(ours, MediaThread.CONFIG, address);
        standbyUntil(this::isReplicated);
        assertEquals(flow.engine.sequence(), standby.sequence());
        assertEquals(0, standby.lag());
        media.close();
    }
}
