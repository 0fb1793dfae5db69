package io.spindle.feed;

import io.spindle.log.DataFolder;
import io.spindle.net.Ports;
import io.spindle.oms.EngineConfig;
import io.spindle.replica.NoEvents;
import io.spindle.replica.Replica;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What the feed process consists of: a replica, what it keeps, and the servers that give it away.
 *
 * <pre>
 *   recorded log ─▶ Replica ─▶ MarketStore ─▶ RerequestServer     base + 20
 *                      │
 *                      ╰──▶ SnapshotSchedule ─▶ DATA/snapshots/
 * </pre>
 *
 * <p><i>Called from</i> one thread.
 */
final class FeedNode implements AutoCloseable {
    private static final int FRAMES_PER_TURN = 8;

    private final MarketStore market;
    private final RerequestServer rerequests;
    private final Replica replica;
    private final SnapshotSchedule snapshots;

    FeedNode(
            final DataFolder folder,
            final EngineConfig engine,
            final InetAddress address,
            final Ports ports,
            final long nowNs) {
        market = new MarketStore(folder.path().resolve("feed"));
        rerequests =
                new RerequestServer(
                        new InetSocketAddress(address, ports.rerequest()), market.days());
        replica = new Replica(folder, engine, new NoEvents(), market.feed(), new DayTurner());
        market.attach(replica.engine());
        snapshots = new SnapshotSchedule(folder.snapshots(), nowNs);
    }

    /** One turn. Returns the number of things done; 0 = an idle turn. */
    int doWork(final long nowNs) throws IOException {
        int work = replica.poll(FRAMES_PER_TURN);
        market.store();
        work += rerequests.poll(nowNs);
        if (replica.alarm().isEmpty() && snapshots.isDue(replica.engine(), nowNs)) {
            market.sync();
            snapshots.take(replica.engine(), nowNs);
            work++;
        }
        return work;
    }

    /** Why the replica has stopped for good, if it has; what it has is served all the same. */
    Optional<String> alarm() {
        return replica.alarm();
    }

    /** Sequence of the last command applied. */
    long sequence() {
        return replica.engine().sequence();
    }

    @Override
    public void close() throws IOException {
        rerequests.close();
        replica.close();
        market.close();
    }

    /** A new day of the log is a new file. */
    private final class DayTurner extends NoEvents {
        @Override
        public void onDayStart(final int date, final int epoch) {
            market.startDay(date, epoch);
        }
    }
}
