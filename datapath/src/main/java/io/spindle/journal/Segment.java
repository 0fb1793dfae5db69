package io.spindle.journal;

import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.log.LogDamaged;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of the recording, named by Aeron's Archive {@code recordingId-position.rec}: the frames
 * of the stream from {@code basePosition} on, each behind Aeron's data header, preallocated, zeros
 * behind the last.
 *
 * @param basePosition stream position of the file's first byte
 */
public record Segment(Path file, long recordingId, long basePosition) {
    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)\\.rec");

    /** The recording's files, oldest first; of several recordings the lowest id is the log. */
    public static List<Segment> list(final Path archive) throws IOException {
        final List<Segment> all;
        try (Stream<Path> files = Files.list(archive)) {
            all =
                    files.map(Segment::of)
                            .flatMap(Stream::ofNullable)
                            .sorted(
                                    Comparator.comparingLong(Segment::recordingId)
                                            .thenComparingLong(Segment::basePosition))
                            .toList();
        } catch (final NoSuchFileException absent) {
            return List.of();
        }
        final long log = all.isEmpty() ? 0 : all.getFirst().recordingId;
        return all.stream().filter(segment -> segment.recordingId == log).toList();
    }

    /** Sequence of the file's first command, {@link Long#MAX_VALUE} if it has no frame yet. */
    long firstSequence() throws IOException {
        final int headLength = DataHeaderFlyweight.HEADER_LENGTH + JournalFrame.RECORDS_OFFSET;
        final ByteBuffer head = ByteBuffer.allocate(headLength).order(ByteOrder.LITTLE_ENDIAN);
        final int frame = DataHeaderFlyweight.HEADER_LENGTH;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.read(head, 0) == headLength
                            && head.getInt(frame + JournalFrame.MAGIC_OFFSET) == JournalFrame.MAGIC
                    ? head.getLong(frame + JournalFrame.FIRST_SEQUENCE_OFFSET)
                    : Long.MAX_VALUE;
        }
    }

    private static Segment of(final Path file) {
        final Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? new Segment(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                : null;
    }

    /** All files but the last have the same length and touch: a missing one is damage. */
    static void checkContinuous(final List<Segment> segments) throws IOException {
        for (int i = 1; i < segments.size(); i++) {
            final Segment before = segments.get(i - 1);
            final Segment after = segments.get(i);
            final long end = before.basePosition + Files.size(before.file);
            if (end != after.basePosition) {
                throw new LogDamaged(
                        before.file
                                + " ends at position "
                                + end
                                + " and the next segment begins at "
                                + after.basePosition,
                        "bring back the missing or cut file from a standby or a backup");
            }
        }
    }
}
