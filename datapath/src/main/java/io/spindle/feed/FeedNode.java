package io.spindle.feed;

import io.spindle.codec.SessionId;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.journal.LogSync;
import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;
import io.spindle.log.RefillRings;
import io.spindle.net.Ports;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Replica;
import io.spindle.replica.SafeLine;
import io.spindle.replica.Snapshots;
import io.spindle.session.SessionDay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the feed process consists of: a replica, what it keeps, and the servers that give it away.
 *
 * <pre>
 *   recorded log ─▶ Replica ─┬▶ MarketStore ───────────────▶ RerequestServer   base + 20
 *                            ├▶ SnapshotImage ─────────────▶ StreamServer      base + 21
 *                            ├▶ OuchReports ─▶ DropCopy ───▶ StreamServer      base + 22
 *                            │                    ╰▶ SessionStreams ─▶ RefillServer ─▶ loop
 *                            ├▶ TradeFeed ─▶ ContractNotes ─▶ DATA/feed/trades/
 *                            ╰▶ Snapshots ─▶ DATA/snapshots/
 * </pre>
 *
 * <p><i>Called from</i> one thread.
 */
final class FeedNode implements AutoCloseable {
    private static final int FRAMES_PER_TURN = 8;

    private final SessionDay day = new SessionDay();
    private final MarketStore market;
    private final SessionStreams sessionStreams;
    private final DropCopy dropCopy;
    private final RefillRings refillRings;
    private final RefillServer refill;
    private final ContractNotes contractNotes;
    private final TradeFeed trades;
    private final SafeLine safe;
    private final Replica replica;
    private final TradingEngine engine;
    private final RerequestServer rerequests;
    private final StreamServer snapshotServer;
    private final StreamServer dropCopyServer;
    private final Snapshots snapshots;
    private final FolderRequest snapshotRequest;
    private final LogSync logSync;

    /**
     * @param keepSnapshots so many of those by schedule, and of those in front of a day
     */
    FeedNode(
            final DataFolder folder,
            final EngineConfig config,
            final InetAddress address,
            final Ports ports,
            final AckLevel ack,
            final int keepSnapshots)
            throws IOException {
        safe = new SafeLine(folder, ack);
        logSync = new LogSync(folder.archive());
        final Path keep = folder.path().resolve("feed");
        market = new MarketStore(keep);
        sessionStreams = new SessionStreams(keep.resolve("sessions"), day);
        dropCopy = new DropCopy(keep.resolve("firms"), day, sessionStreams);
        final OuchReports reports = new OuchReports(dropCopy, day);
        contractNotes = new ContractNotes(keep.resolve("trades"));
        trades = new TradeFeed(contractNotes);
        replica =
                new Replica(
                        folder,
                        config,
                        new OrderEventsTee(reports, trades),
                        market.feed(),
                        new DayTurner());
        engine = replica.engine();
        market.attach(engine);
        dropCopy.attach(engine.sessions());
        sessionStreams.attach(engine.sessions());
        reports.attach(engine);
        trades.attach(engine);
        rerequests =
                new RerequestServer(
                        new InetSocketAddress(address, ports.rerequest()), market.days());
        snapshotServer =
                new StreamServer(
                        new InetSocketAddress(address, ports.snapshot()),
                        engine.sessions(),
                        day,
                        true,
                        session -> image());
        dropCopyServer =
                new StreamServer(
                        new InetSocketAddress(address, ports.dropCopy()),
                        engine.sessions(),
                        day,
                        false,
                        dropCopy::of);
        refillRings = RefillRings.open(folder);
        refill = new RefillServer(refillRings, engine.sessions(), sessionStreams, day);
        snapshots =
                new Snapshots(
                                folder.snapshots(),
                                Snapshots.EVERY_COMMANDS,
                                Snapshots.EVERY_NS,
                                keepSnapshots)
                        .resume();
        replica.beforeDay(this::takeDaySnapshot);
        snapshotRequest = FolderRequest.snapshot(folder);
    }

    /** One turn. Returns the number of things done; 0 = an idle turn. */
    int doWork(final long nowNs) throws IOException {
        int work = replica.poll(FRAMES_PER_TURN, safe.sequence());
        market.store();
        contractNotes.flush();
        work += refill.poll();
        work += rerequests.poll(nowNs);
        work += snapshotServer.poll(nowNs);
        work += dropCopyServer.poll(nowNs);
        if (replica.alarm().isEmpty()
                && (snapshots.isDue(engine, nowNs) || snapshotRequest.isMade(nowNs))) {
            takeSnapshot(nowNs);
            work++;
        }
        return work;
    }

    private void takeSnapshot(final long nowNs) throws IOException {
        market.sync();
        logSync.force();
        snapshots.write(engine, nowNs);
        snapshotRequest.granted();
    }

    /** The first day needs none: the log before it is configuration. */
    private void takeDaySnapshot() {
        if (engine.date() != 0) {
            try {
                market.sync();
                logSync.force();
                snapshots.writeBeforeDay(engine);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Why the replica has stopped for good, if it has; what it has is served all the same. */
    Optional<String> alarm() {
        return replica.alarm();
    }

    /** What the servers have counted so far, as one line. */
    String counters() {
        return "re-requests %d served, %d refused; snapshots %s; drop copies %s"
                .formatted(
                        rerequests.served(),
                        rerequests.refused(),
                        counters(snapshotServer),
                        counters(dropCopyServer));
    }

    private static String counters(final StreamServer server) {
        return "%d logins turned away, %d datagrams unsent"
                .formatted(server.turnedAway(), server.unsent());
    }

    /** Of the replica's engine. */
    long stateHash() {
        return engine.stateHash();
    }

    /** Sequence of the last command applied. */
    long sequence() {
        return engine.sequence();
    }

    @Override
    public void close() throws IOException {
        rerequests.close();
        snapshotServer.close();
        dropCopyServer.close();
        replica.close();
        safe.close();
        market.close();
        dropCopy.close();
        sessionStreams.close();
        refillRings.close();
        contractNotes.close();
    }

    private SnapshotImage image() {
        return new SnapshotImage(engine, day.timestampNs(engine.timeNs()), market.nextSequence());
    }

    /** A new day of the log is a new session: new files, and receivers log in again. */
    private final class DayTurner extends NoEvents {
        @Override
        public void onDayStart(final int date, final int epoch) {
            dropCopyServer.endDay();
            snapshotServer.endDay();
            dropCopy.close();
            sessionStreams.close();
            refill.endDay();
            day.start(date, epoch);
            market.startDay(date, epoch);
            trades.startDay(SessionId.text(day.head(), day.tail()));
        }
    }
}
