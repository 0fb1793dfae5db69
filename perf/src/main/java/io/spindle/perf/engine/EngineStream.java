package io.spindle.perf.engine;

import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * A part of a stream of order commands made from a seed, once as log records and once as what a
 * bare matcher needs of them. The number of resting orders stays where it is told to: a tenth of
 * the commands is immediate, the rest are limit orders and cancels of orders that rest, so that any
 * part of the stream costs like any other.
 *
 * <p>The stream is in a file, part after part: first the columns, one after the other, then the
 * records. Who plays it holds one part in memory, so that all players read the same.
 */
final class EngineStream {
    /** Bytes kept for each command, the longest one rounded up. */
    static final int SLOT_LENGTH = 128;

    static final long TICK_SIZE = 100;
    static final int MAX_TICKS = 100_000;
    private static final String FIRM = "BNCH";
    private static final long START_CASH = 100_000_000_000_000L;

    /** Commands of a part. */
    final int count;

    final int[] lengths;
    final int[] accounts;
    final int[] instruments;
    final int[] ticks;
    final int[] lots;

    /** The name that the order has while it is alive, used again afterwards. */
    final int[] orders;

    /** For a cancel: which command of the whole stream entered the order; else −1. */
    final int[] targets;

    final int[] sides;

    /** 1 for an order that does not rest. */
    final int[] immediate;

    /** Number in the whole stream of the first command of the part. */
    private int first;

    private final List<int[]> columns;
    private final ByteBuffer bytes;
    private final UnsafeBuffer records;

    EngineStream(final int count) {
        this.count = count;
        this.lengths = new int[count];
        this.accounts = new int[count];
        this.instruments = new int[count];
        this.ticks = new int[count];
        this.lots = new int[count];
        this.orders = new int[count];
        this.targets = new int[count];
        this.sides = new int[count];
        this.immediate = new int[count];
        this.columns =
                List.of(
                        lengths,
                        accounts,
                        instruments,
                        ticks,
                        lots,
                        orders,
                        targets,
                        sides,
                        immediate);
        this.bytes = ByteBuffer.allocateDirect(count * SLOT_LENGTH);
        this.records = new UnsafeBuffer(bytes);
    }

    UnsafeBuffer records() {
        return records;
    }

    /** Number in the whole stream of the part's command {@code i}. */
    int number(final int i) {
        return first + i;
    }

    /** What is written from now on is the stream's part of this number. */
    void begin(final int part) {
        first = part * count;
    }

    /** Adds the part that was written to the end of the file. */
    void save(final FileChannel file) throws IOException {
        final ByteBuffer column = ByteBuffer.allocateDirect(count * Integer.BYTES);
        for (final int[] values : columns) {
            column.clear().asIntBuffer().put(values);
            file.write(column);
        }
        file.write(bytes.clear());
    }

    /** Reads a part; it is the one in memory now. */
    void load(final FileChannel file, final int part) throws IOException {
        final ByteBuffer column = ByteBuffer.allocateDirect(count * Integer.BYTES);
        final long partLength = (long) count * (columns.size() * Integer.BYTES + SLOT_LENGTH);
        long at = part * partLength;
        for (final int[] values : columns) {
            at += file.read(column.clear(), at);
            column.flip().asIntBuffer().get(values);
        }
        file.read(bytes.clear(), at);
        begin(part);
    }

    /** The members and instruments that the stream speaks of; instrument 0 gets locate 1. */
    static void writeMarket(final CommandSink sink) {
        final CommandBatch batch = new CommandBatch(sink, 1, 1).firm(FIRM);
        for (int i = 0; i < Members.INSTRUMENTS; i++) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            symbol(i),
                            "USD",
                            TICK_SIZE,
                            1,
                            1,
                            1_000_000,
                            MAX_TICKS * TICK_SIZE,
                            4,
                            0));
        }
        for (int i = 0; i < Members.ACCOUNTS; i++) {
            final String name = "B" + i;
            batch.account(name, FIRM, 1)
                    .cash(name, "USD", START_CASH)
                    .session(
                            new CommandBatch.Session(
                                    name, FIRM, name, 0, new byte[16], new byte[32]));
        }
        batch.commit();
    }

    static String symbol(final int instrument) {
        return "S" + instrument;
    }
}
