package io.spindle.journal;

import static io.spindle.journal.JournalFrame.*;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.CommandHandler;
import io.spindle.log.LogDamaged;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads the recorded log where it lies, from any sequence on, and follows it as it grows. A frame
 * counts when it is whole; what is torn at the tail is "not yet". Sequences that were seen are
 * dropped, a gap is {@link LogDamaged}.
 *
 * <p>It reads files, not Aeron: it works with media dead, can neither slow nor block a writer, and
 * does not notice when the media process restarts. One thread.
 */
public final class LogCursor implements AutoCloseable {
    /** Twice the largest Aeron frame at least; reads grow to this while there is much to read. */
    private static final int CHUNK = 1 << 20;

    private static final int SMALLEST_READ = 4096;
    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;

    private final Path archive;
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer view = new UnsafeBuffer(chunk);
    private final CRC32C crc = new CRC32C();
    private FileChannel channel;
    private Segment segment;
    private long segmentLength;
    private long chunkOffset;
    private int chunkLength;
    private int readLength = CHUNK;
    private long position;
    private long sequence;
    private long paddingFrom;
    private long paddingTo;

    /**
     * @param archive the Archive's folder
     * @param after the sequence after which to begin, 0 for all
     */
    public LogCursor(final Path archive, final long after) {
        this.archive = archive;
        this.sequence = after;
    }

    /** A cursor at the first frame there is, whatever its sequence. */
    static LogCursor atFirstSegment(final Path archive) throws IOException {
        return at(archive, Segment.list(archive));
    }

    /** A cursor at the last file that begins with a whole frame: the quick way to the log's end. */
    static LogCursor atLastSegment(final Path archive) throws IOException {
        for (final Segment candidate : Segment.list(archive).reversed()) {
            final LogCursor cursor = at(archive, List.of(candidate));
            if (cursor.segment != null && cursor.nextFrame()) {
                return cursor;
            }
            cursor.close();
        }
        return new LogCursor(archive, 0);
    }

    private static LogCursor at(final Path archive, final List<Segment> segments)
            throws IOException {
        final LogCursor cursor = new LogCursor(archive, 0);
        for (final Segment candidate : segments) {
            final long first = candidate.firstSequence();
            if (first != Long.MAX_VALUE && cursor.open(candidate)) {
                cursor.sequence = first - 1;
                return cursor;
            }
        }
        return cursor;
    }

    /** Takes a whole frame, {@link JournalFrame}, in memory that is valid during the call. */
    @FunctionalInterface
    interface FrameHandler {
        void onFrame(UnsafeBuffer view, ByteBuffer bytes, int frame, int length);
    }

    /**
     * Hands over the commands of up to {@code frameLimit} frames.
     *
     * @return number of commands; 0 when there are no more whole frames for now
     */
    public int poll(final CommandHandler handler, final int frameLimit) {
        return poll(handler, frameLimit, Long.MAX_VALUE);
    }

    /** The same, as far as whole frames go that end at or below a sequence. */
    public int poll(final CommandHandler handler, final int frameLimit, final long upTo) {
        int commands = 0;
        for (int frames = 0; frames < frameLimit && nextFrame(); frames++) {
            if (lastSequence(view, frameOffset() + HEADER) > upTo) {
                break;
            }
            commands += hand(handler, frameOffset() + HEADER);
            position += frameAlignedLength();
        }
        return commands;
    }

    /** The same by frames; the handler sees frames that begin above the sequence only. */
    int pollFrames(final FrameHandler handler, final int frameLimit) {
        int frames = 0;
        while (frames < frameLimit && nextFrame()) {
            final int frame = frameOffset() + HEADER;
            handler.onFrame(view, chunk, frame, view.getInt(frameOffset()) - HEADER);
            hand((number, time, buffer, offset, length) -> {}, frame);
            position += frameAlignedLength();
            frames++;
        }
        return frames;
    }

    private boolean nextFrame() {
        try {
            return toFrame();
        } catch (final IOException e) {
            throw new UncheckedIOException("reading the log in " + archive, e);
        }
    }

    /**
     * Says that this cursor has come to the log's end and not to damage in front of more.
     *
     * @return false if the log has grown meanwhile: poll again
     * @throws LogDamaged if a later frame lies behind one that cannot be read
     */
    public boolean isAtEnd() throws IOException {
        final LogTail tail = LogTail.at(archive, position, sequence);
        if (nextFrame()) {
            return false;
        }
        if (tail instanceof LogTail.Damaged damaged) {
            throw damaged.refusal(archive, sequence);
        }
        return true;
    }

    /** Last sequence handed over, or the one after which this cursor began. */
    public long sequence() {
        return sequence;
    }

    /** Where padding begins that ends at the position; the position itself if there is none. */
    long paddingFrom() {
        return paddingTo == position ? paddingFrom : position;
    }

    /** Stream position of the first frame that was not handed over. */
    public long position() {
        return position;
    }

    /** Steps over padding and seen frames to a whole frame with something new. */
    private boolean toFrame() throws IOException {
        if (segment == null && !openFirst()) {
            return false;
        }
        while (true) {
            if (position >= segment.basePosition() + segmentLength && !openNext()) {
                return false;
            }
            if (!load(HEADER)) {
                return false;
            }
            final int length = view.getInt(frameOffset());
            if (length <= 0 || length > CHUNK) {
                if (isFresh()) {
                    return false;
                }
                chunkLength = 0;
            } else if (isPadding()) {
                paddingFrom = position;
                position += frameAlignedLength();
                paddingTo = position;
            } else if (!load(length)) {
                return false;
            } else if (isSeen(length)) {
                position += frameAlignedLength();
            } else if (isWhole(view, chunk, frameOffset() + HEADER, length - HEADER, crc)) {
                return true;
            } else if (isFresh()) {
                return false;
            } else {
                chunkLength = 0;
            }
        }
    }

    private boolean isSeen(final int length) {
        final int frame = frameOffset() + HEADER;
        return isFramed(view, frame, length - HEADER) && lastSequence(view, frame) <= sequence;
    }

    private int hand(final CommandHandler handler, final int frame) {
        final int count = view.getInt(frame + COUNT_OFFSET);
        final long first = firstSequence(view, frame);
        if (first > sequence + 1) {
            LogStart.of(archive).refuse(sequence);
            throw new LogDamaged(
                    segment.file()
                            + " position "
                            + position
                            + ": sequence "
                            + first
                            + " follows "
                            + sequence,
                    "restore the archive folder from a standby or a backup, or start from a"
                            + " snapshot at or above sequence "
                            + (first - 1));
        }
        int record = frame + RECORDS_OFFSET;
        int handed = 0;
        for (int i = 0; i < count; i++) {
            final int length = view.getInt(record + LENGTH);
            if (first + i > sequence) {
                sequence = first + i;
                final long timeNs = view.getLong(record + TIME);
                handed++;
                handler.onCommand(sequence, timeNs, view, record + PAYLOAD, length);
            }
            record += recordLength(length);
        }
        return handed;
    }

    /**
     * Makes {@code length} bytes from the position on readable in the chunk, if the file has them.
     */
    private boolean load(final int length) throws IOException {
        final long fileOffset = position - segment.basePosition();
        if (fileOffset >= chunkOffset && fileOffset + length <= chunkOffset + chunkLength) {
            return true;
        }
        chunkOffset = fileOffset;
        chunk.clear().limit(Math.max(length, readLength));
        chunkLength = Math.max(0, channel.read(chunk, fileOffset));
        readLength = Math.min(2 * readLength, CHUNK);
        return length <= chunkLength;
    }

    /** True if the chunk was read for this very frame, so that reading again now is pointless. */
    private boolean isFresh() {
        if (position - segment.basePosition() != chunkOffset) {
            return false;
        }
        chunkLength = 0;
        readLength = SMALLEST_READ;
        return true;
    }

    private int frameOffset() {
        return (int) (position - segment.basePosition() - chunkOffset);
    }

    private int frameAlignedLength() {
        return BitUtil.align(view.getInt(frameOffset()), FrameDescriptor.FRAME_ALIGNMENT);
    }

    private boolean isPadding() {
        return FrameDescriptor.isPaddingFrame(view, frameOffset());
    }

    private boolean openFirst() throws IOException {
        final List<Segment> segments = Segment.list(archive);
        Segment.checkContinuous(segments);
        Segment chosen = null;
        for (final Segment candidate : segments) {
            if (chosen != null && candidate.firstSequence() > sequence + 1) {
                break;
            }
            chosen = candidate;
        }
        return chosen != null && open(chosen);
    }

    private boolean openNext() throws IOException {
        for (final Segment candidate : Segment.list(archive)) {
            if (candidate.basePosition() == segment.basePosition() + segmentLength) {
                return open(candidate);
            }
        }
        return false;
    }

    /** False if the Archive has made the file and not yet given it its length. */
    private boolean open(final Segment next) throws IOException {
        final long length = Files.size(next.file());
        if (length == 0) {
            return false;
        }
        close();
        channel = FileChannel.open(next.file(), StandardOpenOption.READ);
        segment = next;
        segmentLength = length;
        position = next.basePosition();
        chunkLength = 0;
        return true;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
