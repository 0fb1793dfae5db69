package io.spindle.connector;

import io.spindle.log.ControlClient;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Commands on their way into the log, in order. The control ring is small and may be full; a report
 * counts as delivered only when the replica has seen its sequence, and goes again otherwise: the
 * engine takes it once.
 */
final class Outbox {
    private static final long PATIENCE_NS = 1_000_000_000L;

    /**
     * @param sequence of a venue's report, 0 for other commands
     */
    private record Item(long sequence, byte[] command) {}

    private final ControlClient control;
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final ArrayDeque<Item> unseen = new ArrayDeque<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long movedNs;

    Outbox(final ControlClient control) {
        this.control = control;
    }

    void add(final long sequence, final DirectBuffer command, final int length) {
        final byte[] copy = new byte[length];
        command.getBytes(0, copy);
        waiting.add(new Item(sequence, copy));
    }

    /** Forgets everything: the link begins anew. */
    void clear() {
        waiting.clear();
        unseen.clear();
    }

    /** Commands that the ring has not taken yet. */
    int waiting() {
        return waiting.size();
    }

    /** Nothing waits, and the log has every report. */
    boolean isEmpty() {
        return waiting.isEmpty() && unseen.isEmpty();
    }

    /** Sends what the ring takes. Returns how much that was. */
    int send(final long lastSequence, final long nowNs) throws IOException {
        while (!unseen.isEmpty() && unseen.peek().sequence <= lastSequence) {
            unseen.remove();
            movedNs = nowNs;
        }
        if (!unseen.isEmpty() && nowNs - movedNs > PATIENCE_NS) {
            while (!unseen.isEmpty()) {
                waiting.addFirst(unseen.removeLast());
            }
        }
        int sent = 0;
        while (!waiting.isEmpty()) {
            final Item item = waiting.peek();
            view.wrap(item.command);
            if (!control.send(view, 0, item.command.length)) {
                break;
            }
            waiting.remove();
            sent++;
            movedNs = nowNs;
            if (item.sequence > lastSequence) {
                unseen.add(item);
            }
        }
        return sent;
    }
}
