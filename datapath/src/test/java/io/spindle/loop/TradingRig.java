package io.spindle.loop;

import io.spindle.log.AckLevel;
import io.spindle.log.AnswerRing;
import io.spindle.log.CommandHandler;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;
import io.spindle.nic.NicQueue;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.SnapshotWriter;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SessionDownEncoder;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A trading loop on a simulated network in virtual time, over a real log ring. */
final class TradingRig implements AutoCloseable {
    static final int SERVER_ADDRESS = 0x0A000001;
    static final int CLIENT_ADDRESS = 0x0A000002;
    static final int PORT = 26400;
    static final long SERVER_MAC = 0x0200_0000_0000L | SERVER_ADDRESS;
    static final int DATE = 20261120;
    static final long MIDNIGHT_NS = 1_795_132_800_000_000_000L;
    static final long STEP_NS = 100_000;
    static final int LOG_BYTES = 1 << 22;
    static final int STORE_BYTES = 1 << 18;
    static final long MAX_WAIT_NS = 10_000_000;

    final SimNetwork network;
    final NicQueue nic;
    final LoopCounters counters;
    final RingFile logFile;
    final LogRing log;
    TradingLoop loop;
    final ControlRing control;
    final AnswerRing.Reader answers;

    /** Checkpoints that were recorded. */
    long checkpoints;

    private final List<SimClient> clients = new ArrayList<>();
    private final DataFolder folder;
    private final RingFile controlFile;
    private final RingFile answerFile;
    final RefillRings refill;
    private final RingReader recorder;
    private final CommandHandler recorded = this::count;
    private final MessageHeaderDecoder recordedHeader = new MessageHeaderDecoder();
    private final AckLevel ack;
    private Lease lease = Lease.none();
    private boolean recording;

    TradingRig(final Path path) {
        this(path, 1, SimFaults.NONE);
    }

    TradingRig(final Path path, final long seed, final SimFaults faults) {
        this(path, new SimNetwork(seed, faults), null, true, AckLevel.RING);
    }

    /** Keeps the whole log in the ring, so that {@link #restart} can replay it. */
    static TradingRig unrecorded(final Path path, final long seed, final SimFaults faults) {
        return new TradingRig(path, new SimNetwork(seed, faults), null, false, AckLevel.RING);
    }

    /** Answers wait until their commands are recorded. */
    static TradingRig synced(final Path path) {
        return new TradingRig(path, new SimNetwork(1, SimFaults.NONE), null, true, AckLevel.SYNCED);
    }

    /** The loop on a queue of one's own; time is still the network's. */
    TradingRig(final Path path, final SimNetwork network, final NicQueue queue) {
        this(path, network, queue, true, AckLevel.RING);
    }

    /** It has a standby, which has promised to wait until {@link #promise} says otherwise. */
    static TradingRig leased(final Path path, final SimNetwork network, final NicQueue queue) {
        final TradingRig rig = new TradingRig(path, network, queue, false, AckLevel.RING);
        rig.lease = Lease.in(rig.log);
        rig.promise(Long.MAX_VALUE);
        rig.restart();
        return rig;
    }

    /** Until when the standby does not take over. */
    void promise(final long untilNs) {
        recorder.leaseNs(untilNs);
    }

    private TradingRig(
            final Path path,
            final SimNetwork network,
            final NicQueue queue,
            final boolean recording,
            final AckLevel ack) {
        try {
            this.recording = recording;
            this.ack = ack;
            this.network = network;
            nic = queue == null ? network.attach(SERVER_ADDRESS, PORT, 1024) : queue;
            folder = new DataFolder(path).create();
            logFile =
                    RingFile.create(
                            folder.logRing(),
                            LOG_BYTES,
                            LogRing.MAX_COMMAND,
                            RingOwner.of(folder),
                            0,
                            0);
            log = logFile.writer();
            recorder = logFile.reader();
            controlFile = ControlRing.openFile(folder);
            answerFile = AnswerRing.openFile(folder);
            refill = RefillRings.open(folder);
            control = ControlRing.open(folder);
            answers = AnswerRing.Reader.of(answerFile);
            counters = LoopCounters.create(folder.counters());
            loop = newLoop();
            SampleMarket.write(this::append);
            startDay(DATE, 1);
            log.poll(loop, Integer.MAX_VALUE);
            loop.open();
            run(2);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TradingLoop newLoop() {
        final LogClock clock =
                new LogClock(network::nowNs, () -> MIDNIGHT_NS + 1_000 + network.nowNs());
        return new TradingLoop(
                new LoopContext(
                        nic,
                        log,
                        controlFile.reader(),
                        AnswerRing.writer(answerFile),
                        clock,
                        EngineConfig.small(),
                        STORE_BYTES,
                        counters,
                        MAX_WAIT_NS,
                        refill,
                        ack,
                        lease));
    }

    /**
     * A killed process and the next one: all state but the log is gone. Nothing may have been
     * recorded, since only the ring is replayed.
     */
    void restart() {
        loop = newLoop();
        replay();
    }

    /** The same behind a snapshot of what the killed process held. */
    void restartFromSnapshot() throws IOException {
        final Path file = new SnapshotWriter().write(loop.engine(), folder.snapshots());
        loop = newLoop();
        new SnapshotReader().read(file, loop.engine());
        loop.resume();
        replay();
    }

    private void replay() {
        log.offerAbove(loop.engine().sequence());
        while (log.poll(loop, Integer.MAX_VALUE) > 0) {}
        loop.open();
    }

    TradingEngine engine() {
        return loop.engine();
    }

    /** Puts a command straight into the log. */
    void append(final DirectBuffer buffer, final int offset, final int length) {
        final int claim = log.claim(length, true);
        log.buffer().putBytes(claim, buffer, offset, length);
        log.commit(length, MIDNIGHT_NS);
    }

    void startDay(final int date, final int epoch) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, header).date(date).epoch((short) epoch);
        append(buffer, 0, header.encodedLength() + day.encodedLength());
    }

    /** The log says that a session is down, which nobody told its client. */
    void down(final int session) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final SessionDownEncoder down = new SessionDownEncoder();
        down.wrapAndApplyHeader(buffer, 0, header).session(session).reason((short) 0);
        append(buffer, 0, header.encodedLength() + down.encodedLength());
    }

    SimClient client(final int number) {
        return client(number, SampleMarket.session(number), SampleMarket.PASSWORD);
    }

    SimClient client(final int number, final String username, final String password) {
        final SimClient client = new SimClient(this, 40_000 + number, username, password);
        clients.add(client);
        return client;
    }

    long nowNs() {
        return network.nowNs();
    }

    /** Fills the log with commands of no effect until it has no room for this kind. */
    void fillLog(final boolean reserved) {
        recording = false;
        while (log.claim(64, reserved) >= 0) {
            log.abort();
            append(FillerCommand.query(90), 0, FillerCommand.LENGTH);
            log.poll(loop, 1);
        }
    }

    /** Stops giving log space back, as a dead journaller would. */
    void recording(final boolean now) {
        recording = now;
    }

    void run(final int turns) {
        for (int i = 0; i < turns; i++) {
            network.advanceTo(network.nowNs() + STEP_NS);
            for (final SimClient client : clients) {
                client.poll();
            }
            loop.doWork();
            if (recording) {
                record();
            }
        }
    }

    /** Turns of the server only: clients stay mute. */
    void runServer(final long durationNs, final long stepNs) {
        for (long passedNs = 0; passedNs < durationNs; passedNs += stepNs) {
            network.advanceTo(network.nowNs() + stepNs);
            loop.doWork();
            record();
        }
    }

    void runFor(final long durationNs) {
        run((int) (durationNs / STEP_NS));
    }

    /** Gives log space back, as the journaller does. */
    void record() {
        while (recorder.poll(recorded, 1024) > 0) {}
        recorder.release(recorder.sequence(), recorder.position());
    }

    private void count(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (recordedHeader.wrap(buffer, offset).templateId() == CheckpointDecoder.TEMPLATE_ID) {
            checkpoints++;
        }
    }

    @Override
    public void close() {
        try {
            nic.close();
            control.close();
            controlFile.close();
            answerFile.close();
            refill.close();
            logFile.close();
            counters.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }
}
