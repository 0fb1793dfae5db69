package io.spindle.mgmt.stream;

import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.FactListener;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The most recent events in order, and those who wait for the next ones.
 *
 * <p>Written on the replica's thread; reading takes the same short lock. Offering an event to a
 * subscriber never waits.
 */
public final class EventLog implements FactListener {
    /** Events that a reader takes at a time: the replica's thread waits for it. */
    private static final int PART = 4_096;

    private final Event[] ring;
    private final long end;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Numbering numbering = new Numbering();
    private long count;
    private Position forgotten;
    private long forgottenNs;

    /** Of a log from its first command on. */
    public EventLog(final int capacity) {
        this(capacity, 0, 0, 0);
    }

    /**
     * @param capacity events kept
     * @param begin sequence of the command behind which it hears of everything
     * @param beginNs log time of that command, if there is one
     * @param end of the log's last command so far; what lies between is heard of again
     */
    public EventLog(final int capacity, final long begin, final long beginNs, final long end) {
        ring = new Event[capacity];
        this.end = end;
        forgotten = Position.behind(begin);
        forgottenNs = begin == 0 ? Long.MIN_VALUE : beginNs;
    }

    @Override
    public void on(final Fact fact) {
        final Optional<Event> next;
        synchronized (this) {
            next = numbering.next(fact);
            next.ifPresent(this::keep);
        }
        next.ifPresent(this::offer);
    }

    private void keep(final Event event) {
        final int slot = (int) (count++ % ring.length);
        if (ring[slot] != null) {
            forgotten = new Position(ring[slot].sequence(), ring[slot].index());
            forgottenNs = ring[slot].fact().timeNs();
        }
        ring[slot] = event;
    }

    private void offer(final Event event) {
        for (final Subscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /**
     * Whether the log has come to this place. Where it has not, somebody saw an end that was lost
     * since, with a power cut or on another box.
     *
     * @param applied what the replica has come to
     */
    boolean hasBeenAt(final Position place, final long applied) {
        return place.sequence <= Math.max(end, applied);
    }

    /** Everything behind this place is here, and nothing else. */
    public synchronized Position forgotten() {
        return forgotten;
    }

    /** Events behind one place, up to a sequence, that pass; oldest first. */
    public synchronized List<Event> list(
            final Position after, final long upTo, final Predicate<Event> filter, final int limit) {
        return read(Span.behind(after, upTo), filter, limit);
    }

    /** Whether nothing of a span is forgotten. */
    synchronized boolean isKept(final Span span) {
        return span.isKept(forgotten, forgottenNs);
    }

    /**
     * Events of a span that pass, oldest first; nothing if some of it is forgotten. While the
     * filter looks at them, which may be all there are, nobody waits for it.
     */
    public Optional<List<Event>> find(
            final Span span, final Predicate<Event> filter, final int limit) {
        final List<Event> found = new ArrayList<>();
        Span rest = span;
        while (true) {
            final Optional<List<Event>> part = part(rest);
            if (part.isEmpty()) {
                // There would be a gap; what may begin anywhere begins anew instead.
                return rest == span || span.hasBeginning()
                        ? Optional.empty()
                        : find(span, filter, limit);
            }
            final List<Event> events = part.get();
            events.stream().filter(filter).limit(limit - found.size()).forEach(found::add);
            if (found.size() >= limit || events.size() < PART) {
                return Optional.of(found);
            }
            rest = span.behind(events.getLast());
        }
    }

    private synchronized Optional<List<Event>> part(final Span span) {
        return isKept(span) ? Optional.of(read(span, event -> true, PART)) : Optional.empty();
    }

    private List<Event> read(final Span span, final Predicate<Event> filter, final int limit) {
        final List<Event> found = new ArrayList<>();
        for (long i = firstOf(span); i < count && found.size() < limit; i++) {
            final Event event = ring[(int) (i % ring.length)];
            if (span.hasEnded(event)) {
                break;
            }
            if (filter.test(event)) {
                found.add(event);
            }
        }
        return found;
    }

    /** Events are in order, so halving finds it: listing the newest of many costs little. */
    private long firstOf(final Span span) {
        long low = Math.max(0, count - ring.length);
        long high = count;
        while (low < high) {
            final long middle = (low + high) >>> 1;
            if (span.hasBegun(ring[(int) (middle % ring.length)])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** From now on this subscription is offered every event. */
    public void add(final Subscription subscription) {
        subscriptions.add(subscription);
    }

    public void remove(final Subscription subscription) {
        subscriptions.remove(subscription);
    }

    public int subscribers() {
        return subscriptions.size();
    }

    /**
     * A place between two events: behind the one with this sequence and index.
     *
     * @param index −1 for before all facts of the sequence
     */
    public record Position(long sequence, int index) {
        /** Behind everything that the sequence caused. */
        public static Position behind(final long sequence) {
            return new Position(sequence, Integer.MAX_VALUE);
        }

        /**
         * @throws NumberFormatException if it is neither a sequence nor an event's token
         */
        public static Position parse(final String text) {
            final int dot = text.indexOf('.');
            return dot < 0
                    ? behind(Long.parseLong(text))
                    : new Position(
                            Long.parseLong(text.substring(0, dot)),
                            Integer.parseInt(text.substring(dot + 1)));
        }

        boolean isBefore(final Event event) {
            return isBefore(new Position(event.sequence(), event.index()));
        }

        public boolean isBefore(final Position other) {
            return other.sequence > sequence || other.sequence == sequence && other.index > index;
        }
    }
}
