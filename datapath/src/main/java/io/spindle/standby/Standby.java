package io.spindle.standby;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.archive.client.ReplicationParams;
import io.aeron.archive.status.RecordingPos;
import io.spindle.journal.ArchiveNode;
import io.spindle.journal.JournalConfig;
import io.spindle.journal.LogEnd;
import io.spindle.log.DataFolder;
import io.spindle.oms.EngineConfig;
import io.spindle.replica.Replica;
import io.spindle.standby.StandbyMessage.Sender;

import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A warm standby: an Archive that replicates the primary's log into a folder of its own, and an
 * engine that applies it and compares every checkpoint's digest.
 *
 * <pre>
 *   primary's Archive ══ replication ══▶ own Archive ─▶ files ─▶ Replica
 *   primary's media   ◀── "I hold 1 … n; I do not take over within a second of your clock" ──┘
 * </pre>
 *
 * <p>One thread. Whoever promotes it waits until its last promise has run out; only then is the
 * epoch raised, and the folder is one from which {@code spindle run} trades.
 */
public final class Standby implements AutoCloseable {
    private static final int LOG = 0;
    private static final int FRAMES = 64;
    private static final long REPORT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    /** Of a primary that answers every word within a millisecond. */
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private static final int FAREWELLS = 20;

    private final InetSocketAddress primary;
    private final String control;
    private final String replication;
    private final ByteBuffer buffer = StandbyMessage.newBuffer();
    private FileChannel lock;
    private DatagramChannel link;
    private ArchiveNode node;
    private Replica replica;
    private StandbyKey key;
    private StandbySide side;
    private long reportedSequence;
    private long reportedNs;
    private long triedNs;
    private long heardNs = System.nanoTime() - SILENCE_NS;
    private long dropped;
    private String failure = "";

    /**
     * @param folder of this standby alone
     * @param primary where the primary listens
     * @param address of this box towards the primary
     */
    public Standby(
            final DataFolder folder,
            final StandbyAddress primary,
            final String address,
            final JournalConfig config,
            final EngineConfig engine)
            throws IOException {
        folder.create();
        this.primary = primary.link();
        this.control = ArchiveNode.udp(primary.address(), primary.control());
        this.replication = ArchiveNode.udp(address, 0);
        try {
            lock = folder.tryLock();
            key = StandbyKey.of(folder);
            side = new StandbySide(folder, new SecureRandom().nextLong(), System.nanoTime());
            LogEnd.of(folder.archive()).mend();
            link = DatagramChannel.open();
            link.bind(new InetSocketAddress(address, 0)).configureBlocking(false);
            node = ArchiveNode.linked(folder, config, key, address, 0);
            replica = Replica.ofState(folder, engine, Long.MAX_VALUE);
            triedNs = System.nanoTime() - RETRY_NS;
        } catch (final IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * One turn.
     *
     * @return things done
     * @throws IllegalStateException if this engine differs from the primary's
     */
    public int doWork() throws IOException {
        final long nowNs = System.nanoTime();
        replicate(nowNs);
        int work = replica.poll(FRAMES);
        if (replica.alarm().isPresent()) {
            throw new IllegalStateException("the standby stopped: " + replica.alarm().get());
        }
        work += listen();
        if (sequence() != reportedSequence || nowNs - reportedNs > REPORT_NS) {
            report(nowNs);
        }
        return work;
    }

    /** Starts replication, and again whenever it has ended: the primary's media may restart. */
    private void replicate(final long nowNs) {
        if (nowNs - triedNs < RETRY_NS) {
            return;
        }
        triedNs = nowNs;
        final Throwable cause = node.takeFailure(); // one that is not there yet is no reason to end
        failure = cause == null ? node.lastWarning() : String.valueOf(cause.getMessage());
        final Aeron aeron = node.aeron();
        final int counter =
                RecordingPos.findCounterIdByRecording(
                        aeron.countersReader(), LOG, node.client().archiveId());
        if (counter == CountersReader.NULL_COUNTER_ID) {
            final ReplicationParams params =
                    new ReplicationParams()
                            .replicationChannel(replication)
                            .dstRecordingId(isBegun() ? LOG : Aeron.NULL_VALUE);
            try {
                node.client()
                        .replicate(
                                LOG,
                                AeronArchive.Configuration.CONTROL_STREAM_ID_DEFAULT,
                                control,
                                params);
            } catch (final ArchiveException refusal) {
                if (refusal.errorCode() != ArchiveException.ACTIVE_RECORDING) {
                    throw refusal; // else it began between the look and the request
                }
            }
        }
    }

    private boolean isBegun() {
        return node.client()
                        .listRecording(LOG, (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) -> {})
                > 0;
    }

    private int listen() throws IOException {
        int messages = 0;
        for (SocketAddress from = receive(); from != null; from = receive()) {
            final StandbyMessage message = StandbyMessage.parse(Sender.PRIMARY, key, buffer);
            if (message == null) {
                dropped++;
            } else if (side.take(message)) {
                heardNs = System.nanoTime();
                messages++;
            }
        }
        return messages;
    }

    private SocketAddress receive() throws IOException {
        buffer.clear();
        final SocketAddress from = link.receive(buffer);
        buffer.flip();
        return from;
    }

    private void report(final long nowNs) throws IOException {
        reportedNs = nowNs;
        reportedSequence = sequence();
        say(side.promise(reportedSequence, nowNs));
    }

    private void say(final StandbyMessage message) throws IOException {
        link.send(message.write(Sender.STANDBY, key, buffer), primary);
    }

    /** Last command that this box holds and has applied. */
    public long sequence() {
        return replica.engine().sequence();
    }

    /** Commands that the primary has recorded and this box has not. */
    public long lag() {
        return Math.max(0, side.primarySequence() - sequence());
    }

    /** Datagrams that the primary has not said under this folder's key. */
    public long dropped() {
        return dropped;
    }

    /** Why nothing is replicated, in words for the operator; empty while the primary is heard. */
    public String trouble() {
        if (System.nanoTime() - heardNs < SILENCE_NS) {
            return "";
        }
        return primary
                + " does not answer: it is down, or its standby.key is another ("
                + dropped
                + " datagrams dropped)"
                + (failure.isEmpty() ? "" : "; replication: " + failure);
    }

    /**
     * Takes over: makes no more promises, lets the last one run out, raises the epoch and says so.
     * After this the folder is a primary's.
     *
     * @return the new epoch
     */
    public long promote() throws IOException {
        while (!side.mayTakeOver(System.nanoTime())) {
            replica.poll(FRAMES);
            LockSupport.parkNanos(REPORT_NS / 50);
        }
        CloseHelper.close(node);
        while (replica.poll(FRAMES) > 0) {}
        final long epoch = side.takeOver();
        for (int i = 0; i < FAREWELLS; i++) {
            say(side.message(sequence()));
            LockSupport.parkNanos(REPORT_NS / 2);
        }
        return epoch;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(replica, node, link, lock);
    }
}
