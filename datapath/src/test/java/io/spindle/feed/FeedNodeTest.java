package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MoldPacket;
import io.spindle.journal.LogPurge;
import io.spindle.journal.MediaThread;
import io.spindle.log.AckLevel;
import io.spindle.log.CommandLog;
import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;
import io.spindle.net.Ports;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SnapshotReader;
import io.spindle.recovery.OpenLog;
import io.spindle.testing.Await;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The feed process behind a real log: what was recorded is what it serves, also after a restart.
 */
@Timeout(120)
class FeedNodeTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir Path path;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private DataFolder folder;
    private Ports ports;
    private int date = TestMarket.DATE;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new DataFolder(path).create();
        ports = freePorts();
    }

    private Ports freePorts() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try (DatagramSocket first = new DatagramSocket(0, loopback)) {
                final Ports free = new Ports(Math.min(first.getLocalPort(), 65_000) - 20);
                try (DatagramSocket second = new DatagramSocket(free.snapshot(), loopback);
                        DatagramSocket third = new DatagramSocket(free.dropCopy(), loopback)) {
                    if (free.rerequest() == first.getLocalPort()
                            && second.isBound()
                            && third.isBound()) {
                        return free;
                    }
                } catch (final SocketException taken) {
                    continue;
                }
            }
        }
        throw new AssertionError("no three free ports in a row");
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    @Test
    void shouldServeWhatTheLogSaysBeforeAndAfterItsDeath() throws Exception {
        try (OpenLog log = OpenLog.open(folder, 1 << 20, 1_024);
                MediaThread media = new MediaThread(folder)) {
            final TestMarket market =
                    new TestMarket(
                            (sequence, timeNs, buffer, offset, length) -> {
                                final int claim = log.ring().claim(length, true);
                                log.ring().buffer().putBytes(claim, buffer, offset, length);
                                log.ring().commit(length, timeNs);
                            });
            market.open("SPDL").trade(new Random(3), 2_000, Ascii.pack("SPDL"));
            media.awaitRecorded(log.ring());
            final long served;
            try (FeedNode node = node()) {
                served = follow(node, market.sequence());
                assertFalse(node.counters().startsWith("re-requests 0 served"), node::counters);
            }
            try (FeedNode again = node()) {
                assertEquals(served, follow(again, market.sequence()));
                assertEquals(market.sequence(), snapshotOnDemand(again));
                market.trade(new Random(4), 100, Ascii.pack("SPDL"));
                media.awaitRecorded(log.ring());
                assertTrue(follow(again, market.sequence()) > served);
            }
        }
    }

    @Test
    void shouldServeTheWholeDayOfALogThatWasPurgedBeforeIt() throws Exception {
        try (OpenLog log = OpenLog.open(folder, 1 << 20, 1_024);
                MediaThread media = new MediaThread(folder)) {
            final TestMarket market =
                    new TestMarket(
                            (sequence, timeNs, buffer, offset, length) -> {
                                int claim = log.ring().claim(length, true);
                                while (claim == CommandLog.BACK_PRESSURED) {
                                    LockSupport.parkNanos(100_000);
                                    claim = log.ring().claim(length, true);
                                }
                                log.ring().buffer().putBytes(claim, buffer, offset, length);
                                log.ring().commit(length, timeNs);
                            });
            market.open("SPDL").trade(new Random(3), 9_000, Ascii.pack("SPDL"));
            market.day(TestMarket.DATE + 1, 0).trade(new Random(4), 2_000, Ascii.pack("SPDL"));
            media.awaitRecorded(log.ring());
            date = TestMarket.DATE + 1;
            final long served;
            final long hash;
            try (FeedNode node = node()) {
                served = follow(node, market.sequence());
                hash = node.stateHash();
            }
            final Path front = SnapshotReader.list(folder.snapshots()).getFirst();
            assertTrue(SnapshotReader.isBeforeDay(front), front::toString);
            final LogPurge purge = LogPurge.before(folder, SnapshotReader.sequence(front));
            assertFalse(purge.files().isEmpty());
            purge.run(Optional.empty());
            IoUtil.delete(path.resolve("feed").toFile(), true);
            try (FeedNode again = node()) {
                assertEquals(served, follow(again, market.sequence()));
                assertEquals(hash, again.stateHash());
            }
        }
    }

    /** Returns the sequence of the snapshot. */
    private long snapshotOnDemand(final FeedNode node) throws Exception {
        assertEquals(0, SnapshotReader.list(folder.snapshots()).size());
        final FolderRequest request = FolderRequest.snapshot(folder);
        final AtomicReference<Exception> failure = new AtomicReference<>();
        final Thread asker =
                new Thread(
                        () -> {
                            try {
                                request.make(0, PATIENCE_NS);
                            } catch (final IOException | TimeoutException e) {
                                failure.set(e);
                            }
                        });
        asker.start();
        Await.until(
                () -> {
                    node.doWork(System.nanoTime());
                    return !asker.isAlive();
                },
                "the snapshot that was asked for");
        assertNull(failure.get());
        final List<Path> files = SnapshotReader.list(folder.snapshots());
        assertEquals(1, files.size());
        return Long.parseLong(files.getFirst().getFileName().toString().split("\\.")[0]);
    }

    @Test
    void shouldSayWhenNobodyTakesSnapshotsAndWithdrawTheRequest() {
        final FolderRequest request = FolderRequest.snapshot(folder);
        assertThrows(TimeoutException.class, () -> request.make(0, 1_000_000));
        assertFalse(request.isMade(0));
    }

    private FeedNode node() throws IOException {
        return new FeedNode(folder, EngineConfig.small(), loopback, ports, AckLevel.SYNCED, 3);
    }

    /** Returns how many messages can be asked for once the node has seen this command. */
    private long follow(final FeedNode node, final long sequence) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (node.sequence() < sequence) {
            node.doWork(System.nanoTime());
            assertTrue(deadlineNs - System.nanoTime() > 0, () -> "at " + node.sequence());
        }
        node.doWork(System.nanoTime());
        assertEquals(Optional.empty(), node.alarm());
        return askForEverything(node);
    }

    private long askForEverything(final FeedNode node) throws IOException {
        try (DatagramChannel client = DatagramChannel.open()) {
            client.connect(new InetSocketAddress(loopback, ports.rerequest()));
            client.configureBlocking(false);
            long next = 1;
            for (int count = ask(node, client, next); count > 0; ) {
                next += count;
                count = ask(node, client, next);
            }
            assertTrue(next > 1, "nothing is served");
            return next - 1;
        }
    }

    /** Returns the number of messages in the answer, 0 once the node has refused to answer. */
    private int ask(final FeedNode node, final DatagramChannel client, final long sequence)
            throws IOException {
        final ByteBuffer packet = ByteBuffer.allocate(MoldPacket.MAX_LENGTH);
        final UnsafeBuffer view = new UnsafeBuffer(packet);
        MoldPacket.encodeHeader(view, 0, SessionId.head(date), SessionId.tail(0), sequence, 100);
        client.write(packet.limit(MoldPacket.HEADER_LENGTH));
        packet.clear();
        final long before = refused(node);
        Await.until(
                () -> {
                    node.doWork(System.nanoTime());
                    return client.read(packet) > 0 || refused(node) > before;
                },
                "an answer from " + sequence + " on, or a refusal");
        if (packet.position() == 0) {
            return 0;
        }
        assertEquals(sequence, MoldPacket.sequence(view, 0));
        return MoldPacket.count(view, 0);
    }

    private static long refused(final FeedNode node) {
        final String counters = node.counters();
        final int end = counters.indexOf(" refused");
        return Long.parseLong(counters.substring(counters.lastIndexOf(' ', end - 1) + 1, end));
    }
}
