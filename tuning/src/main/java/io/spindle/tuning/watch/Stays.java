package io.spindle.tuning.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long orders stayed in an appliance, read from the newest of its attestations while it writes
 * it: each order stands there at most a second late. All times in ns since the Unix epoch.
 */
public final class Stays {
    private static final String SUFFIX = ".attest";

    /* Places in a line of an order, behind its first word. */
    private static final int SEQUENCE = 0;
    private static final int ARRIVED = 1;
    private static final int IN = 2;
    private static final int OUT = 3;
    private static final int SENT = 4;
    private static final int FIELDS = 5;

    private static final int MOST_BYTES_A_READ = 64 << 20;

    /**
     * One order that stayed long.
     *
     * @param sequence its place in the log
     * @param arrivedNs at the card or kernel; 0 = not stamped
     * @param inNs in the loop's hand
     * @param outNs its answer was ready
     * @param sentNs handed to the card
     * @param orders that the loop took in the same turn, this one included
     * @param behindNs how much of its wait the loop was at an earlier turn
     */
    public record Stay(
            long sequence,
            long arrivedNs,
            long inNs,
            long outNs,
            long sentNs,
            int orders,
            long behindNs) {
        /** Its beginning as far as it is known. */
        public long fromNs() {
            return arrivedNs == 0 ? inNs : arrivedNs;
        }

        public long ns() {
            return sentNs - fromNs();
        }
    }

    private final Path folder;
    private final long aboveNs;
    private final List<long[]> turn = new ArrayList<>();
    private Path file;
    private long position;
    private boolean inALine;
    private String rest = "";
    private long busyUntilNs;

    /**
     * Begins with what is attested from now on.
     *
     * @param folder of {@code trading --attest}
     * @param aboveNs shorter stays are left out
     */
    public Stays(final Path folder, final long aboveNs) throws IOException {
        this.folder = folder;
        this.aboveNs = aboveNs;
        final Optional<Path> newest = newest();
        if (newest.isPresent()) {
            begin(newest.get(), Math.max(0, Files.size(newest.get()) - 1));
        }
    }

    /** A file's name is the time at which its process began it, in ms. */
    private Optional<Path> newest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(SUFFIX))
                    .max(Comparator.naturalOrder());
        }
    }

    private void begin(final Path next, final long from) {
        file = next;
        position = from;
        inALine = from > 0;
        rest = "";
        turn.clear();
    }

    /** The long ones that were written since the last read. */
    public List<Stay> read() throws IOException {
        final List<Stay> found = new ArrayList<>();
        if (file != null) {
            lines(found);
        }
        final Optional<Path> newest = newest();
        if (newest.isPresent() && !newest.get().equals(file)) {
            begin(newest.get(), 0);
            lines(found);
        }
        return found;
    }

    private void lines(final List<Stay> found) throws IOException {
        final String text = rest + grown();
        final int end = text.lastIndexOf('\n') + 1;
        rest = text.substring(end);
        text.substring(0, end)
                .lines()
                .skip(inALine ? 1 : 0)
                .forEach(line -> onLine(line.split(" "), found));
        inALine &= end == 0;
    }

    private String grown() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final int length = Math.clamp(channel.size() - position, 0, MOST_BYTES_A_READ);
            final ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
                continue;
            }
            position += bytes.position();
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        }
    }

    /** Orders of a turn have the same times in common; a seal does not part them. */
    private void onLine(final String[] words, final List<Stay> found) {
        if (words[0].equals("order") && words.length == 1 + FIELDS) {
            final long[] order = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
            if (!turn.isEmpty() && turn.getFirst()[IN] != order[IN]) {
                endTurn(found);
            }
            turn.add(order);
        } else if (words[0].equals("seal")) {
            endTurn(found);
        }
    }

    private void endTurn(final List<Stay> found) {
        for (final long[] order : turn) {
            final long arrivedNs = order[ARRIVED];
            final long behindNs = arrivedNs == 0 ? 0 : Math.min(busyUntilNs, order[IN]) - arrivedNs;
            final Stay stay =
                    new Stay(
                            order[SEQUENCE],
                            arrivedNs,
                            order[IN],
                            order[OUT],
                            order[SENT],
                            turn.size(),
                            Math.max(0, behindNs));
            if (stay.ns() > aboveNs) {
                found.add(stay);
            }
        }
        if (!turn.isEmpty()) {
            busyUntilNs = turn.getFirst()[SENT];
        }
        turn.clear();
    }
}
