package io.spindle.mgmt.stream;

import io.spindle.mgmt.model.Algorithm;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.TradingDay;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

        /** An event has been sent just as it happened. */
        default void sent(final Event event) {}

        boolean isOpen();
    }

    static final int QUEUE = 10_000;
    private static final long NOTHING = -1;
    private static final long BOOKMARK_MS = 5_000;

    /** Books and what accounts own are looked at this often; a person reads them. */
    private static final long STATE_MS = 100;

    private final View view;
    private final EventLog log;
    private final Interest interest;
    private final Sink sink;
    private final long bookmarkMs;
    private final MarketData books;
    private final LedgerData ledger;

    /** Behind the last event that was sent, or where the subscriber began. */
    private long sentUpTo;

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
        this.ledger = new LedgerData(interest);
    }

    /** What a subscriber gets first, and the sequence behind which events follow. */
    private record Start(long sequence, boolean snapshot, List<Event> events) {}

    /**
     * What is sent next, events first.
     *
     * @param different how some of what looks different is, after these events
     * @param more there is more that looks different, or may
     * @param known all up to this sequence has been told with this; −1 if there is more
     */
    private record Turn(List<Event> happened, List<Event> different, boolean more, long known) {}

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
        final boolean hasState = books.isWanted() || ledger.isWanted();
        final long pauseMs = hasState ? Math.min(STATE_MS, bookmarkMs) : bookmarkMs;
        long bookmarkAtNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(bookmarkMs);
        long stateAtNs = System.nanoTime();
        boolean more = false;
        try {
            sendStart(narrowed(view.read(now -> start(now, subscription, resume))), resume);
            while (sink.isOpen() && !subscription.isOverrun()) {
                final Event event = subscription.poll(more ? 0 : pauseMs);
                final long nowNs = System.nanoTime();
                if (event != null) {
                    sendNow(event);
                }
                if (books.isWanted() && nowNs - stateAtNs >= 0) {
                    sendBooks();
                }
                final boolean isQuiet = event == null && nowNs - bookmarkAtNs >= 0;
                if (isQuiet || more || hasState && nowNs - stateAtNs >= 0) {
                    final Turn turn = view.read(now -> turn(now, subscription, resume));
                    sendTurn(turn);
                    more = turn.more;
                    if (isQuiet && sendBookmark(turn)) {
                        bookmarkAtNs = nowNs + TimeUnit.MILLISECONDS.toNanos(bookmarkMs);
                    }
                }
                if (nowNs - stateAtNs >= 0) {
                    stateAtNs = nowNs + TimeUnit.MILLISECONDS.toNanos(STATE_MS);
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
     * Between two commands: what has happened is taken with what looks different, so that nothing
     * comes behind what is newer. Nothing looks different to a subscriber who has seen more than
     * the replica.
     */
    private Turn turn(
            final View.Reading now, final Subscription subscription, final Position resume) {
        final List<Event> happened = subscription.drain();
        if (subscription.isOverrun() || resume != null && resume.sequence() > now.sequence()) {
            return new Turn(happened, List.of(), false, NOTHING);
        }
        final LedgerData.Part part = ledger.changes(now);
        return new Turn(
                happened, part.different(), part.more(), part.more() ? NOTHING : part.known());
    }

    private void sendTurn(final Turn turn) throws IOException {
        for (final Event event : turn.happened) {
            sendNow(event);
        }
        sendValues(turn.different);
    }

    private void sendNow(final Event event) throws IOException {
        send(event);
        sink.sent(event);
    }

    /**
     * Whoever has this bookmark has everything as it was at its sequence.
     *
     * @return false if that cannot be said yet of the last event that was sent
     */
    private boolean sendBookmark(final Turn turn) throws IOException {
        if (turn.known < sentUpTo) {
            return false;
        }
        sink.send(FeedMessage.bookmark(turn.known), null);
        return true;
    }

    /** How things are, which is nothing to resume behind. */
    private void sendValues(final List<Event> values) throws IOException {
        for (final Event value : values) {
            for (final Topic topic : interest.views(value)) {
                sink.send(FeedMessage.replace(value, topic, interest.caller()), null);
            }
        }
    }

    /** Between two commands: what is in the start is not in the subscription, and the reverse. */
    private Start start(
            final View.Reading now, final Subscription subscription, final Position resume) {
        log.add(subscription);
        if (resume != null && !resume.isBefore(log.forgotten())) {
            ledger.beginBehind(resume);
            return new Start(
                    now.sequence(),
                    false,
                    log.list(resume, Long.MAX_VALUE, event -> true, Integer.MAX_VALUE));
        }
        ledger.begin(now);
        final List<Event> state = facts(now).map(fact -> new Event(fact, 0)).toList();
        return new Start(now.sequence(), true, state);
    }

    /** To what is asked for; not between two commands, for there may be many to look at. */
    private Start narrowed(final Start start) {
        final List<Event> events = start.events.stream().filter(this::concerns).toList();
        return new Start(start.sequence, start.snapshot, events);
    }

    private Stream<? extends Fact> facts(final View.Reading now) {
        final var members = now.ledger();
        final Stream<? extends Fact> orders =
                in(Topic.ORDERS, () -> now.orders().list(true, order -> true));
        final Stream<? extends Fact> money =
                Stream.concat(
                        in(Topic.BALANCES, members::cash), in(Topic.HOLDINGS, members::holdings));
        final Stream<? extends Fact> parties =
                Stream.concat(members.accounts().stream(), in(Topic.STATUS, members::sessions));
        final Stream<? extends Fact> about =
                Stream.concat(now.instruments().stream(), now.metadata().list().stream());
        final Stream<? extends Fact> work = Stream.concat(orders, algorithms(now));
        return Stream.<Stream<? extends Fact>>of(about, day(now), parties, money, work)
                .flatMap(part -> part);
    }

    /** Nothing is built for a view that nobody asks for. */
    private Stream<? extends Fact> in(
            final Topic topic, final Supplier<List<? extends Fact>> facts) {
        if (!interest.topics().contains(topic)) {
            return Stream.empty();
        }
        return facts.get().stream();
    }

    private Stream<Algorithm> algorithms(final View.Reading now) {
        return interest.topics().contains(Topic.REQUESTS)
                ? now.algorithms().list(one -> !one.state().isTerminal()).stream()
                : Stream.empty();
    }

    /** Nothing before the first day began. */
    private static Stream<TradingDay> day(final View.Reading now) {
        return Stream.of(now.ledger().day()).filter(day -> day.date() != 0);
    }

    private void sendStart(final Start start, final Position resume) throws IOException {
        sentUpTo = start.snapshot ? start.sequence : resume.sequence();
        if (start.snapshot) {
            sink.send(FeedMessage.snapshotStart(start.sequence), null);
            sendValues(start.events);
        } else {
            for (final Event event : start.events) {
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
        sentUpTo = Math.max(sentUpTo, event.sequence());
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
