package io.spindle.journal;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.spindle.log.DataFolder;
import io.spindle.log.Refusal;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;
import io.spindle.simulation.CrashPlan;
import io.spindle.simulation.CrashPoint;
import io.spindle.simulation.SimCrash;
import io.spindle.simulation.SimDisk;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The media process of a simulation: the real end finder, drain, packer and chain, and in place of
 * Aeron a writer of the same files that takes its time and may die in the middle.
 */
public final class SimRecorder implements AutoCloseable {
    private static final int TERM = 1 << 15;

    /** Bytes of a segment's file. */
    public static final int SEGMENT = 1 << 17;

    private static final int FRAME = 1 << 12;
    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;
    private static final byte UNFRAGMENTED = (byte) 0xC0;

    private final Path archive;
    private final SimDisk disk;
    private final CrashPlan crashes;
    private final boolean synced;
    private final boolean releaseEarly;
    private final RingFile file;
    private final RingReader ring;
    private final RingDrain drain;
    private final DataHeaderFlyweight header = new DataHeaderFlyweight();
    private final ByteBuffer bytes = ByteBuffer.allocate(FRAME + HEADER);
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private long position;
    private long recorded;
    private long dueNs;

    /**
     * @param synced recorded means synced
     * @param releaseEarly a bug on purpose: what was sent counts as recorded
     */
    public SimRecorder(
            final DataFolder folder,
            final SimDisk disk,
            final CrashPlan crashes,
            final boolean synced,
            final boolean releaseEarly)
            throws IOException {
        this.archive = folder.archive();
        this.disk = disk;
        this.crashes = crashes;
        this.synced = synced;
        this.releaseEarly = releaseEarly;
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        final LogEnd end = LogEnd.of(archive);
        end.mend();
        position = end.position();
        recorded = position;
        file = RingFile.open(folder.logRing());
        ring = file.reader();
        try {
            drain = new RingDrain(ring, FRAME, end, 1);
        } catch (final RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * One turn: finishes the write under way once its time has come, and begins another.
     *
     * @param writeNs how long the disk takes for a write begun now
     */
    public void step(final long nowNs, final long writeNs) throws IOException {
        crashes.pass(CrashPoint.BETWEEN_STEPS);
        if (nowNs < dueNs) {
            return;
        }
        if (synced) {
            disk.sync();
        }
        recorded = position;
        crashes.pass(CrashPoint.FRAME_RECORDED);
        drain.recorded(recorded);
        if (disk.isFull()) {
            ring.refusal(Refusal.NOT_RECORDING);
            return;
        }
        ring.refusal(Refusal.NONE);
        final int length = drain.pack();
        if (length > 0) {
            write(length);
            drain.sent(position);
            dueNs = nowNs + writeNs;
            if (releaseEarly) {
                drain.recorded(position);
            }
        }
    }

    /** End of what was recorded, in bytes. */
    public long recorded() {
        return recorded;
    }

    /** Where a byte of the recording lies. */
    public static Path segment(final Path archive, final long position) {
        return archive.resolve("0-" + position / SEGMENT * SEGMENT + ".rec");
    }

    private void write(final int length) throws IOException {
        final int whole = BitUtil.align(HEADER + length, HEADER);
        final int termOffset = (int) (position % TERM);
        if (termOffset + whole > TERM) {
            put(HeaderFlyweight.HDR_TYPE_PAD, TERM - termOffset, 0);
            position += TERM - termOffset;
        }
        view.putBytes(HEADER, drain.frame(), 0, length);
        put(HeaderFlyweight.HDR_TYPE_DATA, HEADER + length, length);
        position += whole;
        crashes.pass(CrashPoint.FRAME_WRITTEN);
    }

    private void put(final int type, final int frameLength, final int payload) throws IOException {
        final long base = position / SEGMENT * SEGMENT;
        final Path segment = segment(archive, position);
        if (!Files.exists(segment)) {
            disk.allocate(segment, SEGMENT);
            crashes.pass(CrashPoint.SEGMENT_MADE);
        }
        header.wrap(view, 0, HEADER);
        header.frameLength(frameLength);
        header.version(HeaderFlyweight.CURRENT_VERSION);
        header.flags(UNFRAGMENTED);
        header.headerType(type);
        header.termOffset((int) (position % TERM))
                .sessionId(1)
                .streamId(JournalConfig.STREAM_ID)
                .termId((int) (position / TERM));
        header.reservedValue(0);
        int length = HEADER + payload;
        final boolean torn = payload > 0 && crashes.isDue(CrashPoint.FRAME_TORN);
        if (torn) {
            length /= 2;
        }
        disk.write(segment, position - base, bytes.duplicate().position(0).limit(length));
        if (torn) {
            throw new SimCrash(CrashPoint.FRAME_TORN);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
