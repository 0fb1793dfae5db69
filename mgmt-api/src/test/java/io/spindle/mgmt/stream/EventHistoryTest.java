package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** What the memory has forgotten comes out of the log, at the places where it was. */
class EventHistoryTest {
    private static final int KEPT = 30;

    private final Market market = new Market();
    private final AtomicInteger replays = new AtomicInteger();
    private final EventLog recent = new EventLog(KEPT);
    private final EventLog whole = new EventLog(100_000);
    private final EventHistory history = new EventHistory(recent, past(view -> {}));

    /** Sequence of the first order; the second trades with it, and so on. */
    private final long first = market.log.lastSequence() + 1;

    private long last;

    /** Hears of the whole market again, and of what follows. */
    @BeforeEach
    void trade() {
        final View replica = blank();
        replica.addListener(recent);
        replica.addListener(whole);
        for (int i = 0; i < 20; i++) {
            market.enter(0, 'B', "SPDL", 10, 10_0000);
            market.enter(2, 'S', "SPDL", 10, 10_0000);
        }
        last = market.log.lastSequence();
        LongStream.rangeClosed(1, last)
                .forEach(sequence -> replica.update(() -> market.log.feed(replica, sequence)));
        assertTrue(recent.forgotten().sequence() > first + 3);
    }

    private static View blank() {
        return new View(EngineConfig.small(), new View.Limits(1_000, 1_000));
    }

    /** Brings a fresh view to where the log begins. */
    @FunctionalInterface
    private interface Beginning {
        void restore(View view) throws IOException;
    }

    private TimeTravel past(final Beginning beginning) {
        return new TimeTravel(
                EventHistoryTest::blank,
                view -> {
                    replays.incrementAndGet();
                    try {
                        beginning.restore(view);
                    } catch (final IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                    return market.log.reader();
                },
                () -> last);
    }

    private List<String> tokens(final Span span) {
        return tokens(history.list(span, event -> true, Integer.MAX_VALUE));
    }

    private static List<String> tokens(final List<Event> events) {
        return events.stream().map(Event::token).toList();
    }

    /** Of all events that there were. */
    private List<String> tokens(final long fromSequence, final long toSequence) {
        return tokens(
                whole.list(
                        Position.behind(fromSequence - 1),
                        toSequence,
                        event -> true,
                        Integer.MAX_VALUE));
    }

    private static Span times(final long fromNs, final long toNs) {
        return new Span(null, fromNs, Span.LAST, toNs);
    }

    @Test
    void shouldFindForgottenEventsAtTheirPlacesByPosition() {
        assertEquals(tokens(1, last), tokens(Span.behind(Position.behind(0), last)));
        final Span span = Span.behind(Position.behind(first - 1), first + 3);
        assertEquals(tokens(first, first + 3), tokens(span));
        assertEquals(2, replays.get());
        final List<String> some = tokens(first, first + 3);
        assertEquals(
                some.subList(1, some.size() - 1),
                tokens(
                        new Span(
                                Position.parse(some.getFirst()),
                                Long.MIN_VALUE,
                                Position.parse(some.get(some.size() - 2)),
                                Long.MAX_VALUE)));
    }

    @Test
    void shouldFindThemByTimeWithBothEnds() {
        final long fromNs = market.log.timeNs(first);
        final long toNs = market.log.timeNs(first + 3);
        assertEquals(tokens(first, first + 3), tokens(times(fromNs, toNs)));
        assertEquals(tokens(first + 1, first + 2), tokens(times(fromNs + 1, toNs - 1)));
        assertEquals(tokens(1, first + 3), tokens(times(Long.MIN_VALUE, toNs)));
        assertEquals(List.of(), tokens(times(toNs, fromNs)));
    }

    @Test
    void shouldNotReplayWhatIsInMemory() {
        final long kept = recent.forgotten().sequence() + 1;
        assertEquals(tokens(kept, last), tokens(Span.behind(Position.behind(kept - 1), last)));
        final long keptNs = market.log.timeNs(kept);
        assertEquals(tokens(kept, last), tokens(times(keptNs, Long.MAX_VALUE)));
        assertEquals(tokens(last, last), tokens(times(market.log.timeNs(last), Long.MAX_VALUE)));
        final Span open = times(Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(KEPT, tokens(open).size(), "what there is");
        assertEquals(0, replays.get());
        assertFalse(tokens(times(keptNs - 1_000, Long.MAX_VALUE)).isEmpty());
        assertEquals(1, replays.get(), "part of it is forgotten");
    }

    @Test
    void shouldReadNoFurtherThanItHasTo() {
        final Span span = Span.behind(Position.behind(first - 1), last);
        final List<Event> two = history.list(span, event -> true, 2);
        assertEquals(tokens(first, last).subList(0, 2), tokens(two));
    }

    @Test
    void shouldSayWhenTheLogsBeginningWasPurged() {
        final EventHistory purged = new EventHistory(recent, past(market.view::copyTo));
        final Span before = Span.behind(Position.behind(first), last);
        final IllegalArgumentException gone =
                assertThrows(
                        IllegalArgumentException.class, () -> purged.list(before, e -> true, 1));
        assertTrue(gone.getMessage().contains("purged"), gone.getMessage());
        final Span early = times(market.log.timeNs(first), Long.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> purged.list(early, e -> true, 1));
        final Span kept = Span.behind(recent.forgotten(), last);
        assertEquals(KEPT, purged.list(kept, e -> true, Integer.MAX_VALUE).size());
    }
}
