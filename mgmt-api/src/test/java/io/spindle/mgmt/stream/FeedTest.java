package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.api.TradingDayJson;
import io.spindle.mgmt.control.AlgorithmCommands;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.stream.TestFeed.Told;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Who comes back gets everything, and nothing a second time, wherever they broke off. */
@Timeout(60)
class FeedTest {
    private static final Principal ALL = new Principal("all", Set.of(Role.VIEWER), Set.of());

    private final Market market = new Market();
    private final TestFeed feed = new TestFeed();

    @AfterEach
    void stop() {
        feed.stop();
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
        assertEquals("FOES00-0-1", next().message().key());
        assertTrue(feed.told.isEmpty());
    }

    @Test
    void shouldBeginWithASnapshotForWhoSawAnEndThatTheLogHasLost() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final long end = market.log.lastSequence();
        final EventLog events = new EventLog(1_000, 0, 0, end);
        market.view.addListener(events);
        follow(market.view, events, EnumSet.of(Topic.ORDERS), Position.behind(end + 100));
        assertEquals("snapshotStart", next().message().type());
        while (!next().message().type().equals("snapshotFinish")) {}
        market.enter(2, 'B', "SPDL", 10, 10_0000);
        assertEquals("FOES00-0-1", next().message().key());
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
        assertEquals("orders", first.message().view());
        assertNull(first.token());
        assertNull(first.message().token());
        final Told last = next();
        assertEquals("updates", last.message().view());
        assertNotNull(last.token());
        assertEquals(last.token(), last.message().token());
    }

    @Test
    void shouldTellItsSinkOfWhatWasSentAsItHappenedAndOfNothingOlder() throws InterruptedException {
        final Position before = Position.behind(market.log.lastSequence());
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(market.view, market.events, EnumSet.of(Topic.ORDERS), before);
        assertEquals("orders", next().message().view());
        market.enter(1, 'B', "SPDL", 100, 10_0000);
        assertEquals(market.log.lastSequence(), feed.happened.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void shouldLetNobodyGoOnBehindHalfASnapshot() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(market.view, market.events, Topic.usual(), null);
        Told message = next();
        while (!message.message().type().equals("snapshotFinish")) {
            assertNull(message.token());
            assertNull(message.message().token());
            message = next();
        }
        assertEquals(Long.toString(market.log.lastSequence()), message.token());
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
        FeedMessage message = next().message();
        while (!message.type().equals("snapshotFinish")) {
            state.put(message.view() + " " + message.key(), message.value());
            message = next().message();
        }
        final TradingDayJson day = assertInstanceOf(TradingDayJson.class, state.get("status day"));
        assertEquals("2030-01-02", day.date());
        assertEquals(1, day.epoch());
        assertNotNull(state.get("requests algorithm/TEST00-254-1"), state.toString());
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
    void shouldHandOutWhatWaitsAndNothingAfterOneWasLost() {
        final Event event = find(Position.behind(0), one -> true).getFirst();
        final Subscription subscription = new Subscription(one -> true, 1);
        assertEquals(List.of(), subscription.drain());
        subscription.offer(event);
        assertEquals(List.of(event), subscription.drain());
        assertEquals(List.of(), subscription.drain());
        subscription.offer(event);
        subscription.offer(event);
        assertTrue(subscription.isOverrun());
        assertEquals(List.of(), subscription.drain());
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
        assertEquals("snapshotStart", next().message().type());
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
        feed.follow(view, log, Interest.in(topics, ALL), resume);
    }

    private Told next() throws InterruptedException {
        return feed.next();
    }
}
