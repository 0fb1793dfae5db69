package io.spindle.perf.isolation;

import io.spindle.journal.LogCursor;
import io.spindle.log.DataFolder;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.mgmt.latency.ReceiveStamp;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long messages waited for the loop: from the network's stamp to the turn that took them, as
 * the recorded log tells it. The log is read after the blocks, so that reading disturbs none of
 * them.
 */
final class LoopWaits implements AutoCloseable {
    private static final long LONGEST_NS = Duration.ofMinutes(1).toNanos();
    private static final int FRAMES = 64;
    private static final long PAUSE_MS = 5;

    private final CountersReader counters;
    private final LogCursor cursor;
    private final ReceiveStamp stamp = new ReceiveStamp();
    private final List<Block> blocks = new ArrayList<>();

    /** Sequences behind the first, up to the last, count for a histogram. */
    private record Block(long after, long upTo, Histogram waits) {}

    LoopWaits(final DataFolder folder) throws IOException {
        counters = LoopCounters.read(folder.counters());
        cursor = new LogCursor(folder.archive(), sequence());
    }

    /** The log's present end. */
    long sequence() {
        return counters.getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal());
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_NS, 3);
    }

    /** Runs a block whose commands will count for a histogram once they are {@linkplain #read}. */
    void during(final Histogram waits, final Runnable block) {
        final long after = sequence();
        block.run();
        blocks.add(new Block(after, sequence(), waits));
    }

    /** Reads all blocks so far. */
    void read() throws InterruptedException {
        final long end = blocks.getLast().upTo;
        while (cursor.sequence() < end) {
            final int count =
                    cursor.poll(
                            (sequence, timeNs, buffer, offset, length) -> {
                                final long receivedNs = stamp.of(buffer, offset);
                                if (receivedNs != 0) {
                                    record(sequence, timeNs - receivedNs);
                                }
                            },
                            FRAMES);
            if (count == 0) {
                Thread.sleep(PAUSE_MS);
            }
        }
        blocks.clear();
    }

    private void record(final long sequence, final long waitNs) {
        for (final Block block : blocks) {
            if (sequence > block.after && sequence <= block.upTo) {
                block.waits.recordValue(Math.clamp(waitNs, 0, LONGEST_NS));
            }
        }
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
