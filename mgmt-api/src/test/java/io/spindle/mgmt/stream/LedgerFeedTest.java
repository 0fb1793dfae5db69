package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.spindle.mgmt.api.LedgerJson;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What no event tells of is told as it is, once. */
@Timeout(60)
class LedgerFeedTest {
    private static final Principal ALL = new Principal("all", Set.of(Role.VIEWER), Set.of());

    private final Market market = new Market();
    private final TestFeed feed = new TestFeed();

    @AfterEach
    void stop() {
        feed.stop();
    }

    @Test
    void shouldTellWhatAnOrderReservesThoughNoEventTellsOfIt() throws InterruptedException {
        follow(EnumSet.of(Topic.BALANCES), null);
        feed.skipSnapshot();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        final TestFeed.Told told = feed.next();
        assertEquals("TEST00/USD", told.message().key());
        assertEquals("1000.0000", ((LedgerJson.Balance) told.message().value()).reserved());
        assertEquals(balance("TEST00"), told.message().value());
        assertNull(told.token(), "not an event");
    }

    @Test
    void shouldTellWhatWasReservedWhileNobodyListenedAndNothingElse() throws InterruptedException {
        feed.bookmarkMs = 300;
        lookAtAll();
        final long seen = market.log.lastSequence();
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        follow(EnumSet.of(Topic.BALANCES), Position.behind(seen));
        final List<FeedMessage> values = feed.untilBookmark(market.log.lastSequence());
        assertEquals(List.of("TEST00/USD"), values.stream().map(FeedMessage::key).toList());
        assertEquals(balance("TEST00"), values.getFirst().value());
    }

    private void lookAtAll() {
        market.view.read(
                now -> {
                    now.ledger().changes().lookAtAll();
                    return null;
                });
    }

    @Test
    void shouldTellWhatLooksDifferentThoughEventsNeverCease() throws InterruptedException {
        feed.heard =
                message -> {
                    if (message.type().equals("snapshotFinish")
                            || "updates".equals(message.view())) {
                        market.enter(0, 'B', "SPDL", 1, 10_0000);
                    }
                };
        follow(EnumSet.of(Topic.UPDATES, Topic.BALANCES), null);
        feed.skipSnapshot();
        FeedMessage message = feed.next().message();
        while (!"balances".equals(message.view())) {
            message = feed.next().message();
        }
        feed.heard = nothing -> {};
        assertEquals("TEST00/USD", message.key());
    }

    /** The event came, what its command and those before it reserved had not had its turn. */
    @Test
    void shouldTellWhatWasReservedBeforeTheLastEventSeen() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        lookAtAll();
        market.holding("TEST00", "SPDL", 1);
        final Position event = new Position(market.log.lastSequence(), 0);
        follow(EnumSet.of(Topic.BALANCES), event);
        FeedMessage message = feed.next().message();
        while (!message.key().equals("TEST00/USD")) {
            message = feed.next().message();
        }
        assertEquals(balance("TEST00"), message.value());
    }

    @Test
    void shouldTellWhatAHoldingIsWorthWhenOthersTrade() throws InterruptedException {
        feed.bookmarkMs = 300;
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(1, 'S', "SPDL", 100, 10_0000);
        final Set<String> owner = Set.of("TEST00");
        final Interest holdings =
                new Interest(EnumSet.of(Topic.HOLDINGS), Set.of(), Set.of(), owner, ALL);
        feed.follow(market.view, market.events, holdings, null);
        feed.skipSnapshot();
        market.enter(1, 'B', "SPDL", 10, 11_0000);
        market.enter(2, 'S', "SPDL", 10, 11_0000);
        final List<FeedMessage> values = feed.untilBookmark(market.log.lastSequence());
        assertEquals(1, values.size(), "once: " + values);
        final LedgerJson.Holding worth = (LedgerJson.Holding) values.getFirst().value();
        assertEquals("11.0000", worth.mark());
        assertEquals("100.0000", worth.unrealised());
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

    private void follow(final Set<Topic> topics, final Position resume)
            throws InterruptedException {
        feed.follow(market.view, market.events, Interest.in(topics, ALL), resume);
    }
}
