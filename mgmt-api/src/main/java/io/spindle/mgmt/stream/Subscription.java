package io.spindle.mgmt.stream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One subscriber's queue. When it is full the subscriber is cut off; the offering side goes on. */
public final class Subscription {
    private final Predicate<Event> filter;
    private final int capacity;
    private final ArrayDeque<Event> queue = new ArrayDeque<>();
    private boolean overrun;

    public Subscription(final Predicate<Event> filter, final int capacity) {
        this.filter = filter;
        this.capacity = capacity;
    }

    synchronized void offer(final Event event) {
        if (overrun || !filter.test(event)) {
            return;
        }
        if (queue.size() == capacity) {
            overrun = true;
            queue.clear();
        } else {
            queue.addLast(event);
        }
        notifyAll();
    }

    /**
     * The next event.
     *
     * @return null if none came in time, or never will because of an overrun
     */
    synchronized Event poll(final long timeoutMs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (queue.isEmpty() && !overrun) {
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                return null;
            }
            wait(leftMs);
        }
        return queue.pollFirst();
    }

    /** All that waits; nothing after an overrun. */
    synchronized List<Event> drain() {
        final List<Event> waiting = List.copyOf(queue);
        queue.clear();
        return waiting;
    }

    /** True when events were lost: the subscriber has to start over. */
    synchronized boolean isOverrun() {
        return overrun;
    }
}
