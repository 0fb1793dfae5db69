package io.spindle.mgmt.notify;

import io.spindle.mgmt.background.BackgroundLoop;
import io.spindle.mgmt.notify.DeadLetters.DeadLetter;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.FeedMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a channel wants and has not taken yet. A thread of its own reads the log, so that neither a
 * receiver that is slow nor a flow that nobody wants lets the log forget it. When this is full, the
 * log itself is what waits; what the log then forgets unread is counted, and a dead letter says
 * from where to where.
 */
final class Backlog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 100;
    private static final long IDLE_MS = 50;

    /** A gap that grows is written down this often. */
    private static final long WRITE_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Channel channel;
    private final EventLog log;
    private final DeadLetters deadLetters;
    private final ArrayDeque<Event> wanted = new ArrayDeque<>();
    private final BackgroundLoop loop;
    private Position read;
    private long missed;
    private Gap gap;
    private boolean isWritten = true;
    private long writtenNs = System.nanoTime() - WRITE_NS;

    /** What nobody has read: everything behind one place, up to another. */
    private record Gap(String id, Position behind, Position upTo) {}

    /**
     * @param start behind which to begin
     * @param pauseMs when our own files fail
     */
    Backlog(
            final String name,
            final Channel channel,
            final EventLog log,
            final DeadLetters deadLetters,
            final Position start,
            final long pauseMs) {
        this.name = name;
        this.channel = channel;
        this.log = log;
        this.deadLetters = deadLetters;
        this.read = start;
        this.loop =
                new BackgroundLoop(
                        Thread.ofVirtual().name("spindle-backlog-" + name),
                        "notifications of " + name + " are not read",
                        this::readOn);
        loop.start(0, pauseMs);
    }

    /** The oldest one, which stays until it is removed; null if none comes in time. */
    synchronized Event next(final long timeoutMs) throws InterruptedException {
        if (wanted.isEmpty()) {
            wait(timeoutMs);
        }
        return wanted.peekFirst();
    }

    /** The oldest one has been dealt with. */
    synchronized void remove() {
        wanted.removeFirst();
        notifyAll();
    }

    /** The place up to which nothing is left to do; nothing while something is. */
    synchronized Optional<Position> drained() {
        return wanted.isEmpty() && isWritten ? Optional.of(read) : Optional.empty();
    }

    synchronized int waiting() {
        return wanted.size();
    }

    /** Commands whose events the log forgot unread, wanted or not. */
    synchronized long missed() {
        return missed;
    }

    /** Why it does not read on; empty while it does. */
    String trouble() {
        return loop.trouble();
    }

    /** Reads what is next; returns for how long to rest then. */
    private long readOn() throws IOException, InterruptedException {
        final Position from = place();
        final List<Event> next;
        final Position forgotten;
        synchronized (log) { // its own lock: both answers are of one moment
            forgotten = log.forgotten();
            next = log.list(from, Long.MAX_VALUE, event -> true, BATCH);
        }
        if (from.isBefore(forgotten)) {
            miss(from, forgotten);
        }
        for (final Event event : next) {
            keep(event);
        }
        final boolean isDue = next.isEmpty() || System.nanoTime() - writtenNs >= WRITE_NS;
        if (!isWritten && isDue) {
            writeDown();
        }
        return next.isEmpty() ? IDLE_MS : 0;
    }

    private synchronized Position place() {
        return read;
    }

    private synchronized void keep(final Event event) throws InterruptedException {
        if (channel.wants(event)) {
            while (wanted.size() >= CAPACITY) {
                wait();
            }
            wanted.addLast(event);
            notifyAll();
        }
        read = new Position(event.sequence(), event.index());
    }

    /** A gap grows until its dead letter is dealt with; then the next one begins. */
    private synchronized void miss(final Position from, final Position upTo) {
        final boolean isSame = gap != null && (!isWritten || deadLetters.find(gap.id).isPresent());
        if (!isSame) {
            LOG.warn("notifications of {}: events behind {} are gone", name, from);
        }
        gap =
                isSame
                        ? new Gap(gap.id, gap.behind, upTo)
                        : new Gap(name + ".missed." + from.sequence(), from, upTo);
        missed += Math.max(1, upTo.sequence() - from.sequence());
        isWritten = false;
        read = upTo;
    }

    private void writeDown() throws IOException {
        final long behind = gap.behind.sequence();
        final long upTo = gap.upTo.sequence();
        deadLetters.put(
                new DeadLetter(
                        gap.id,
                        name,
                        0,
                        "missed: the log forgot the events behind sequence %d up to %d unread"
                                .formatted(behind, upTo),
                        new FeedMessage(
                                "resync",
                                null,
                                upTo,
                                upTo + "." + gap.upTo.index(),
                                null,
                                null,
                                null,
                                Map.of("behind", behind, "upTo", upTo))));
        synchronized (this) {
            isWritten = true;
        }
        writtenNs = System.nanoTime();
    }

    @Override
    public void close() {
        loop.close();
    }
}
