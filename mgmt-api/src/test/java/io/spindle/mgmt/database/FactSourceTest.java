package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.CommandHandler;
import io.spindle.mgmt.database.FactQueue.Step;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Steps follow one another, each once, wherever they come from. */
class FactSourceTest {
    private static final int BOUND = 100;

    private final Market market = new Market();
    private final AtomicInteger replays = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final FactSource source = new FactSource(market.view, past(), BOUND);
    private final long begins = market.log.lastSequence();
    private final List<Fact> heard = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private TimeTravel past() {
        return new TimeTravel(
                () -> new View(EngineConfig.small(), new View.Limits(100, 100)),
                view -> {
                    replays.incrementAndGet();
                    return counted(market.log.reader());
                },
                market.log::lastSequence);
    }

    private TimeTravel.Log counted(final TimeTravel.Log log) {
        return new TimeTravel.Log() {
            @Override
            public int poll(final CommandHandler handler, final int limit) {
                return log.poll(handler, limit);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                log.close();
            }
        };
    }

    @BeforeEach
    void hear() {
        market.view.addListener(heard::add);
        source.goOnBehind(begins);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private void enter(final int count) {
        for (int i = 0; i < count; i++) {
            market.enter(0, 'B', "SPDL", 1, 9_0000);
        }
    }

    private void takeAll() {
        while (source.next(steps::add)) {
            assertTrue(steps.size() < 10_000, "it does not end");
        }
    }

    /** They have all that was heard, and each begins no later than the one before ended. */
    private void assertWhole() {
        final List<Fact> taken = new ArrayList<>();
        long end = begins;
        for (final Step step : steps) {
            assertTrue(step.begin() <= end, "a gap in front of " + step);
            final long before = end;
            step.facts().stream().filter(fact -> fact.sequence() > before).forEach(taken::add);
            end = Math.max(end, step.end().sequence());
        }
        assertEquals(market.log.lastSequence(), end);
        assertEquals(words(heard), words(taken));
    }

    private static List<String> words(final List<Fact> facts) {
        return facts.stream()
                .map(fact -> fact.sequence() + " " + fact.getClass().getSimpleName())
                .toList();
    }

    @Test
    void shouldTakeFromMemoryWhatIsThere() {
        market.view.addListener(source);
        enter(5);
        takeAll();
        assertWhole();
        assertEquals(0, replays.get());
    }

    @Test
    void shouldReadAgainWhatDidNotFitAndThenGoOnInMemory() {
        market.view.addListener(source);
        enter(100);
        takeAll();
        enter(1);
        takeAll();
        assertWhole();
        assertEquals(1, replays.get());
    }

    /** It stops where memory goes on; what memory lets go of in between is read, too. */
    @Test
    void shouldReadOnWhileMemoryLetsGoOnceMore() {
        market.view.addListener(source);
        enter(100);
        while (steps.isEmpty() || steps.getLast().end().sequence() < begins + 50) {
            assertTrue(source.next(steps::add));
        }
        enter(100);
        takeAll();
        assertWhole();
        assertEquals(1, replays.get());
    }

    @Test
    void shouldHandOverAgainWhatWasNotTaken() {
        market.view.addListener(source);
        enter(1);
        takeAll();
        enter(1);
        assertThrows(
                IllegalStateException.class,
                () ->
                        source.next(
                                step -> {
                                    throw new IllegalStateException("of the test");
                                }));
        takeAll();
        enter(100);
        assertThrows(
                IllegalStateException.class,
                () ->
                        source.next(
                                step -> {
                                    throw new IllegalStateException("of the test");
                                }));
        takeAll();
        assertWhole();
        assertEquals(2, replays.get());
    }

    /** Which is while a step is handed over. */
    @Test
    void shouldCloseTheLogOnceNobodyWillAskForMore() {
        market.view.addListener(source);
        enter(100);
        assertTrue(source.next(step -> source.stop()));
        assertEquals(1, replays.get());
        assertEquals(1, closed.get());
    }

    /** The writer may look while a command is applied, between its facts. */
    @Test
    void shouldKeepTheFactsOfACommandThatIsStillBeingApplied() {
        enter(1);
        heard.forEach(source::on);
        takeAll();
        assertTrue(steps.stream().allMatch(step -> step.facts().isEmpty()));
        source.applied(market.log.lastSequence());
        takeAll();
        assertWhole();
    }

    @Test
    void shouldTakeNothingMoreOnceItHasLetGo() {
        final FactQueue queue = new FactQueue(2);
        assertEquals(7, queue.takeBehind(new Position(7, null)));
        assertEquals(7, queue.peek().begin());
        queue.add(Step.at(new Position(8, null)));
        assertEquals(FactQueue.NOTHING, queue.from());
        queue.remove();
        queue.add(Step.at(new Position(9, null)));
        assertNull(queue.peek());
    }
}
