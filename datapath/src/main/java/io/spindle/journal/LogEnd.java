package io.spindle.journal;

import io.spindle.log.DurableFile;
import io.spindle.log.LogDamaged;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The end of the log as the Archive's files show it: the last sequence, the chain of its frame, and
 * what lies behind.
 */
public final class LogEnd {
    private static final int FRAMES = 1000;
    private static final int PIECE = 4096;
    private static final long PADDING = -1;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PIECE);

    private final Path archive;
    private final long sequence;
    private final Chain chain;
    private final LogTail tail;
    private final long paddingFrom;
    private final long position;

    private LogEnd(
            final Path archive,
            final long sequence,
            final Chain chain,
            final LogTail tail,
            final LogCursor cursor) {
        this.archive = archive;
        this.sequence = sequence;
        this.chain = chain;
        this.tail = tail;
        this.paddingFrom = cursor.paddingFrom();
        this.position = cursor.position();
    }

    /** Finds the end from the last file that begins with a whole frame. */
    public static LogEnd of(final Path archive) throws IOException {
        Segment.checkContinuous(Segment.list(archive));
        final Chain chain = new Chain();
        try (LogCursor cursor = LogCursor.atLastSegment(archive)) {
            while (cursor.pollFrames(
                            (view, bytes, frame, length) -> chain.startFrom(view, frame), FRAMES)
                    > 0) {
                continue;
            }
            final long sequence = cursor.sequence();
            return new LogEnd(
                    archive,
                    sequence,
                    chain,
                    LogTail.at(archive, cursor.position(), sequence),
                    cursor);
        }
    }

    public long sequence() {
        return sequence;
    }

    /** True if more of the log lies behind what cannot be read. */
    public boolean isDamaged() {
        return tail instanceof LogTail.Damaged;
    }

    /** Stream position behind the last whole frame. */
    long position() {
        return position;
    }

    Chain chain() {
        return chain;
    }

    /**
     * Zeroes a torn frame, removes files that lie behind it, and sees to it that the Archive ends
     * the recording where the log ends.
     *
     * @throws LogDamaged if the log is damaged; nothing is changed then
     */
    public void mend() throws IOException {
        if (tail instanceof LogTail.Damaged damaged) {
            throw damaged.refusal(archive, sequence);
        }
        if (tail instanceof LogTail.Torn torn) {
            zeroFrom(archive, torn.position());
        }
        dropFilesBehind();
        fillPadding();
        new ArchiveCatalog(archive).endAt(position);
    }

    /**
     * The Archive takes the recording's end from the last file there is: from one that a power cut
     * left without a frame it would go on behind a hole.
     */
    private void dropFilesBehind() throws IOException {
        final List<Segment> behind =
                Segment.list(archive).stream()
                        .filter(segment -> segment.basePosition() > position)
                        .toList();
        for (final Segment segment : behind) {
            Files.delete(segment.file());
        }
        if (!behind.isEmpty()) {
            DurableFile.force(archive);
        }
    }

    /**
     * A recording that ends with the padding of a term has pages of zeros in its last frame, for
     * which the Archive would not start. What lies in padding means nothing, so each gets a mark.
     */
    private void fillPadding() throws IOException {
        for (final Segment segment : Segment.list(archive)) {
            try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
                final long end = Math.min(position - segment.basePosition(), file.size());
                final long from = Math.max(0, paddingFrom - segment.basePosition());
                for (long page = (from / PIECE + 1) * PIECE; page < end; page += PIECE) {
                    file.write(ByteBuffer.allocate(Long.BYTES).putLong(PADDING).flip(), page);
                }
            }
        }
    }

    private static void zeroFrom(final Path archive, final long position) throws IOException {
        for (final Segment segment : Segment.list(archive)) {
            try (FileChannel file =
                    FileChannel.open(
                            segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                zeroWritten(file, Math.max(0, position - segment.basePosition()));
                file.force(true);
            }
        }
    }

    /** Leaves the holes of a preallocated file what they are. */
    private static void zeroWritten(final FileChannel file, final long from) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(PIECE);
        for (long at = from; at < file.size(); at += bytes.limit()) {
            bytes.clear().limit((int) Math.min(PIECE, file.size() - at));
            file.read(bytes, at);
            if (!bytes.flip().equals(ZEROS.duplicate().limit(bytes.limit()))) {
                file.write(ZEROS.duplicate().limit(bytes.limit()), at);
            }
        }
    }
}
