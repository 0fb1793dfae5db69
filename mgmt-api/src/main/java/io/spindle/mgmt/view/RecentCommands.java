package io.spindle.mgmt.view;

import org.agrona.DirectBuffer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Copies of the newest commands that asked for something, oldest first; none unless told to {@link
 * #keep}.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
final class RecentCommands {
    /** What a command takes beside its bytes, as bytes. */
    private static final int OVERHEAD = 64;

    /** A command as it is in the log. */
    record Kept(long sequence, long timeNs, byte[] bytes) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long capacity;
    private long size;
    private long forgotten;
    private long forgottenNs = Long.MIN_VALUE;
    private boolean hasBegun;

    /**
     * @param bytes most that the commands take
     */
    void keep(final long bytes) {
        capacity = bytes;
    }

    void add(
            final long sequence,
            final long timeNs,
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!hasBegun) {
            hasBegun = true;
            forgotten = sequence - 1;
            forgottenNs = sequence == 1 ? Long.MIN_VALUE : timeNs;
        }
        if (!CommandNames.isUpdate(templateId)) {
            return;
        }
        if (capacity == 0) {
            forget(sequence, timeNs);
            return;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        kept.addLast(new Kept(sequence, timeNs, bytes));
        size += length + OVERHEAD;
        while (size > capacity) {
            final Kept oldest = kept.removeFirst();
            size -= oldest.bytes.length + OVERHEAD;
            forget(oldest.sequence, oldest.timeNs);
        }
    }

    private void forget(final long sequence, final long timeNs) {
        forgotten = sequence;
        forgottenNs = timeNs;
    }

    Iterable<Kept> kept() {
        return kept;
    }

    /** All behind this sequence are kept; of a view that has applied none, those to come. */
    long forgotten(final long applied) {
        return hasBegun ? forgotten : applied;
    }

    /** Log time at or before which something may be forgotten. */
    long forgottenNs() {
        return forgottenNs;
    }
}
