package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What a bracket holds while its children sleep. */
class BracketTest {
    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    private List<String> child(
            final int session,
            final int number,
            final char role,
            final int link,
            final long price) {
        return market.enter(
                market.order(session, number, role == 'P' ? 'B' : 'S', 10, price),
                o -> {
                    o.linkRole((byte) role).linkId(link);
                    if (role == 'S') {
                        o.stopPrice(90_000);
                    }
                });
    }

    @Test
    void shouldTakeNoParentThatNamesWhatTheOtherChildHolds() {
        desk.member("CASH", 0, 0);
        desk.deposit("CASH", 10_000_000, "SPDL", 0);
        final int session = desk.session("CASH");
        child(session, 1, 'T', 0, 120_000);
        child(session, 2, 'S', 1, 80_000);
        assertEquals(
                List.of("rejected " + session + "#3 LINK"), child(session, 3, 'P', 2, 100_000));
    }

    @Test
    void shouldLetAStopLossMoveThoughTheMoneyIsHeldByItsPair() {
        desk.member("MARG", AccountTable.FLAG_MARGIN, 0);
        desk.deposit("MARG", 2_200_000, "SPDL", 0);
        final int session = desk.session("MARG");
        child(session, 1, 'T', 0, 120_000);
        child(session, 2, 'S', 1, 80_000);
        child(session, 3, 'P', 1, 100_000);
        assertEquals(0, desk.free("MARG"));
        final List<String> moved = market.replace(session, 2, 4, 10, 81_000);
        assertEquals(3, market.engine.orders().open(), moved.toString());
        assertEquals(0, desk.free("MARG"));
    }

    @Test
    void shouldHoldForASleepingSellWhatItWasCheckedFor() {
        desk.member("MARG", AccountTable.FLAG_MARGIN, 0);
        desk.deposit("MARG", 1_200_000, "SPDL", 0);
        final int session = desk.session("MARG");
        child(session, 1, 'T', 0, 120_000);
        assertEquals(1_200_000, market.engine.cash().reserved(desk.cashSlot("MARG")));
        assertEquals(
                "rejected " + session + "#2 INSUFFICIENT_CASH",
                child(session, 2, 'P', 1, 100_000).getLast());
        desk.deposit("MARG", 1_000_000, "SPDL", 0);
        child(session, 3, 'P', 1, 100_000);
        market.enter(0, 1, 'S', 10, 100_000);
        assertEquals(0, desk.free("MARG"));
    }
}
