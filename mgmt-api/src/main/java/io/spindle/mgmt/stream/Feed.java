package io.spindle.mgmt.stream;

import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.TradingDay;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Serves one subscriber: a snapshot between its start and finish marks, or what was missed since a
 * resume token, then every event as it happens, with a bookmark when nothing does. Runs on the
 * subscriber's own thread.
 */
public final class Feed {
    /** Where messages go. A send may block its feed and nobody else. */
    public interface Sink {
        /**
         * @param token to resume behind this message, or null
         */
        void send(FeedMessage message, String token) throws IOException;

        boolean isOpen();
    }

    static final int QUEUE = 10_000;
    private static final long BOOKMARK_MS = 5_000;

    /** Books are looked at this often; a person reads them. */
    private static final long BOOKS_MS = 100;

    private final View view;
    private final EventLog log;
    private final Interest interest;
    private final Sink sink;
    private final long bookmarkMs;
    private final MarketData books;

    public Feed(final View view, final EventLog log, final Interest interest, final Sink sink) {
        this(view, log, interest, sink, BOOKMARK_MS);
    }

    /**
     * @param bookmarkMs how long nothing happens before a bookmark says so
     */
    Feed(
            final View view,
            final EventLog log,
            final Interest interest,
            final Sink sink,
            final long bookmarkMs) {
        this.view = view;
        this.log = log;
        this.interest = interest;
        this.sink = sink;
        this.bookmarkMs = bookmarkMs;
        this.books = new MarketData(view, interest);
    }

    /** What a subscriber gets first, and the sequence behind which events follow. */
    private record Start(long sequence, boolean snapshot, List<Event> events) {}

    /**
     * Serves until the sink closes or the subscriber is too slow.
     *
     * @param token behind which to go on, or null for a snapshot; one of an end that the log has
     *     lost gives a snapshot, too
     */
    public void run(final Position token) throws IOException, InterruptedException {
        final Position resume =
                token != null && log.hasBeenAt(token, view.read(View.Reading::sequence))
                        ? token
                        : null;
        final Subscription subscription =
                new Subscription(event -> isNews(event, resume) && concerns(event), QUEUE);
        long bookmarkAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(bookmarkMs);
        long booksAtNs = System.nanoTime();
        try {
            sendStart(narrowed(view.read(now -> start(now, subscription, resume))));
            while (sink.isOpen() && !subscription.isOverrun()) {
                final Event event = subscription.poll(books.isWanted() ? BOOKS_MS : bookmarkMs);
                final long nowNs = System.nanoTime();
                if (event != null) {
                    send(event);
                } else if (nowNs - bookmarkAtNs >= 0) {
                    sendBookmark(view.read(now -> told(now, subscription, resume)));
                    bookmarkAtNs = nowNs + TimeUnit.MILLISECONDS.toNanos(bookmarkMs);
                }
                if (books.isWanted() && nowNs - booksAtNs >= 0) {
                    sendBooks();
                    booksAtNs = nowNs + TimeUnit.MILLISECONDS.toNanos(BOOKS_MS);
                }
            }
            if (subscription.isOverrun()) {
                sink.send(FeedMessage.resync(), null);
            }
        } finally {
            log.remove(subscription);
        }
    }

    /** A replica that reads its log anew tells of what the subscriber has seen before. */
    private static boolean isNews(final Event event, final Position resume) {
        return resume == null || resume.isBefore(event);
    }

    /**
     * Between two commands: the sequence up to which the subscriber knows everything; nothing while
     * there is something to send, or the replica has not come to where the subscriber was.
     */
    private static OptionalLong told(
            final View.Reading now, final Subscription subscription, final Position resume) {
        return subscription.isDrained() && (resume == null || resume.sequence() <= now.sequence())
                ? OptionalLong.of(now.sequence())
                : OptionalLong.empty();
    }

    private void sendBookmark(final OptionalLong sequence) throws IOException {
        if (sequence.isPresent()) {
            sink.send(FeedMessage.bookmark(sequence.getAsLong()), null);
        }
    }

    /** Between two commands: what is in the start is not in the subscription, and the reverse. */
    private Start start(
            final View.Reading now, final Subscription subscription, final Position resume) {
        log.add(subscription);
        if (resume != null && !resume.isBefore(log.forgotten())) {
            return new Start(
                    now.sequence(),
                    false,
                    log.list(resume, Long.MAX_VALUE, event -> true, Integer.MAX_VALUE));
        }
        final List<Event> state = facts(now).map(fact -> new Event(fact, 0)).toList();
        return new Start(now.sequence(), true, state);
    }

    /** To what is asked for; not between two commands, for there may be many to look at. */
    private Start narrowed(final Start start) {
        final List<Event> events = start.events.stream().filter(this::concerns).toList();
        return new Start(start.sequence, start.snapshot, events);
    }

    private Stream<? extends Fact> facts(final View.Reading now) {
        final var ledger = now.ledger();
        final Stream<? extends Fact> orders =
                interest.topics().contains(Topic.ORDERS)
                        ? now.orders().list(true, order -> true).stream()
                        : Stream.<Order>empty();
        final Stream<? extends Fact> money =
                Stream.concat(ledger.balances().stream(), ledger.holdingFacts().stream());
        final Stream<? extends Fact> members =
                Stream.concat(ledger.accounts().stream(), ledger.sessions().stream());
        final Stream<? extends Fact> about =
                Stream.concat(now.instruments().stream(), now.metadata().list().stream());
        final Stream<? extends Fact> work = Stream.concat(orders, algorithms(now));
        return Stream.<Stream<? extends Fact>>of(about, day(now), members, money, work)
                .flatMap(part -> part);
    }

    private Stream<Algorithm> algorithms(final View.Reading now) {
        return interest.topics().contains(Topic.REQUESTS)
                ? now.algorithms().list(one -> !one.state().isTerminal()).stream()
                : Stream.empty();
    }

    /** Nothing before the first day began. */
    private static Stream<TradingDay> day(final View.Reading now) {
        final int date = now.engine().date();
        return date == 0
                ? Stream.empty()
                : Stream.of(
                        new TradingDay(date, now.engine().epoch(), now.sequence(), now.timeNs()));
    }

    private void sendStart(final Start start) throws IOException {
        if (start.snapshot) {
            sink.send(FeedMessage.snapshotStart(start.sequence), null);
        }
        for (final Event event : start.events) {
            if (start.snapshot) {
                for (final Topic topic : interest.views(event)) {
                    sink.send(FeedMessage.replace(event, topic, interest.caller()), null);
                }
            } else {
                send(event);
            }
        }
        if (books.isWanted()) {
            sendBooks();
        }
        if (start.snapshot) {
            sink.send(FeedMessage.snapshotFinish(start.sequence), start.sequence + "");
        }
    }

    /** Once for each view; behind the last of them can be gone on. */
    private void send(final Event event) throws IOException {
        final List<Topic> views = interest.views(event);
        for (final Topic topic : views) {
            final FeedMessage message =
                    topic == views.getLast()
                            ? FeedMessage.of(event, topic, interest.caller())
                            : FeedMessage.part(event, topic, interest.caller());
            sink.send(message, message.token());
        }
    }

    private boolean concerns(final Event event) {
        return !interest.views(event).isEmpty();
    }

    private void sendBooks() throws IOException {
        for (final FeedMessage message : books.changes()) {
            sink.send(message, null);
        }
    }
}
