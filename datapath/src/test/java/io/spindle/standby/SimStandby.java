package io.spindle.standby;

import io.spindle.journal.LogEnd;
import io.spindle.journal.SimRecorder;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.RingFile;
import io.spindle.oms.EngineConfig;
import io.spindle.replica.Replica;
import io.spindle.standby.StandbyMessage.Sender;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A standby and the wire to its primary in a simulation: the real rules of both ends, the real
 * messages and key and the real replica; in place of Aeron's replication a copy of the recording
 * that lags, and in place of sockets a list of datagrams that are lost, late, doubled, altered and
 * said again by a stranger. The standby's clock runs up to four percent fast or slow.
 */
public final class SimStandby implements AutoCloseable {
    private static final int FRAME_ALIGNMENT = 32;
    private static final int FRAMES = 64;
    private static final int REMEMBERED = 200;
    private static final long REPORT_NS = 50_000_000L;
    private static final long LONGEST_WAY_NS = 2_000_000L;
    private static final StandbyKey KEY = new StandbyKey(new byte[] {5});

    private record Datagram(long dueNs, Sender sender, byte[] bytes) {}

    private final SplittableRandom random;
    private final DataFolder ours;
    private final DataFolder theirs;
    private final ByteBuffer buffer = StandbyMessage.newBuffer();
    private final List<Datagram> wire = new ArrayList<>();
    private final List<Datagram> overheard = new ArrayList<>();
    private final StandbySide side;
    private final Replica replica;
    private final int clockPercent;
    private PrimarySide primary;
    private RingFile ring;
    private long copied;
    private long reportedSequence = -1;
    private long reportedNs;
    private boolean cut;
    private boolean promoted;
    private boolean silent;
    private long forged;

    /**
     * @param ours the primary's folder
     * @param theirs the standby's
     */
    public SimStandby(
            final DataFolder ours,
            final DataFolder theirs,
            final EngineConfig config,
            final SplittableRandom random)
            throws IOException {
        this.ours = ours;
        this.theirs = theirs.create();
        this.random = random;
        clockPercent = random.nextInt(-4, 5);
        side = new StandbySide(theirs, random.nextLong(), 0);
        replica = Replica.ofState(theirs, config, Long.MAX_VALUE);
    }

    /** The primary's media process has begun. */
    public void primaryBegins() throws IOException {
        ring = RingFile.open(ours.logRing());
        final long recorded = LogEnd.of(ours.archive()).sequence();
        primary = new PrimarySide(ours, recorded, random.nextLong());
    }

    /** It is gone. */
    public void primaryEnds() {
        CloseHelper.close(ring);
        ring = null;
        primary = null;
    }

    /** Whether datagrams and the recording reach nobody. */
    public void cut(final boolean now) {
        cut = now;
    }

    /** No more promises from now on. */
    public void fallSilent() {
        silent = true;
    }

    /** True once the last promise has run out. */
    public boolean mayTakeOver(final long nowNs) {
        return silent && side.mayTakeOver(clock(nowNs));
    }

    private long clock(final long nowNs) {
        return nowNs + nowNs / 100 * clockPercent;
    }

    /** Raises the epoch; what of the recording is here is the log from now on. */
    public void takeOver() throws IOException {
        while (replica.poll(FRAMES) > 0) {}
        side.takeOver();
        promoted = true;
    }

    /**
     * One turn of the standby.
     *
     * @param recorded end of the primary's recording, 0 while it does not record
     */
    public void turn(final long nowNs, final long recorded) throws IOException {
        if (!promoted) {
            if (!cut) {
                copy(recorded);
            }
            replica.poll(FRAMES);
            if (replica.alarm().isPresent()) {
                throw new AssertionError("the standby stopped: " + replica.alarm().get());
            }
        }
        deliver(nowNs, Sender.PRIMARY);
        final boolean due =
                replica.engine().sequence() != reportedSequence
                        || clock(nowNs) - reportedNs > REPORT_NS;
        if (due && (promoted || !silent)) {
            reportedNs = clock(nowNs);
            reportedSequence = replica.engine().sequence();
            final StandbyMessage message =
                    promoted
                            ? side.message(reportedSequence)
                            : side.promise(reportedSequence, reportedNs);
            say(Sender.STANDBY, message, nowNs);
        }
    }

    /**
     * One turn of the primary's end.
     *
     * @throws LogDamaged if the standby has taken over
     */
    public void primaryTurn(final long nowNs) throws IOException {
        if (primary != null) {
            deliver(nowNs, Sender.STANDBY);
        }
    }

    private void copy(final long recorded) throws IOException {
        final long most = Math.min(recorded - copied, 1 + random.nextInt(1 << 14));
        for (long left = most / FRAME_ALIGNMENT * FRAME_ALIGNMENT; left > 0; ) {
            final Path from = SimRecorder.segment(ours.archive(), copied);
            final Path to = SimRecorder.segment(theirs.archive(), copied);
            final long offset = copied % SimRecorder.SEGMENT;
            final int length = (int) Math.min(left, SimRecorder.SEGMENT - offset);
            final ByteBuffer bytes = ByteBuffer.allocate(length);
            try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                    FileChannel sink =
                            FileChannel.open(
                                    to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (sink.size() == 0) {
                    sink.write(ByteBuffer.allocate(SimRecorder.SEGMENT), 0);
                }
                source.read(bytes, offset);
                sink.write(bytes.flip(), offset);
            }
            copied += length;
            left -= length;
        }
    }

    private void say(final Sender sender, final StandbyMessage message, final long nowNs) {
        final byte[] bytes = new byte[StandbyMessage.LENGTH];
        message.write(sender, KEY, buffer).get(bytes);
        overheard.add(new Datagram(0, sender, bytes));
        if (overheard.size() > REMEMBERED) {
            overheard.remove(random.nextInt(REMEMBERED));
        }
        for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
            if (!cut && random.nextInt(20) != 0) {
                wire.add(new Datagram(nowNs + random.nextLong(LONGEST_WAY_NS), sender, bytes));
            }
        }
        if (random.nextInt(10) == 0) {
            strange(nowNs);
        }
    }

    /** A stranger says something again, to either end, as it was or with a bit changed. */
    private void strange(final long nowNs) {
        final Datagram old = overheard.get(random.nextInt(overheard.size()));
        final byte[] bytes = old.bytes.clone();
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        final Sender to = random.nextBoolean() ? Sender.STANDBY : Sender.PRIMARY;
        wire.add(new Datagram(nowNs + random.nextLong(LONGEST_WAY_NS), to, bytes));
        forged++;
    }

    private void deliver(final long nowNs, final Sender from) throws IOException {
        for (int i = 0; i < wire.size(); i++) {
            final Datagram datagram = wire.get(i);
            if (datagram.sender == from && datagram.dueNs <= nowNs) {
                wire.remove(i--);
                final StandbyMessage message =
                        StandbyMessage.parse(
                                from,
                                KEY,
                                ByteBuffer.wrap(datagram.bytes).order(ByteOrder.LITTLE_ENDIAN));
                if (message != null) {
                    take(from, message, nowNs);
                }
            }
        }
    }

    private void take(final Sender from, final StandbyMessage message, final long nowNs)
            throws IOException {
        if (from == Sender.PRIMARY) {
            side.take(message);
        } else {
            final StandbyMessage answer = primary.take(message, ring.reader(), nowNs);
            if (answer != null) {
                say(Sender.PRIMARY, answer, nowNs);
            }
        }
    }

    /** Datagrams of the stranger. */
    public long forged() {
        return forged;
    }

    @Override
    public void close() throws IOException {
        primaryEnds();
        replica.close();
        IoUtil.delete(theirs.sharedMemory().toFile(), true);
    }
}
