package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures are those of docs/oms/settlement.md. */
class SettlementTest {
    private static final long USD = 10_000;
    private static final int TWO_DAYS = 2;

    private final Market market = new Market();
    private final Desk desk = new Desk(market);

    @BeforeEach
    void open() {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "SPDL", "USD", 100, 1, 1, 1_000_000, 199_999_9900L, 4, 0))
                .firm(SampleMarket.FIRM)
                .commit();
        market.events.take();
        desk.instrumentRisk("SPDL", 0, 0, TWO_DAYS, 0);
        market.dayStart(20261123, 0);
    }

    private void members(final int flags) {
        desk.member("ALICE", flags, 0);
        desk.member("BOB", flags, 0);
        desk.deposit("ALICE", 10_000 * USD, "SPDL", 0);
        desk.deposit("BOB", 0, "SPDL", 100);
        market.enter(desk.session("BOB"), 1, 'S', 100, 50 * USD);
        market.enter(desk.session("ALICE"), 1, 'B', 100, 50 * USD);
    }

    private void assertCash(final String account, final long balance, final long free) {
        assertEquals(balance * USD, market.engine.cash().balance(desk.cashSlot(account)));
        assertEquals(free * USD, desk.free(account));
    }

    private void assertLots(final String account, final long lots, final long free) {
        final HoldingTable holdings = market.engine.holdings();
        final int slot = desk.holdingSlot(account);
        assertEquals(lots, holdings.lots(slot));
        assertEquals(
                free,
                holdings.free(slot, market.engine.accounts().flags(desk.accountNumber(account))));
    }

    private String enter(final String session, final int number, final char side, final int lots) {
        return market.enter(desk.session(session), number, side, lots, 50 * USD).getLast();
    }

    @Test
    void shouldBringWhatWasTradedTwoTradingDaysLater() {
        members(0);
        for (final int date : new int[] {20261123, 20261124}) {
            assertCash("ALICE", 5_000, 5_000);
            assertLots("ALICE", 100, 0);
            assertCash("BOB", 5_000, 0);
            assertLots("BOB", 0, 0);
            assertEquals(date, market.engine.date());
            market.dayStart(date + 1, 0);
        }
        assertCash("ALICE", 5_000, 5_000);
        assertLots("ALICE", 100, 100);
        assertCash("BOB", 5_000, 5_000);
    }

    @Test
    void shouldRefuseWhatIsNotSettledUntilItIs() {
        members(0);
        assertEquals(
                "rejected " + desk.session("ALICE") + "#2 SHORT_SALE", enter("ALICE", 2, 'S', 1));
        assertEquals(
                "rejected " + desk.session("BOB") + "#2 INSUFFICIENT_CASH",
                enter("BOB", 2, 'B', 1));
        market.dayStart(20261124, 0);
        market.dayStart(20261125, 0);
        assertTrue(enter("ALICE", 3, 'S', 100).startsWith("itch added"));
        assertEquals(100, market.engine.holdings().openSell(desk.holdingSlot("ALICE")));
        enter("BOB", 3, 'B', 100);
        assertEquals(100, bobHolds());
    }

    private long bobHolds() {
        return market.engine.holdings().lots(desk.holdingSlot("BOB"));
    }

    @Test
    void shouldLetThoseUseItWhoMay() {
        members(AccountTable.FLAG_TRADE_UNSETTLED);
        assertTrue(enter("ALICE", 2, 'S', 100).startsWith("itch added"));
        enter("BOB", 2, 'B', 100);
        assertEquals(100, bobHolds());
        assertCash("ALICE", 10_000, 10_000);
        assertCash("BOB", 0, 0);
    }
}
