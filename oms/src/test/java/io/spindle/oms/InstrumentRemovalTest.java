package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An instrument is taken away while others trade, and comes back. */
class InstrumentRemovalTest {
    private static final String GONE = "GONE";
    private static final int NUMBER = 3;
    private static final List<String> IN_USE = List.of("result 0.0 IN_USE");
    private static final List<String> DONE = List.of("itch state 3 D", "result 0.0 NONE");

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final Supervisor supervisor = new Supervisor(market);

    @TempDir Path folder;

    @BeforeEach
    void define() {
        define(100);
    }

    /** Whatever happened, it replays, and a snapshot holds it. */
    @AfterEach
    void shouldReplayAndRestore() throws IOException {
        final Market again = market.replay(EngineConfig.small());
        assertEquals(market.engine.eventDigest(), again.engine.eventDigest());
        assertEquals(market.engine.stateHash(), again.engine.stateHash());
        final Market restored = new Market();
        new SnapshotReader()
                .read(new SnapshotWriter().write(market.engine, folder), restored.engine);
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
        assertEquals(
                market.engine.instruments().find(Ascii.pack(GONE)),
                restored.engine.instruments().find(Ascii.pack(GONE)));
    }

    private List<String> define(final long tickSize) {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                GONE, "USD", tickSize, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .commit();
        return market.events.take();
    }

    private List<String> state(final char state) {
        return market.tradingState(GONE, 0, state);
    }

    private List<String> enter(
            final int session, final int number, final char side, final long quantity) {
        return market.enter(
                market.order(session, number, side, quantity, 100_000).symbol(Ascii.pack(GONE)));
    }

    private void remove() {
        state('X');
        assertEquals(DONE, state('D'));
    }

    @Test
    void shouldBeUnknownToEveryCommandWhileTheOthersTrade() {
        remove();
        assertEquals(InstrumentTable.NONE, market.engine.instruments().find(Ascii.pack(GONE)));
        assertTrue(market.engine.instruments().isRemoved(NUMBER));
        assertEquals(List.of("rejected 0#1 SYMBOL"), enter(0, 1, 'B', 5));
        assertEquals(List.of("result 0.0 SYMBOL"), state('T'));
        assertEquals(List.of("result 0.0 SYMBOL"), state('D'));
        assertEquals(List.of("result 0.0 SYMBOL"), desk.reference(GONE, 100_000));
        assertEquals(List.of("result 0.0 SYMBOL"), supervisor.link("SPDL", GONE));
        desk.deposit("TEST00", 0, GONE, 5);
        assertEquals(0, market.engine.tables().uses.amounts(NUMBER));
        assertEquals(
                List.of("accepted 0#2 B 5@100000 ref=1", "itch added 1 B 5@100000"),
                market.enter(0, 2, 'B', 5, 100_000));
    }

    @Test
    void shouldStayWhileItIsOpenOrHasAnOrder() {
        assertEquals(IN_USE, state('D'));
        enter(0, 1, 'B', 5);
        state('X');
        assertEquals(IN_USE, state('D'));
        market.cancel(0, 1, 0);
        assertEquals(DONE, state('D'));
    }

    @Test
    void shouldStayWhileAnOrderIsHeldOutsideTheBook() {
        desk.rule(1, 'A', "", GONE, 1, 0, 1_000_000_000L);
        assertEquals(List.of("held 0#1 rule=1"), enter(0, 1, 'B', 5));
        state('X');
        assertEquals(IN_USE, state('D'));
        desk.tick();
        assertEquals(DONE, state('D'));
    }

    @Test
    void shouldStayWhileSomebodyHoldsOrOwesLots() {
        enter(0, 1, 'S', 5);
        enter(1, 1, 'B', 5);
        state('X');
        assertEquals(IN_USE, state('D'));
        desk.deposit("TEST00", 0, GONE, 5);
        assertEquals(IN_USE, state('D'));
        desk.deposit("TEST01", 0, GONE, -5);
        assertEquals(DONE, state('D'));
    }

    @Test
    void shouldStayWhileAMarginIsHeldForIt() {
        desk.member("EDGE", AccountTable.FLAG_MARGIN, 0);
        desk.deposit("EDGE", 100_000_000, "SPDL", 0);
        desk.instrumentRisk(GONE, 0, 1_000, 0, 0);
        enter(0, 1, 'S', 5);
        enter(desk.session("EDGE"), 1, 'B', 5);
        desk.deposit("TEST00", 0, GONE, 5);
        desk.deposit("EDGE", 0, GONE, -5);
        assertEquals(1, market.engine.tables().uses.amounts(NUMBER));
        state('X');
        assertEquals(IN_USE, state('D'));
    }

    @Test
    void shouldStayWhileAnAlgorithmIsAtWork() {
        final AlgorithmDesk algorithms = new AlgorithmDesk(market);
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 4).symbol(Ascii.pack(GONE)));
        state('X');
        assertEquals(IN_USE, state('D'));
        algorithms.stop("TEST00", 1);
        assertEquals(DONE, state('D'));
    }

    @Test
    void shouldStayWhileItIsLinked() {
        assertEquals(List.of("result 0.0 NONE"), supervisor.link("SPDL", GONE));
        state('X');
        assertEquals(IN_USE, state('D'));
    }

    @Test
    void shouldComeBackClosedUnderItsOldNumber() {
        remove();
        assertTrue(define(200).contains("result 0.0 DUPLICATE"));
        assertEquals(List.of("result 0.0 SYMBOL"), state('T'));
        assertEquals(
                List.of("itch instrument 3", "itch state 3 X"),
                define(100).stream().filter(line -> line.startsWith("itch")).toList());
        assertEquals(List.of("rejected 0#1 HALTED"), enter(0, 1, 'B', 5));
        state('T');
        assertTrue(enter(0, 2, 'B', 5).getFirst().startsWith("accepted 0#2"));
        assertEquals(NUMBER, market.engine.instruments().count());
    }

    @Test
    void shouldNotBeToldOfWhenADayBegins() {
        remove();
        final List<String> day = market.dayStart(20261120, 1);
        assertTrue(day.contains("itch instrument 2"), day::toString);
        assertFalse(day.contains("itch instrument 3"), day::toString);
    }

    @Test
    void shouldTakeNoTradeBackUntilItIsThereAgain() {
        enter(0, 1, 'S', 5);
        enter(1, 1, 'B', 5);
        desk.deposit("TEST00", 0, GONE, 5);
        desk.deposit("TEST01", 0, GONE, -5);
        remove();
        assertEquals(List.of("result 0.0 SYMBOL"), supervisor.bust(1, 'E'));
        assertEquals(List.of("result 0.0 SYMBOL"), supervisor.correct(1, 99_900));
        define(100);
        assertEquals("result 0.0 NONE", supervisor.bust(1, 'E').getLast());
        assertEquals(IN_USE, state('D'), "what was booked out is owed now");
    }
}
