package io.spindle.perf.book;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A recorded order flow in memory: the prefill, which is not timed, then the measured commands.
 *
 * <pre>
 *   header, 32 bytes   u64 magic, u64 prefill records, u64 total records, u64 highest order id
 *   record, 32 bytes   u8 op, u8 side, u8 time in force, u8 0, u32 user, u64 id, i64 price, i64 quantity
 * </pre>
 *
 * Little-endian. A record is four longs here; the first is taken apart with the static accessors.
 */
public final class OrderStream {
    public static final long MAGIC = 0x31304D5254534F4DL;
    public static final int NEW = 1;
    public static final int CANCEL = 2;
    public static final int REPLACE = 4;
    public static final int REST = 0;
    public static final int IMMEDIATE = 1;

    static final int HEADER_BYTES = 32;
    static final int RECORD_BYTES = 32;
    static final int RECORD_LONGS = RECORD_BYTES / Long.BYTES;

    private final long[] records;
    private final int prefill;
    private final int count;
    private final int maxOrderId;
    private final long maxPriceTicks;

    private OrderStream(final long[] records, final int prefill, final int maxOrderId) {
        this.records = records;
        this.prefill = prefill;
        this.count = records.length / RECORD_LONGS;
        this.maxOrderId = maxOrderId;
        long highest = 1;
        for (int i = 2; i < records.length; i += RECORD_LONGS) {
            highest = Math.max(highest, records[i]);
        }
        this.maxPriceTicks = highest;
    }

    /** A stream of these records, four longs each. */
    static OrderStream of(final long[] records, final int prefill, final int maxOrderId) {
        return new OrderStream(records, prefill, maxOrderId);
    }

    /** Reads a file whole. */
    public static OrderStream read(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer header =
                    ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(header, 0);
            header.flip();
            if (header.remaining() < HEADER_BYTES || header.getLong(0) != MAGIC) {
                throw new IOException(file + " is not an order stream");
            }
            final int prefill = Math.toIntExact(header.getLong(8));
            final int total = Math.toIntExact(header.getLong(16));
            final long[] records = new long[Math.multiplyExact(total, RECORD_LONGS)];
            final long bytes = (long) total * RECORD_BYTES;
            if (channel.size() != HEADER_BYTES + bytes || prefill > total) {
                throw new IOException(file + " has another length than its header says");
            }
            channel.map(FileChannel.MapMode.READ_ONLY, HEADER_BYTES, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(records);
            return of(records, prefill, Math.toIntExact(header.getLong(24)));
        }
    }

    int prefill() {
        return prefill;
    }

    int count() {
        return count;
    }

    boolean hasReplaces() {
        for (int i = 0; i < records.length; i += RECORD_LONGS) {
            if ((records[i] & 0xFF) == REPLACE) {
                return true;
            }
        }
        return false;
    }

    int maxOrderId() {
        return maxOrderId;
    }

    long maxPriceTicks() {
        return maxPriceTicks;
    }

    /** Plays records {@code from} … {@code to − 1}. */
    void play(final BookUnderTest book, final int from, final int to) {
        final long[] data = records;
        final int end = to * RECORD_LONGS;
        for (int i = from * RECORD_LONGS; i < end; i += RECORD_LONGS) {
            final long head = data[i];
            book.apply(
                    (int) head & 0xFF,
                    (int) (head >>> 8) & 0xFF,
                    (int) (head >>> 16) & 0xFF,
                    (int) (head >>> 32),
                    (int) data[i + 1],
                    data[i + 2],
                    data[i + 3]);
        }
    }

    /** The same, with the time of each command. */
    void play(final BookUnderTest book, final int from, final int to, final LatencyTally tally) {
        long before = System.nanoTime();
        for (int i = from; i < to; i++) {
            play(book, i, i + 1);
            final long after = System.nanoTime();
            tally.record(after - before);
            before = after;
        }
    }
}
