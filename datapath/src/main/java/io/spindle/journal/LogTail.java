package io.spindle.journal;

import static io.spindle.journal.JournalFrame.COUNT_OFFSET;
import static io.spindle.journal.JournalFrame.MAGIC;
import static io.spindle.journal.JournalFrame.MAGIC_OFFSET;
import static io.spindle.journal.JournalFrame.firstSequence;

import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.LogDamaged;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What lies behind the last whole frame of the recording. A crash leaves zeros, or one torn frame
 * and zeros: the Archive writes in order. A frame that begins like ours and has a later sequence
 * cannot be there, so the frame in front of it was whole once, and the log is damaged.
 */
sealed interface LogTail {
    /** Nothing but zeros. */
    record Clean(long position) implements LogTail {}

    /** The beginning of a frame that was never recorded whole. */
    record Torn(long position) implements LogTail {}

    /** A later frame exists behind one that cannot be read. */
    record Damaged(long position, long laterPosition, long laterSequence) implements LogTail {
        LogDamaged refusal(final Path archive, final long sequence) {
            return new LogDamaged(
                    archive
                            + ": the frame at position "
                            + position
                            + " behind sequence "
                            + sequence
                            + " is damaged; sequence "
                            + laterSequence
                            + " is there at position "
                            + laterPosition,
                    "nothing was changed. Bring the archive folder back from a standby or a backup,"
                            + " or look at it with `spindle log dump`");
        }
    }

    /** Looks at everything from this stream position to the end of the files. */
    static LogTail at(final Path archive, final long position, final long sequence)
            throws IOException {
        boolean clean = true;
        for (final Segment segment : Segment.list(archive)) {
            final long from = Math.max(0, position - segment.basePosition());
            try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
                if (from < file.size()) {
                    final Rest rest = new Rest(file, from);
                    if (rest.find(sequence)) {
                        return new Damaged(
                                position, segment.basePosition() + rest.offset, rest.laterSequence);
                    }
                    clean &= rest.zeros;
                }
            }
        }
        return clean ? new Clean(position) : new Torn(position);
    }

    /** The rest of one file, read in pieces. */
    final class Rest {
        private static final int CHUNK = 1 << 20;
        private static final int STEP = DataHeaderFlyweight.HEADER_LENGTH;

        /** A file is as long as a segment from its beginning: nearly all of a rest is zeros. */
        private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(CHUNK);

        private final FileChannel file;
        private final ByteBuffer bytes =
                ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        private final UnsafeBuffer view = new UnsafeBuffer(bytes);
        private boolean zeros = true;
        private long offset;
        private long laterSequence;

        Rest(final FileChannel file, final long offset) {
            this.file = file;
            this.offset = offset;
        }

        /** Pieces overlap by one header, so that each frame is seen with its Aeron header. */
        boolean find(final long sequence) throws IOException {
            for (int length = read(); length > STEP; length = read()) {
                final int data = bytes.flip().mismatch(ZEROS.duplicate().limit(length));
                zeros &= data < 0;
                final int from = data < 0 ? length : Math.max(STEP, data - data % STEP);
                for (int at = from; at + STEP <= length; at += STEP) {
                    if (isLater(at, sequence)) {
                        laterSequence = firstSequence(view, at);
                        offset += at - STEP;
                        return true;
                    }
                }
                offset += length - STEP;
            }
            return false;
        }

        private boolean isLater(final int at, final long sequence) {
            return view.getInt(at + MAGIC_OFFSET) == MAGIC
                    && view.getInt(at + COUNT_OFFSET) > 0
                    && firstSequence(view, at) > sequence + 1
                    && DataHeaderFlyweight.streamId(view, at - STEP) == JournalConfig.STREAM_ID;
        }

        private int read() throws IOException {
            bytes.clear();
            return file.read(bytes, offset);
        }
    }
}
