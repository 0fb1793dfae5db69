package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.View;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Who asks for some events gets these, and knows all the same how far the stream has come. */
@Timeout(60)
class InterestTest {
    private static final String PAGE = "docs/management.md";
    private static final Principal ALL = new Principal("all", Set.of(Role.VIEWER), Set.of());
    private static final Principal FOE = new Principal("foe", Set.of(Role.VIEWER), Set.of("FOES"));

    private final Market market = new Market();
    private final LinkedBlockingQueue<FeedMessage> told = new LinkedBlockingQueue<>();
    private Thread feed;

    @AfterEach
    void stop() {
        if (feed != null) {
            feed.interrupt();
        }
    }

    private static Interest interest(
            final Set<EventType> events,
            final Set<String> symbols,
            final Set<String> accounts,
            final Principal caller) {
        return new Interest(EnumSet.allOf(Topic.class), events, symbols, accounts, caller);
    }

    private List<EventType> types(final long after, final Interest interest) {
        final List<Event> events =
                market.events
                        .find(
                                Span.behind(Position.behind(after), Long.MAX_VALUE),
                                event -> !interest.views(event).isEmpty(),
                                Integer.MAX_VALUE)
                        .orElseThrow();
        return events.stream().map(Event::type).toList();
    }

    @Test
    void shouldNameWhatHappenedToAnOrder() {
        final long before = market.log.lastSequence();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        market.cancel(0, 1, 70);
        market.replace(0, 1, 80, 9_0000);
        market.cancel(0, 2, 0);
        market.enter(0, 'B', "SPDL", 100, 10_0001);
        market.cancel(0, 1, 0);
        final Interest updates = Interest.in(EnumSet.of(Topic.UPDATES, Topic.REQUESTS), ALL);
        assertEquals(
                List.of(
                        EventType.ORDER_ACCEPTED,
                        EventType.ORDER_ACCEPTED,
                        EventType.ORDER_REDUCED,
                        EventType.ORDER_REPLACED,
                        EventType.ORDER_CANCELLED,
                        EventType.ORDER_REJECTED,
                        EventType.CANCEL_REFUSED),
                types(before, updates).stream().filter(type -> !isFill(type)).toList());
        assertEquals(
                Set.of(EventType.ORDER_PARTIALLY_FILLED, EventType.ORDER_FILLED),
                Set.copyOf(types(before, updates).stream().filter(InterestTest::isFill).toList()));
    }

    private static boolean isFill(final EventType type) {
        return type == EventType.ORDER_FILLED || type == EventType.ORDER_PARTIALLY_FILLED;
    }

    @Test
    void shouldNameEveryEventOnThePageOfTheApi() throws IOException {
        final Path page = Path.of(System.getProperty("spindle.root", "..")).resolve(PAGE);
        final List<String> words = List.of(Files.readString(page).split("\\s+"));
        for (final String label : EventType.labels()) {
            assertTrue(words.contains(label), label);
        }
    }

    @Test
    void shouldNarrowByEventSymbolAndAccountTogether() {
        final long before = market.log.lastSequence();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(1, 'B', "SPDL", 100, 10_0000);
        market.enter(0, 'B', "BTC", 1, 1);
        final Set<EventType> accepted = Set.of(EventType.ORDER_ACCEPTED);
        final Set<String> spdl = Set.of("SPDL");
        final Set<String> own = Set.of("TEST00");
        assertEquals(3, types(before, interest(accepted, Set.of(), Set.of(), ALL)).size());
        assertEquals(2, types(before, interest(accepted, spdl, Set.of(), ALL)).size());
        assertEquals(2, types(before, interest(accepted, Set.of(), own, ALL)).size());
        assertEquals(1, types(before, interest(accepted, spdl, own, ALL)).size());
        assertEquals(0, types(before, interest(accepted, spdl, own, FOE)).size());
    }

    @Test
    void shouldNotTellByItsAccountWhoTheOtherSideOfATradeIs() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long before = market.log.lastSequence();
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        final Set<EventType> trades = Set.of(EventType.TRADE);
        final Set<String> none = Set.of();
        assertEquals(1, types(before, interest(trades, none, Set.of("TEST00"), ALL)).size());
        assertEquals(1, types(before, interest(trades, none, Set.of("FOES00"), FOE)).size());
        assertEquals(0, types(before, interest(trades, none, Set.of("TEST00"), FOE)).size());
    }

    @Test
    void shouldNotFillAQueueWithWhatIsNotAskedFor() {
        final Interest btc = interest(Set.of(), Set.of("BTC"), Set.of(), ALL);
        final Subscription subscription = new Subscription(event -> !btc.views(event).isEmpty(), 1);
        market.events.add(subscription);
        for (int i = 0; i < 10; i++) {
            market.enter(0, 'B', "SPDL", 100, 10_0000);
        }
        assertFalse(subscription.isOverrun());
        market.events.remove(subscription);
    }

    @Test
    void shouldSayHowFarTheStreamHasComeThoughNothingOfItIsAskedFor() throws InterruptedException {
        final Interest btc =
                new Interest(EnumSet.of(Topic.UPDATES), Set.of(), Set.of("BTC"), Set.of(), ALL);
        follow(btc, null);
        assertEquals("snapshotStart", next().type());
        assertEquals("snapshotFinish", next().type());
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long reached = market.log.lastSequence();
        FeedMessage message = next();
        while (message.sequence() < reached) {
            message = next();
        }
        assertEquals("bookmark", message.type());
        assertEquals(Long.toString(reached), message.token());
        feed.interrupt();
        awaitSubscribers(0);
        told.clear();
        market.enter(0, 'B', "BTC", 1, 1);
        follow(btc, Position.parse(message.token()));
        message = next();
        assertEquals("order_accepted", message.event());
        assertEquals(reached + 1, message.sequence());
    }

    @Test
    void shouldLetTheReplicaGoOnWhileItLooksForWhatASubscriberMissed() throws InterruptedException {
        final long seen = market.log.lastSequence();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Set<String> watched = new WatchedSymbols();
        final Interest spdl =
                new Interest(EnumSet.of(Topic.UPDATES), Set.of(), watched, Set.of(), ALL);
        follow(spdl, Position.behind(seen));
        assertEquals("order_accepted", next().event());
    }

    /** SPDL, provided that another thread can have the view while this one looks. */
    private final class WatchedSymbols extends AbstractSet<String> {
        @Override
        public boolean contains(final Object symbol) {
            final Runnable reads = () -> market.view.read(View.Reading::sequence);
            try {
                return symbol.equals("SPDL")
                        && Thread.ofVirtual().start(reads).join(Duration.ofSeconds(10));
            } catch (final InterruptedException end) {
                throw new AssertionError(end);
            }
        }

        @Override
        public Iterator<String> iterator() {
            return List.of("SPDL").iterator();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private void follow(final Interest interest, final Position resume)
            throws InterruptedException {
        final Feed served = new Feed(market.view, market.events, interest, new Told(), 20);
        feed =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        served.run(resume);
                                    } catch (final IOException broken) {
                                        throw new AssertionError(broken);
                                    } catch (final InterruptedException end) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        awaitSubscribers(1);
    }

    private void awaitSubscribers(final int count) throws InterruptedException {
        while (market.events.subscribers() != count) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private final class Told implements Feed.Sink {
        @Override
        public void send(final FeedMessage message, final String token) {
            told.add(message);
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    private FeedMessage next() throws InterruptedException {
        final FeedMessage next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }
}
