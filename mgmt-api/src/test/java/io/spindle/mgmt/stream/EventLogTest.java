package io.spindle.mgmt.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.model.TradingDay;
import io.spindle.mgmt.stream.EventLog.Position;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Who reads past events holds nobody up, however many they are, and misses none. */
@Timeout(60)
class EventLogTest {
    private static final int KEPT = 10_000;

    private final EventLog log = new EventLog(KEPT, 0, 0, 0);
    private long last;

    private void add(final int count) {
        for (int i = 0; i < count; i++) {
            last++;
            log.on(new TradingDay(20300101, 1, false, last, last));
        }
    }

    private Optional<List<Event>> find(final Span span, final Predicate<Event> filter) {
        return log.find(span, filter, Integer.MAX_VALUE);
    }

    private static Span behind(final long sequence) {
        return Span.behind(Position.behind(sequence), Long.MAX_VALUE);
    }

    @Test
    void shouldTakeWhatHappensWhileAFilterLooks() {
        add(10);
        final Predicate<Event> meanwhile = event -> event.sequence() == 1 && isTaken();
        assertEquals(1, find(behind(0), meanwhile).orElseThrow().size(), "it had to wait");
    }

    /** Whether another thread can add an event now. */
    private boolean isTaken() {
        try {
            return Thread.ofVirtual().start(() -> add(1)).join(Duration.ofSeconds(10));
        } catch (final InterruptedException end) {
            throw new AssertionError(end);
        }
    }

    @Test
    void shouldFindAllOfManyInOrder() {
        add(KEPT);
        final List<Event> found = find(behind(0), event -> true).orElseThrow();
        assertEquals(KEPT, found.size());
        for (int i = 0; i < KEPT; i++) {
            assertEquals(i + 1, found.get(i).sequence());
        }
        final Span times = new Span(null, 100, Position.behind(9_000), 8_999);
        final List<Event> between = find(times, event -> true).orElseThrow();
        assertEquals(8_900, between.size());
        assertEquals(100, between.getFirst().sequence());
        assertEquals(8_999, between.getLast().sequence());
        assertEquals(5_000, log.find(behind(0), event -> true, 5_000).orElseThrow().size());
    }

    /** At the first event as many others come as there is room for. */
    private boolean isForgottenNext(final Event event) {
        if (event.sequence() == 1) {
            add(KEPT);
        }
        return true;
    }

    @Test
    void shouldNotFindAPartOfWhatIsForgottenMeanwhile() {
        add(KEPT);
        assertTrue(find(behind(0), this::isForgottenNext).isEmpty());
        assertFalse(log.isKept(behind(0)));
    }

    @Test
    void shouldBeginAnewWhereNoBeginningIsAskedFor() {
        add(KEPT);
        final Span open = new Span(null, Long.MIN_VALUE, Span.LAST, Long.MAX_VALUE);
        final List<Event> found = find(open, this::isForgottenNext).orElseThrow();
        assertEquals(KEPT, found.size());
        assertEquals(KEPT + 1, found.getFirst().sequence());
        assertEquals(2 * KEPT, found.getLast().sequence());
    }

    @Test
    void shouldHaveForgottenNothingFromWhichTimeOnSoever() {
        add(10);
        for (final long fromNs : new long[] {-TimeUnit.DAYS.toNanos(1), 0, 1}) {
            final Span span = new Span(null, fromNs, Span.LAST, Long.MAX_VALUE);
            assertEquals(10, find(span, event -> true).orElseThrow().size(), "from " + fromNs);
        }
    }
}
