package io.spindle.oms;

import static io.spindle.oms.AlgorithmDesk.SECOND;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.command.EnterOrderEncoder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Every new order is accepted or rejected within its command, and counted where that happened. */
class OrderCountsTest {
    @TempDir private Path folder;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final OrderCounts counts = market.engine.orderCounts();

    private void assertRejected(
            final int rate, final int fields, final int risk, final int rule, final int book) {
        assertEquals(
                List.of(rate, fields, risk, rule, book),
                List.of(
                        (int) counts.rejectedByRate,
                        (int) counts.rejectedByFields,
                        (int) counts.rejectedByRisk,
                        (int) counts.rejectedByRule,
                        (int) counts.rejectedByBook));
        assertEquals(counts.received, counts.accepted + counts.rejected());
    }

    @Test
    void shouldCountEveryOrderAtTheStageThatDecides() {
        market.enter(0, 1, 'S', 100, 100_000);
        market.enter(1, 1, 'B', 60, 100_000);
        assertRejected(0, 0, 0, 0, 0);
        assertEquals(2, counts.accepted);

        assertEquals(List.of("rejected 0#2 SIDE"), market.enter(0, 2, 'X', 1, 100));
        market.tradingState(7, 'H');
        assertEquals(List.of("rejected 0#3 HALTED"), market.enter(0, 3, 'B', 1, 100));
        market.tradingState(8, 'T');
        assertRejected(0, 2, 0, 0, 0);

        desk.send(desk.limits('A', "TEST00").orderQuantity(40));
        assertEquals("rejected 0#4 MAX_QUANTITY", market.enter(0, 4, 'B', 41, 90_000).getLast());
        assertRejected(0, 2, 1, 0, 0);

        desk.rule(1, 'F', "", "", 30, 0, 0);
        assertEquals(
                List.of("rejected 0#5 AUTHORISATION_FAILED"), market.enter(0, 5, 'B', 35, 90_000));
        assertRejected(0, 2, 1, 1, 0);

        assertEquals(
                List.of("rejected 0#6 MIN_QUANTITY"),
                market.enter(market.order(0, 6, 'B', 5, 90_000), o -> o.minQuantity(6)));
        assertRejected(0, 2, 1, 1, 1);

        desk.rate('S', "TEST01", 'R', 1, 1);
        market.enter(1, 2, 'B', 1, 90_000);
        assertEquals(List.of("rejected 1#3 PORT_RATE"), market.enter(1, 3, 'B', 1, 90_000));
        assertRejected(1, 2, 1, 1, 1);
        assertEquals(9, counts.received);
        assertEquals(3, counts.accepted);
    }

    @Test
    void shouldCountOnceWhatIsHeldOrQueued() {
        desk.rule(1, 'A', "", "", 20, 0, SECOND);
        assertEquals(List.of("held 0#1 rule=1"), market.enter(0, 1, 'B', 25, 90_000));
        assertEquals(List.of("rejected 0#1 CANCELLED_WHILE_HELD"), market.cancel(0, 1, 0));
        desk.rate('S', "TEST01", 'Q', 10, 1);
        market.enter(1, 1, 'B', 1, 90_000);
        assertEquals(List.of(), market.enter(1, 2, 'B', 1, 90_000));
        assertEquals("accepted 1#2 B 1@90000 ref=3", desk.tick().getFirst());
        assertRejected(0, 0, 0, 0, 0);
        assertEquals(3, counts.accepted);
    }

    @Test
    void shouldNotCountWhatIsNoNewOrder() {
        market.enter(0, 5, 'S', 100, 100_000);
        assertEquals(List.of(), market.enter(0, 5, 'S', 100, 100_000));
        assertEquals(List.of(), market.enter(0, 4, 'S', 100, 100_000));
        market.replace(0, 5, 6, 50, 100_000);
        market.replace(0, 6, 7, 50, 100_001);
        market.refuse(0, 8, RejectCode.OVERLOAD);
        market.refuse(0, 9, RejectCode.TAG);
        assertRejected(0, 0, 0, 0, 0);
        assertEquals(1, counts.received);
    }

    @Test
    void shouldCountTheSlicesOfAnAlgorithm() {
        final AlgorithmDesk algorithms = new AlgorithmDesk(market);
        algorithms.start(algorithms.twap("TEST00", 'B', 90, 90_000, 3));
        assertEquals(0, counts.received);
        desk.tick();
        assertEquals(1, counts.accepted);
        desk.send(desk.limits('A', "TEST00").orderQuantity(10));
        desk.tick();
        assertRejected(0, 0, 1, 0, 0);
        assertEquals(2, counts.received);
    }

    /** A table that is full is a matter of the last stage. */
    @Test
    void shouldCountAnOrderForWhichThereIsNoRoom() {
        final Market tiny = new Market(new EngineConfig(2, 8, 128, 128, 1_024, 256, 64, 1 << 20));
        SampleMarket.write(tiny);
        for (int number = 1; number <= 3; number++) {
            tiny.enter(0, number, 'B', 1, 100);
        }
        assertEquals(2, tiny.engine.orderCounts().accepted);
        assertEquals(1, tiny.engine.orderCounts().rejectedByBook);
        assertEquals(3, tiny.engine.orderCounts().received);
    }

    @Test
    void shouldLoseNoneOfARandomFlow() {
        new RandomFlow(market, 11).run(5_000);
        assertEquals(market.tally[EnterOrderEncoder.TEMPLATE_ID], counts.received);
        assertEquals(counts.received, counts.accepted + counts.rejected());
        assertTrue(counts.accepted > 0 && counts.rejectedByFields > 0 && counts.rejectedByBook > 0);
    }

    @Test
    void shouldBeNoPartOfTheState() throws IOException {
        new RandomFlow(market, 12).run(500);
        final long hash = market.engine.stateHash();
        final Path file = new SnapshotWriter().write(market.engine, folder);
        assertTrue(counts.received > 0);
        counts.restart();
        assertRejected(0, 0, 0, 0, 0);
        assertEquals(0, counts.received);
        assertEquals(hash, market.engine.stateHash());

        final Market restored = new Market();
        new SnapshotReader().read(file, restored.engine);
        assertEquals(0, restored.engine.orderCounts().received);
        assertEquals(hash, restored.engine.stateHash());
    }
}
