package io.spindle.oms;

import static io.spindle.oms.AlgorithmDesk.SECOND;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The figures are those of docs/oms/algorithms.md. */
class AlgorithmTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private final AlgorithmDesk algorithms = new AlgorithmDesk(market);
    private final AlgorithmTable table = market.engine.algorithms();

    @Test
    void shouldSendTheSameInEveryInterval() {
        assertEquals(
                List.of("algorithm 0#1 ACCEPTED sent=0 executed=0 cancelled=0", "result 0.0 NONE"),
                algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 3)));
        assertEquals(
                List.of(
                        "algorithm 0#1 ACCEPTED sent=1 executed=0 cancelled=0",
                        "accepted 0/254#2 B 33@100000 ref=2",
                        "itch added 2 B 33@100000"),
                desk.tick());
        final long first = market.nowNs;
        assertEquals("accepted 0/254#3 B 33@100000 ref=3", desk.tick().get(1));
        assertEquals(first + SECOND, market.nowNs);
        assertEquals("accepted 0/254#4 B 34@100000 ref=4", desk.tick().get(1));
        assertEquals(1, market.engine.orders().options().linkId(2));
    }

    @Test
    void shouldBeFilledWhenItsOrdersAre() {
        market.enter(1, 1, 'S', 60, 100_000);
        algorithms.start(algorithms.twap("TEST00", 'B', 60, 100_000, 2));
        assertTrue(
                desk.tick()
                        .contains("algorithm 0#1 PARTIALLY_FILLED sent=1 executed=30 cancelled=0"));
        assertEquals(
                "algorithm 0#1 FILLED sent=2 executed=60 cancelled=0",
                last(desk.tick(), "algorithm"));
        assertEquals(0, table.open());
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldFollowTheVolumeOfTheMarket() {
        algorithms.start(algorithms.pov("TEST00", 'B', 1_000, 100_000, 10, 2_000));
        assertEquals(List.of(), desk.tick());
        market.enter(1, 1, 'S', 100, 101_000);
        market.enter(2, 1, 'B', 100, 101_000);
        assertEquals("accepted 0/254#2 B 20@100000 ref=4", desk.tick().get(1));
        market.enter(1, 2, 'S', 20, 100_000);
        assertEquals("accepted 0/254#3 B 4@100000 ref=6", desk.tick().get(1));
    }

    @Test
    void shouldReserveTheWholeAndGiveBackWhatIsNotBought() {
        final long before = desk.free("TEST00");
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 4));
        assertEquals(before - 100 * 100_000, desk.free("TEST00"));
        desk.tick();
        assertEquals(before - 100 * 100_000, desk.free("TEST00"));
        assertEquals(100, market.engine.holdings().openBuy(desk.holdingSlot("TEST00")));
        market.enter(1, 1, 'S', 5, 100_000);
        assertEquals(
                List.of("algorithm 0#1 PARTIALLY_FILLED sent=1 executed=5 cancelled=75"),
                algorithms.stop("TEST00", 1).stream().limit(1).toList());
        assertEquals(before - 25 * 100_000, desk.free("TEST00"));
        assertEquals(
                "algorithm 0#1 CANCELLED sent=1 executed=5 cancelled=95",
                last(desk.proceed(), "algorithm"));
        assertEquals(before - 5 * 100_000, desk.free("TEST00"));
        assertEquals(0, market.engine.holdings().openBuy(desk.holdingSlot("TEST00")));
        assertEquals(List.of("result 0.0 UNKNOWN_ORDER"), algorithms.stop("TEST00", 1));
    }

    @Test
    void shouldEndWithItsLastInterval() {
        algorithms.start(algorithms.twap("TEST00", 'S', 10, 100_000, 2));
        desk.tick();
        desk.tick();
        assertEquals(List.of(), desk.tick().stream().filter(it -> it.contains("result")).toList());
        final List<String> end = desk.proceed();
        assertTrue(end.contains("canceled 0/254#2 5 T"), end::toString);
        assertEquals(
                "algorithm 0#1 EXPIRED sent=2 executed=0 cancelled=10", last(end, "algorithm"));
    }

    @Test
    void shouldStopWithTheKillSwitchAndEnterNothingMeanwhile() {
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 4));
        desk.tick();
        desk.block('A', "TEST00", 'C', 2, true);
        assertEquals(List.of(), desk.tick());
        final List<String> swept = desk.proceed();
        assertTrue(swept.contains("canceled 0/254#2 25 k"), swept::toString);
        assertEquals(0, table.open());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldStopOnlyWhatTheScopeCovers() {
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 4));
        algorithms.start(algorithms.twap("TEST01", 'B', 100, 100_000, 4));
        desk.tick();
        desk.tick();
        desk.send(desk.massCancel(1, 1));
        desk.proceed();
        assertEquals(1, table.open());
        assertEquals(0, table.session(0));
        market.down(0, 1);
        desk.proceed();
        assertEquals(1, table.open());
    }

    @Test
    void shouldEndWithTheDay() {
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 4));
        market.dayStart(20261121, 0);
        assertEquals(
                "algorithm 0#1 EXPIRED sent=0 executed=0 cancelled=100", desk.proceed().getFirst());
    }

    @Test
    void shouldTryAgainWhatAChecksRefuses() {
        algorithms.start(algorithms.twap("TEST00", 'B', 90, 100_000, 3));
        desk.block('A', "TEST00", 'H', 2, false);
        final List<String> refused = desk.tick();
        assertTrue(refused.contains("rejected 0#2 ENTRY_DISABLED"), refused::toString);
        assertEquals(1, table.refused(0));
        assertEquals(RejectCode.ENTRY_DISABLED.code, table.refusal(0));
        desk.block('A', "TEST00", 'A', 2, false);
        assertTrue(desk.tick().contains("accepted 0/254#3 B 60@100000 ref=2"));
    }

    @Test
    void shouldMakeUpForMissedSlicesInOne() {
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 10));
        market.nowNs += 4 * SECOND;
        assertTrue(desk.tick().contains("accepted 0/254#2 B 50@100000 ref=2"));
        assertEquals(5, table.slice(0));
    }

    @Test
    void shouldCountWhatSomebodyElseCancels() {
        algorithms.start(algorithms.twap("TEST00", 'B', 10, 100_000, 1));
        desk.tick();
        desk.send(
                desk.cancel('S', "TEST00")
                        .orderReference(2)
                        .session(0)
                        .userRefIdx((short) 254)
                        .userRefNum(2));
        assertEquals(0, table.open());
    }

    @Test
    void shouldRefuseWhatItCannotBe() {
        assertEquals(
                "result 0.0 SESSION",
                algorithms.start(algorithms.twap("NOBODY", 'B', 10, 100_000, 1)).getLast());
        assertEquals(
                "result 0.0 FIELD",
                algorithms.start(algorithms.twap("TEST00", 'B', 10, 100_000, 0)).getLast());
        assertEquals(
                "result 0.0 FIELD",
                algorithms
                        .start(algorithms.twap("TEST00", 'B', 10, 100_000, 1).kind((byte) 'X'))
                        .getLast());
        assertEquals(
                "result 0.0 FIELD",
                algorithms.start(algorithms.pov("TEST00", 'B', 10, 100_000, 1, 0)).getLast());
        assertEquals(
                "result 0.0 MARKET_ORDER",
                algorithms.start(algorithms.twap("TEST00", 'B', 10, Long.MAX_VALUE, 1)).getLast());
        assertEquals(
                "result 0.0 PRICE",
                algorithms.start(algorithms.twap("TEST00", 'B', 10, 100_050, 1)).getLast());
        assertEquals("result 0.0 ACCOUNT_FOREIGN", foreign());
        desk.rule(1, 'A', "", "", 5, 0, SECOND);
        assertEquals(
                "result 0.0 AUTHORISATION_FAILED",
                algorithms.start(algorithms.twap("TEST00", 'B', 10, 100_000, 1)).getLast());
        assertEquals(0, table.open());
        assertEquals(0, market.engine.sessions().lastUserRefNum(0, AlgorithmTable.SERIES));
    }

    private String foreign() {
        new CommandBatch(market, 0, 0).firm("OTHR").account("THEIRS", "OTHR", 0).commit();
        market.events.take();
        return algorithms
                .start(
                        algorithms
                                .twap("TEST00", 'B', 10, 100_000, 1)
                                .accountHigh(Ascii.pack("THEIRS")))
                .getLast();
    }

    @Test
    void shouldLetNobodyReplaceItsOrders() {
        algorithms.start(algorithms.twap("TEST00", 'B', 10, 100_000, 1));
        desk.tick();
        assertEquals(
                List.of(
                        "canceled 0/254#2 10 U",
                        "itch deleted 2",
                        "algorithm 0#1 CANCELLED sent=1 executed=0 cancelled=10",
                        "rejected 0#3 REPLACE_NOT_ALLOWED"),
                algorithms.replace(0, 2, 3));
    }

    @Test
    void shouldGoOnFromASnapshotAsIfNothingHadHappened(@TempDir final Path folder)
            throws IOException {
        algorithms.start(algorithms.twap("TEST00", 'B', 100, 100_000, 7));
        algorithms.start(algorithms.pov("TEST01", 'S', 100, 100_000, 7, 3_000));
        for (int i = 0; i < 5; i++) {
            desk.tick();
        }
        final Path file = new SnapshotWriter().write(market.engine, folder);
        final int kept = market.log.size();
        algorithms.finish();
        final Market restored = new Market(EngineConfig.small(), new NoEvents());
        new SnapshotReader().read(file, restored.engine);
        market.log.subList(kept, market.log.size()).forEach(restored::apply);
        assertEquals(market.engine.stateHash(), restored.engine.stateHash());
        assertEquals(market.engine.eventDigest(), restored.engine.eventDigest());
        assertEquals(0, market.engine.illegalTransitions());
    }

    private static String last(final List<String> lines, final String beginning) {
        return lines.stream().filter(it -> it.startsWith(beginning)).toList().getLast();
    }
}
