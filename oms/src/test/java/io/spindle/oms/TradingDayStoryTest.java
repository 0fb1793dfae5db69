package io.spindle.oms;

import static io.spindle.oms.GoldMarket.USD;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** One market, two firms, three days; figures by hand. Read it from top to bottom. */
class TradingDayStoryTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private final Market market = new Market();
    private final Desk desk = new Desk(market);
    private int alice;
    private int bob;

    @Test
    void shouldBalanceTheBooksAfterThreeEventfulDays() {
        loadTheMorningFiles();
        market.dayStart(20261123, 0);
        aliceBuysInParts();
        bobShowsTheTipOfAnIceberg();
        aLargeOrderWaitsForAnOperator();
        aliceBracketsHerPosition();
        theOperatorPullsThePlug();
        twoDaysLaterEverythingIsSettled();
    }

    private void loadTheMorningFiles() {
        GoldMarket.open(market);
        alice = desk.session("ALICE1");
        bob = desk.session("BOB1");
        desk.rule(1, 'A', "", "", 1_000, 0, MINUTE_NS);
        assertEquals(2, market.engine.sessions().count());
    }

    /** She bids for 100 at 50.00: 5,000.00 and 10.00 for the worst fee are set aside. */
    private void aliceBuysInParts() {
        market.enter(alice, 1, 'B', 100, 50 * USD);
        assertEquals(94_990 * USD, desk.free("ALICE"));
        market.enter(bob, 1, 'S', 40, 50 * USD);
        market.enter(bob, 2, 'S', 60, 50 * USD);
        assertEquals(94_995 * USD, desk.free("ALICE"), "the maker's fee was 5.00");
        assertEquals(100, market.engine.holdings().lots(desk.holdingSlot("ALICE")));
        assertEquals(100, market.engine.holdings().unsettledIn(desk.holdingSlot("ALICE")));
        assertEquals(
                "rejected 0#2 SHORT_SALE",
                market.enter(alice, 2, 'S', 100, 51 * USD).getLast(),
                "she does not have them yet");
        assertEquals(50_000 * USD, desk.free("BOB"), "nor he the money");
    }

    private void bobShowsTheTipOfAnIceberg() {
        market.enter(market.order(bob, 3, 'S', 300, 51 * USD), o -> o.maxFloor(100));
        final List<String> events = market.enter(alice, 3, 'B', 150, 51 * USD);
        assertTrue(events.contains("restated 1#3 R"));
        assertEquals("itch executed 6 50 match=4", lastOfTheBook(events));
        market.cancel(bob, 3, 0);
        assertEquals(250, market.engine.holdings().position(desk.holdingSlot("ALICE")));
    }

    private static String lastOfTheBook(final List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("itch executed"))
                .reduce("", (first, last) -> last);
    }

    /** 1,000 lots need a second pair of eyes; the money waits with the order. */
    private void aLargeOrderWaitsForAnOperator() {
        final long free = desk.free("ALICE");
        final String held = market.enter(alice, 4, 'B', 1_000, 45 * USD).getLast();
        assertEquals("held 0#4 rule=1", held);
        assertEquals(free - 45_090 * USD, desk.free("ALICE"));
        final long reference = reference(4);
        assertEquals(
                "rejected 0#4 AUTHORISATION_REFUSED",
                desk.authorise(alice, 4, reference, false).getFirst());
        assertEquals(free, desk.free("ALICE"));
        market.enter(alice, 5, 'B', 1_000, 45 * USD);
        assertTrue(
                desk.authorise(alice, 5, reference(5), true).getFirst().startsWith("accepted 0#5"));
        market.cancel(alice, 5, 0);
    }

    private long reference(final int number) {
        final OrderTable orders = market.engine.orders();
        return orders.orderReference(orders.find(alice, 0, number));
    }

    /**
     * In at 49.00, out at 52.00 with a gain or at 48.00 before it hurts; with ten lots that she has
     * had for long, because what she buys today is not hers to sell.
     */
    private void aliceBracketsHerPosition() {
        desk.deposit("ALICE", 0, "SPDL", 10);
        market.enter(
                market.order(alice, 6, 'S', 10, 52 * USD), o -> o.linkRole((byte) 'T').linkId(0));
        market.enter(
                market.order(alice, 7, 'S', 10, 47 * USD),
                o -> o.linkRole((byte) 'S').linkId(6).stopPrice(48 * USD));
        market.enter(
                market.order(alice, 8, 'B', 10, 49 * USD), o -> o.linkRole((byte) 'P').linkId(6));
        market.enter(bob, 4, 'S', 10, 49 * USD);
        market.enter(bob, 5, 'B', 20, 48 * USD);
        final List<String> events = market.enter(bob, 6, 'S', 1, 48 * USD);
        assertTrue(events.contains("restated 0#7 T"));
        assertTrue(events.contains("canceled 0#6 10 o"));
        assertEquals(250, market.engine.holdings().position(desk.holdingSlot("ALICE")));
        assertEquals(0, market.engine.holdings().openSell(desk.holdingSlot("ALICE")));
    }

    private void theOperatorPullsThePlug() {
        assertEquals(1, market.engine.orders().open());
        desk.block('Y', "", 'H', 3, true);
        assertTrue(market.enter(alice, 9, 'B', 1, 48 * USD).getLast().endsWith("ENTRY_DISABLED"));
        desk.proceed();
        assertEquals(0, market.engine.orders().open());
        assertEquals(0, market.engine.cash().reserved(desk.cashSlot("BOB")));
        desk.block('Y', "", 'A', 3, false);
    }

    private void twoDaysLaterEverythingIsSettled() {
        market.dayStart(20261124, 0);
        assertTrue(market.engine.holdings().unsettledIn(desk.holdingSlot("ALICE")) > 0);
        market.dayStart(20261125, 0);
        final int alices = desk.holdingSlot("ALICE");
        assertEquals(0, market.engine.holdings().unsettledIn(alices));
        assertEquals(0, market.engine.cash().unsettledIn(desk.cashSlot("BOB")));
        assertEquals(260, market.engine.holdings().lots(alices));
        assertEquals(1_750, market.engine.holdings().lots(desk.holdingSlot("BOB")));
        assertEquals(2, market.enter(alice, 10, 'S', 250, 52 * USD).size());
        assertEquals(0, sumOfCash());
        assertEquals(150_000 * USD, cash("ALICE") + cash("BOB") + cash("FEES"));
        final Market replayed = market.replay(EngineConfig.small());
        assertEquals(market.engine.stateHash(), replayed.engine.stateHash());
    }

    private long cash(final String account) {
        return market.engine.cash().balance(desk.cashSlot(account));
    }

    private long sumOfCash() {
        long sum = 0;
        final CashTable cash = market.engine.cash();
        for (int slot = 0; slot < cash.slots(); slot++) {
            sum += cash.isUsed(slot) ? cash.balance(slot) : 0;
        }
        return sum;
    }
}
