package io.spindle.simulation;

import io.spindle.journal.LogCursor;
import io.spindle.journal.SimRecorder;
import io.spindle.log.AckLevel;
import io.spindle.log.AnswerRing;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.loop.Lease;
import io.spindle.loop.LogClock;
import io.spindle.loop.LoopContext;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.loop.TradingLoop;
import io.spindle.nic.NicQueue;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.OpenLog;
import io.spindle.replica.Replica;
import io.spindle.replica.SafeLine;
import io.spindle.replica.Snapshots;
import io.spindle.sim.SimNetwork;
import io.spindle.trading.Bootstrap;
import io.spindle.trading.Recovery;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One box: the processes of an appliance on one thread, each of which may die by itself. */
final class SimAppliance implements AutoCloseable {
    static final int SERVER_ADDRESS = 0x0A000001;
    static final int CLIENT_ADDRESS = 0x0A000002;
    static final int PORT = 26_400;
    static final int SUCCESSOR_ADDRESS = 0x0A000003;
    static final EngineConfig ENGINE = EngineConfig.small();

    /** Noon, so that a step of an hour stays within the day. */
    static final long START_NS = TimeUnit.SECONDS.toNanos(1_795_176_000L);

    private static final int RING_BYTES = 1 << 18;
    private static final int MAX_COMMAND = 1024;
    private static final int STORE_BYTES = 1 << 18;
    private static final int FRAMES = 64;
    private static final long MAX_WAIT_NS = TimeUnit.SECONDS.toNanos(1);

    final DataFolder folder;
    final CrashPlan tradingDeath = new CrashPlan();
    final CrashPlan mediaDeath = new CrashPlan();
    private final SimNetwork network;
    private final SimDisk disk;
    private final SimPlan plan;
    private final Canary canary;
    private final int address;
    private final Deque<AutoCloseable> ofTrading = new ArrayDeque<>();
    private OpenLog log;
    private TradingLoop loop;
    private LoopCounters counters;
    private SimRecorder recorder;
    private Replica replica;
    private SafeLine safe;
    private Snapshots snapshots;
    private long utcOffsetNs;

    SimAppliance(
            final Path path,
            final SimNetwork network,
            final SimDisk disk,
            final SimPlan plan,
            final Canary canary,
            final int address)
            throws IOException {
        this.address = address;
        this.folder = new DataFolder(path).create();
        this.network = network;
        this.disk = disk;
        this.plan = plan;
        this.canary = canary;
    }

    /**
     * Starts the trading process: all of recovery.
     *
     * @param stepsToDeath steps of recovery after which it dies, 0 = it does not
     */
    void startTrading(final int stepsToDeath) throws IOException {
        tradingDeath.disarm();
        if (stepsToDeath > 0) {
            tradingDeath.arm(CrashPoint.RECOVERING, stepsToDeath);
        }
        log = OpenLog.open(folder, RING_BYTES, MAX_COMMAND);
        ofTrading.push(log);
        final RingFile requests = trading(ControlRing.openFile(folder));
        final RingFile answers = trading(AnswerRing.openFile(folder));
        final NicQueue nic = trading(network.attach(address, PORT, 1024));
        counters = trading(LoopCounters.create(folder.counters()));
        loop =
                new TradingLoop(
                        new LoopContext(
                                new CrashingQueue(nic, tradingDeath),
                                new CrashingLog(log.ring(), tradingDeath),
                                requests.reader(),
                                AnswerRing.writer(answers),
                                new LogClock(network::nowNs, this::utcNs),
                                ENGINE,
                                STORE_BYTES,
                                counters,
                                MAX_WAIT_NS,
                                trading(RefillRings.open(folder)),
                                canary == Canary.ANSWERS_TOO_EARLY ? AckLevel.RING : plan.ack(),
                                plan.ack() == AckLevel.REPLICATED
                                        ? Lease.in(log.ring())
                                        : Lease.none()));
        final Recovery recovery =
                new Recovery(log, loop, sequence -> tradingDeath.pass(CrashPoint.RECOVERING));
        recovery.readSnapshot(folder, line -> {});
        recovery.replay();
        recovery.begin(new Bootstrap.Sample(), Instant.ofEpochSecond(0, utcNs()));
        tradingDeath.disarm();
        loop.open();
    }

    private <T extends AutoCloseable> T trading(final T resource) {
        ofTrading.push(resource);
        return resource;
    }

    static long macOf(final int address) {
        return 0x0200_0000_0000L | address;
    }

    int address() {
        return address;
    }

    boolean isTrading() {
        return loop != null;
    }

    void turn() {
        loop.doWork();
    }

    TradingEngine engine() {
        return loop.engine();
    }

    void killTrading() {
        loop = null;
        CloseHelper.closeAll(ofTrading);
        ofTrading.clear();
    }

    void startMedia() throws IOException {
        if (Files.exists(folder.logRing())) {
            mediaDeath.disarm();
            recorder =
                    new SimRecorder(
                            folder,
                            disk,
                            mediaDeath,
                            plan.ack() == AckLevel.SYNCED,
                            canary == Canary.RELEASES_TOO_EARLY);
        }
    }

    boolean isRecording() {
        return recorder != null;
    }

    void record(final long writeNs) throws IOException {
        recorder.step(network.nowNs(), writeNs);
    }

    /** End of what the recording has for sure, in bytes; 0 while nobody records. */
    long recorded() {
        return recorder == null ? 0 : recorder.recorded();
    }

    void killMedia() {
        CloseHelper.close(recorder);
        recorder = null;
    }

    /**
     * One turn of the snapshotter: the real replica and the real writer.
     *
     * @return true if a snapshot was written
     */
    boolean snapshot() throws IOException {
        if (replica == null) {
            replica = Replica.ofState(folder, ENGINE, Long.MAX_VALUE);
            safe = new SafeLine(folder, plan.ack());
            snapshots = new Snapshots(folder.snapshots(), plan.snapshotEvery(), Long.MAX_VALUE, 3);
        }
        replica.poll(FRAMES, safe.sequence());
        if (replica.alarm().isPresent()) {
            throw new Violation("the replica stopped: " + replica.alarm().get());
        }
        if (!snapshots.isDue(replica.engine(), network.nowNs())) {
            return false;
        }
        if (canary != Canary.SNAPSHOTS_BEFORE_THE_LOG_IS_ON_DISK) {
            disk.sync();
        }
        snapshots.write(replica.engine(), network.nowNs());
        return true;
    }

    void killSnapshotter() throws IOException {
        CloseHelper.closeAll(replica, safe);
        replica = null;
        safe = null;
    }

    /** Everything dies and memory with it; the disk keeps what it keeps. */
    void losePower() throws IOException {
        killTrading();
        killMedia();
        killSnapshotter();
        disk.losePower();
        Files.deleteIfExists(folder.logRing());
        checkSnapshots();
    }

    /** What a snapshot stands for is on the disk: a shorter log could not go on from it. */
    private void checkSnapshots() throws IOException {
        final List<Path> newestFirst = SnapshotReader.list(folder.snapshots());
        if (!newestFirst.isEmpty()) {
            final String name = newestFirst.getFirst().getFileName().toString();
            final long snapshot = Long.parseLong(name.substring(0, name.indexOf('.')));
            try (LogCursor log = new LogCursor(folder.archive(), 0)) {
                while (log.poll((sequence, timeNs, buffer, offset, length) -> {}, FRAMES) > 0) {}
                if (log.sequence() < snapshot) {
                    throw new Violation(
                            "a snapshot of sequence %d outlived the log, whole up to %d"
                                    .formatted(snapshot, log.sequence()));
                }
            }
        }
    }

    long utcNs() {
        return START_NS + network.nowNs() + utcOffsetNs;
    }

    void stepUtc(final long byNs) {
        utcOffsetNs += byNs;
    }

    /** True if this life of the loop was asked for reports that it has no more. */
    boolean hasForgottenReports() {
        return counters.get(LoopCounter.RETRANSMITS_TOO_OLD) > 0;
    }

    /** Bytes that only the ring has. */
    long backlog() {
        return log.ring().backlog();
    }

    @Override
    public void close() throws IOException {
        killTrading();
        killMedia();
        killSnapshotter();
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }
}
