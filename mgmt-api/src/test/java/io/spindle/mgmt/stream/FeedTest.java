package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.api.LedgerJson;
import io.spindle.mgmt.api.TradingDayJson;
import io.spindle.mgmt.control.AlgorithmCommands;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Who comes back gets everything, and nothing a second time, wherever they broke off. */
@Timeout(60)
class FeedTest {
    private static final Principal ALL = new Principal("all", Set.of(Role.VIEWER), Set.of());

    /** A message and behind which token it could be gone on. */
    private record Told(FeedMessage message, String token) {}

    private final Market market = new Market();
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> happened = new LinkedBlockingQueue<>();
    private Thread feed;

    private final Feed.Sink sink =
            new Feed.Sink() {
                @Override
                public void send(final FeedMessage message, final String token) {
                    told.add(new Told(message, token));
                }

                @Override
                public void sent(final Event event) {
                    happened.add(event.sequence());
                }

                @Override
                public boolean isOpen() {
                    return true;
                }
            };

    @AfterEach
    void stop() {
        if (feed != null) {
            feed.interrupt();
        }
    }

    @Test
    void shouldNotTellAgainWhatAReplicaReadsAnew() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(1, 'B', "SPDL", 50, 10_0000);
        final long seen = market.log.lastSequence();
        final View replica = new View(EngineConfig.small(), new View.Limits(1_000, 1_000));
        final EventLog events = new EventLog(1_000, 0, 0, seen);
        replica.addListener(events);
        replay(replica, 1, seen - 2);
        follow(replica, events, EnumSet.of(Topic.ORDERS), Position.behind(seen));
        market.enter(2, 'B', "SPDL", 10, 10_0000);
        replay(replica, seen - 1, market.log.lastSequence());
        assertEquals("FOES00-0-1", next().message.key());
        assertTrue(told.isEmpty());
    }

    @Test
    void shouldBeginWithASnapshotForWhoSawAnEndThatTheLogHasLost() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long end = market.log.lastSequence();
        final EventLog events = new EventLog(1_000, 0, 0, end);
        market.view.addListener(events);
        follow(market.view, events, EnumSet.of(Topic.ORDERS), Position.behind(end + 100));
        assertEquals("snapshotStart", next().message.type());
        while (!next().message.type().equals("snapshotFinish")) {}
        market.enter(2, 'B', "SPDL", 10, 10_0000);
        assertEquals("FOES00-0-1", next().message.key());
    }

    private void replay(final View replica, final long from, final long to) {
        for (long i = from; i <= to; i++) {
            final long sequence = i;
            replica.update(() -> market.log.feed(replica, sequence));
        }
    }

    @Test
    void shouldLetGoOnOnlyBehindTheLastMessageOfAnEvent() throws InterruptedException {
        final Position now = Position.behind(market.log.lastSequence());
        follow(market.view, market.events, EnumSet.of(Topic.ORDERS, Topic.UPDATES), now);
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Told first = next();
        assertEquals("orders", first.message.view());
        assertNull(first.token);
        assertNull(first.message.token());
        final Told last = next();
        assertEquals("updates", last.message.view());
        assertNotNull(last.token);
        assertEquals(last.token, last.message.token());
    }

    @Test
    void shouldTellItsSinkOfWhatWasSentAsItHappenedAndOfNothingOlder() throws InterruptedException {
        final Position before = Position.behind(market.log.lastSequence());
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(market.view, market.events, EnumSet.of(Topic.ORDERS), before);
        assertEquals("orders", next().message.view());
        market.enter(1, 'B', "SPDL", 100, 10_0000);
        assertEquals(market.log.lastSequence(), happened.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void shouldLetNobodyGoOnBehindHalfASnapshot() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(market.view, market.events, Topic.usual(), null);
        Told message = next();
        while (!message.message.type().equals("snapshotFinish")) {
            assertNull(message.token);
            assertNull(message.message.token());
            message = next();
        }
        assertEquals(Long.toString(market.log.lastSequence()), message.token);
    }

    @Test
    void shouldShowTheDayAndTheAlgorithmsAtWorkInASnapshot()
            throws IOException, InterruptedException {
        market.desk.post(DayCommands.dayStart(20300102));
        market.state("SPDL", 'T');
        final Ticket order =
                new Ticket(0, 'B', "SPDL", 100, 10_0000, '0', 'Y', "A1", Ticket.Options.none());
        market.log.post(
                AlgorithmCommands.start(
                        UUID.randomUUID(),
                        "TEST00",
                        order,
                        new AlgorithmCommands.Schedule(0, 1_000_000_000, 4, 0)));
        follow(market.view, market.events, EnumSet.of(Topic.REQUESTS, Topic.STATUS), null);
        final Map<String, Object> state = new HashMap<>();
        FeedMessage message = next().message;
        while (!message.type().equals("snapshotFinish")) {
            state.put(message.view() + " " + message.key(), message.value());
            message = next().message;
        }
        final TradingDayJson day = assertInstanceOf(TradingDayJson.class, state.get("status day"));
        assertEquals("2030-01-02", day.date());
        assertEquals(1, day.epoch());
        assertNotNull(state.get("requests algorithm/TEST00-254-1"), state.toString());
    }

    @Test
    void shouldTellWhatAnOrderReservesThoughNoEventTellsOfIt() throws InterruptedException {
        follow(market.view, market.events, EnumSet.of(Topic.BALANCES), null);
        while (!next().message.type().equals("snapshotFinish")) {}
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Told told = next();
        assertEquals("TEST00/USD", told.message.key());
        assertEquals("1000.0000", ((LedgerJson.Balance) told.message.value()).reserved());
        assertEquals(balance("TEST00"), told.message.value());
        assertNull(told.token, "not an event");
    }

    @Test
    void shouldTellWhatWasReservedWhileNobodyListened() throws InterruptedException {
        final long seen = market.log.lastSequence();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(market.view, market.events, EnumSet.of(Topic.BALANCES), Position.behind(seen));
        FeedMessage message = next().message;
        while (!message.key().equals("TEST00/USD")) {
            message = next().message;
        }
        assertEquals(balance("TEST00"), message.value());
    }

    /** The event came, what its command and those before it reserved had not had its turn. */
    @Test
    void shouldTellWhatWasReservedBeforeTheLastEventSeen() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.view.read(now -> now.ledger().changes().look(true));
        market.holding("TEST00", "SPDL", 1);
        final Position event = new Position(market.log.lastSequence(), 0);
        follow(market.view, market.events, EnumSet.of(Topic.BALANCES), event);
        FeedMessage message = next().message;
        while (!message.key().equals("TEST00/USD")) {
            message = next().message;
        }
        assertEquals(balance("TEST00"), message.value());
    }

    @Test
    void shouldTellWhatAHoldingIsWorthWhenOthersTrade() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(1, 'S', "SPDL", 100, 10_0000);
        final Set<String> owner = Set.of("TEST00");
        final Interest holdings =
                new Interest(EnumSet.of(Topic.HOLDINGS), Set.of(), Set.of(), owner, ALL);
        follow(market.view, market.events, holdings, null);
        while (!next().message.type().equals("snapshotFinish")) {}
        market.enter(1, 'B', "SPDL", 10, 11_0000);
        market.enter(2, 'S', "SPDL", 10, 11_0000);
        final LedgerJson.Holding worth = (LedgerJson.Holding) next().message.value();
        assertEquals("11.0000", worth.mark());
        assertEquals("100.0000", worth.unrealised());
        assertTrue(told.isEmpty(), "once");
    }

    private LedgerJson.Balance balance(final String account) {
        return market.view.read(
                now ->
                        now.ledger().cash().stream()
                                .filter(one -> one.account().equals(account))
                                .map(LedgerJson.Balance::of)
                                .findFirst()
                                .orElseThrow());
    }

    @Test
    void shouldTakeARemovedInstrumentOutOfTheMetadata() {
        final long before = market.log.lastSequence();
        market.state("BTC", 'X');
        market.state("BTC", 'D');
        final List<Event> changes =
                find(Position.behind(before), one -> one.fact() instanceof Instrument);
        assertEquals(2, changes.size());
        assertFalse(changes.getFirst().isRemoval(Topic.METADATA));
        assertTrue(changes.getLast().isRemoval(Topic.METADATA));
        assertEquals("instrument/BTC", changes.getLast().key(Topic.METADATA));
    }

    @Test
    void shouldNotBeDrainedWhileAnEventWaitsOrAfterOneWasLost() throws InterruptedException {
        final Event event = find(Position.behind(0), one -> true).getFirst();
        final Subscription subscription = new Subscription(one -> true, 1);
        assertTrue(subscription.isDrained());
        subscription.offer(event);
        assertFalse(subscription.isDrained());
        assertEquals(event, subscription.poll(0));
        assertTrue(subscription.isDrained());
        subscription.offer(event);
        subscription.offer(event);
        assertTrue(subscription.isOverrun());
        assertFalse(subscription.isDrained());
    }

    @Test
    void shouldBeginWithASnapshotForWhoSawLessThanTheLogHas() throws InterruptedException {
        final long begin = market.log.lastSequence();
        final EventLog events = new EventLog(1_000, begin, market.log.timeNs(begin), begin);
        market.view.addListener(events);
        assertTrue(Position.behind(begin - 1).isBefore(events.forgotten()));
        assertTrue(new Position(begin, 0).isBefore(events.forgotten()), "perhaps not the last");
        assertFalse(Position.behind(begin).isBefore(events.forgotten()));
        follow(market.view, events, EnumSet.of(Topic.ORDERS), Position.behind(begin - 1));
        assertEquals("snapshotStart", next().message.type());
    }

    @Test
    void shouldForgetEventByEvent() {
        final EventLog events = new EventLog(2);
        market.view.addListener(events);
        assertEquals(Position.behind(0), events.forgotten());
        for (int i = 0; i < 3; i++) {
            market.enter(0, 'B', "SPDL", 1, 10_0000);
        }
        final Position forgotten = events.forgotten();
        assertTrue(Position.behind(0).isBefore(forgotten));
        final Span behind = Span.behind(forgotten, Long.MAX_VALUE);
        final List<Event> kept = events.find(behind, event -> true, 9).orElseThrow();
        assertEquals(2, kept.size());
        assertTrue(forgotten.isBefore(kept.getFirst()));
    }

    private List<Event> find(final Position after, final Predicate<Event> filter) {
        final Span span = Span.behind(after, Long.MAX_VALUE);
        return market.events.find(span, filter, 10).orElseThrow();
    }

    private void follow(
            final View view, final EventLog log, final Set<Topic> topics, final Position resume)
            throws InterruptedException {
        follow(view, log, Interest.in(topics, ALL), resume);
    }

    private void follow(
            final View view, final EventLog log, final Interest interest, final Position resume)
            throws InterruptedException {
        final Feed served = new Feed(view, log, interest, sink);
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
        while (log.subscribers() == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private Told next() throws InterruptedException {
        final Told next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }
}
