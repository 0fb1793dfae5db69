package io.spindle.mgmt.process;

import io.spindle.log.AckLevel;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.replica.SafeLine;

import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * Times how long commands wait until their answers may leave, where {@code --ack} has them wait: by
 * a look at the log ring's header in each turn of the replica, so that what it tells is at most a
 * turn too long. The replica's thread.
 */
final class AckWatch implements AutoCloseable {
    /** Up to where answers may leave; {@link Long#MAX_VALUE} if nobody knows. */
    @FunctionalInterface
    interface Line {
        long sequence() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AckWatch.class);

    /** Commands that wait and are timed; while more do the newest are not. */
    static final int MOST = 1 << 16;

    private static final int MASK = MOST - 1;

    private final Latencies latencies;
    private final AutoCloseable source;
    private final long[] sequences;
    private final long[] timesNs;
    private Line line;
    private long head;
    private long tail;

    /**
     * @param line null if answers wait for nothing
     * @param source closed with it, or null
     */
    AckWatch(final Latencies latencies, final Line line, final AutoCloseable source) {
        this.latencies = latencies;
        this.line = line;
        this.source = source;
        sequences = new long[line == null ? 0 : MOST];
        timesNs = new long[sequences.length];
    }

    /** Of an appliance, as its last run was told. */
    static AckWatch of(final DataFolder folder, final Latencies latencies) {
        final String ack = RunFolder.of(folder.path()).description().getProperty("--ack");
        final AckLevel level = ack == null ? AckLevel.RING : AckLevel.parse(ack);
        if (level == AckLevel.RING) {
            return new AckWatch(latencies, null, null);
        }
        final SafeLine safe = new SafeLine(folder, level);
        return new AckWatch(latencies, safe::sequence, safe);
    }

    /** Notes what it hands on. */
    CommandHandler before(final CommandHandler next) {
        if (line == null) {
            return next;
        }
        return (sequence, timeNs, buffer, offset, length) -> {
            note(sequence, timeNs);
            next.onCommand(sequence, timeNs, buffer, offset, length);
        };
    }

    private void note(final long sequence, final long timeNs) {
        if (tail - head < MOST) {
            final int slot = (int) tail & MASK;
            sequences[slot] = sequence;
            timesNs[slot] = timeNs;
            tail++;
        }
    }

    /** Tells of what has become safe. A ring that cannot be read is no reason to stop a replica. */
    void look() {
        if (line == null) {
            return;
        }
        try {
            tell(line.sequence());
        } catch (final IOException | LogDamaged unreadable) {
            LOG.warn("answers are not timed: {}", unreadable.toString());
            line = null;
        }
    }

    private void tell(final long safe) {
        while (safe != Long.MAX_VALUE && head < tail && sequences[(int) head & MASK] <= safe) {
            final int slot = (int) head & MASK;
            latencies.reached(Stage.ACK, sequences[slot], timesNs[slot]);
            head++;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(source);
    }
}
