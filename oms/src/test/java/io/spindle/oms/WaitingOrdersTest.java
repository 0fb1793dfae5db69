package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Orders that end or begin by time, by token or by an operator's word. */
class WaitingOrdersTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);

    @Test
    void shouldExpireByTheLoggedClock() {
        final long end = market.nowNs + SECOND_NS;
        market.enter(
                market.order(0, 1, 'B', 5, 100_000).timeInForce((byte) '6'), o -> o.expireAt(end));
        assertEquals(end, market.engine.nextDeadlineNs());
        assertEquals(List.of("canceled 0#1 5 T", "itch deleted 1"), desk.tick());
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldExpireAfterSomeSeconds() {
        market.enter(
                market.order(0, 1, 'B', 5, 100_000).timeInForce((byte) '6'),
                o -> o.expireSeconds(2));
        assertEquals(market.nowNs + 2 * SECOND_NS, market.engine.nextDeadlineNs());
        market.cancel(0, 1, 0);
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldRefuseAnExpiryThatIsMissingOrPast() {
        assertEquals(
                List.of("rejected 0#1 EXPIRY"),
                market.enter(market.order(0, 1, 'B', 5, 100_000).timeInForce((byte) '6')));
        assertEquals(
                List.of("rejected 0#2 EXPIRY"),
                market.enter(
                        market.order(0, 2, 'B', 5, 100_000).timeInForce((byte) '6'),
                        o -> o.expireAt(market.nowNs)));
        assertEquals(
                List.of("rejected 0#3 DEADLINE"),
                market.enter(market.order(0, 3, 'B', 5, 100_000), o -> o.deadline(market.nowNs)));
    }

    @Test
    void shouldKeepATimeToEndByOnlyWhileItIsGoodTillThen() {
        final long end = market.nowNs + SECOND_NS;
        market.enter(
                market.order(0, 1, 'B', 5, 100_000).timeInForce((byte) '6'), o -> o.expireAt(end));
        market.replace(0, 1, 2, 5, 100_000);
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
        market.enter(market.order(0, 3, 'B', 5, 100_000), o -> o.expireAt(end));
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldExpireManyInOrderAndInSlices() {
        final long end = market.nowNs + 60 * SECOND_NS;
        for (int number = 1; number <= 300; number++) {
            final long at = end - number % 7;
            market.enter(
                    market.order(0, number, 'B', 1, 100_000).timeInForce((byte) '6'),
                    o -> o.expireAt(at));
        }
        market.nowNs = end;
        assertEquals(512, desk.tick().size());
        assertTrue(market.engine.nextDeadlineNs() <= end);
        assertEquals(88, desk.tick().size());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldEndDayOrdersAndRestateCarriedOnesAtTheTurnOfTheDay() {
        market.enter(0, 1, 'B', 5, 100_000);
        market.enter(market.order(0, 2, 'B', 5, 100_000).timeInForce((byte) '1'));
        market.dayStart(20261121, 0);
        assertEquals(
                List.of("canceled 0#1 5 T", "itch deleted 1", "restated 0#2 D"), desk.proceed());
        assertEquals(3, market.engine.sessions().nextOutboundSequence(0));
    }

    @Test
    void shouldEndADayOrderThatIsHeldWithItsDay() {
        desk.rule(1, 'A', "", "", 0, 0, 100 * SECOND_NS);
        market.enter(0, 1, 'B', 5, 100_000);
        market.enter(market.order(0, 2, 'B', 5, 100_000).timeInForce((byte) '1'));
        market.dayStart(20261121, 0);
        assertEquals(List.of("rejected 0#1 EXPIRED_WHILE_HELD"), desk.proceed());
        assertEquals(1, market.engine.orders().open(), "the other goes on waiting");
    }

    @Test
    void shouldUseTheAccountNamedInTheOrder() {
        desk.member("OTHER", 0, 0);
        desk.deposit("OTHER", 10_000_000, "SPDL", 0);
        final String events =
                market.enter(
                                market.order(0, 1, 'B', 1, 100_000),
                                o -> o.accountHigh(Ascii.pack("OTHER")).accountLow(Ascii.BLANK))
                        .get(0);
        assertTrue(events.startsWith("accepted"));
        assertEquals(9_900_000, desk.free("OTHER"));
        assertEquals(
                List.of("rejected 0#2 ACCOUNT"),
                market.enter(
                        market.order(0, 2, 'B', 1, 100_000),
                        o -> o.accountHigh(Ascii.pack("NONE")).accountLow(Ascii.BLANK)));
        assertEquals(
                List.of("rejected 0#3 ACCOUNT"),
                market.enter(
                        market.order(0, 3, 'B', 1, 100_000),
                        o -> o.accountHigh(Ascii.pack("FEES")).accountLow(Ascii.BLANK)));
        new CommandBatch(market, 0, 0).firm("ELSE").account("FAR", "ELSE", 0).commit();
        market.events.take();
        assertEquals(
                List.of("rejected 0#4 ACCOUNT_FOREIGN"),
                market.enter(
                        market.order(0, 4, 'B', 1, 100_000),
                        o -> o.accountHigh(Ascii.pack("FAR")).accountLow(Ascii.BLANK)));
    }

    @Test
    void shouldHoldUntilAnOperatorReleases() {
        desk.rule(1, 'A', "", "SPDL", 100, 0, SECOND_NS);
        assertEquals(List.of("held 0#1 rule=1"), market.enter(0, 1, 'B', 100, 100_000));
        assertEquals(100 * 100_000, market.engine.orders().reserved(0));
        market.enter(1, 1, 'B', 99, 100_000);
        assertEquals(
                List.of(
                        "accepted 0#1 B 100@100000 ref=1",
                        "itch added 1 B 100@100000",
                        "result 0.0 NONE"),
                desk.authorise(0, 1, 1, true));
        assertEquals(
                "executed 1#1 99@100000 maker match=1 leaves=0",
                market.enter(2, 1, 'S', 99, 100_000).get(1));
        assertEquals(List.of("result 0.0 UNKNOWN_ORDER"), desk.authorise(0, 1, 1, true));
        assertEquals(List.of("result 0.0 UNKNOWN_ORDER"), desk.authorise(0, 9, 9, true));
    }

    @Test
    void shouldNotLetAReplaceGrowPastARule() {
        desk.rule(1, 'A', "", "", 100, 0, SECOND_NS);
        market.enter(0, 1, 'B', 99, 100_000);
        assertTrue(market.replace(0, 1, 2, 98, 100_000).getFirst().startsWith("replaced"));
        assertEquals(
                "rejected 0#3 AUTHORISATION_FAILED",
                market.replace(0, 2, 3, 100, 100_000).getLast());
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldGiveTheMoneyBackWhenAnOperatorRefuses() {
        desk.rule(1, 'A', "TEST00", "", 0, 500_000, SECOND_NS);
        final long free = desk.free("TEST00");
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(free - 100 * 100_000, desk.free("TEST00"));
        assertEquals(
                List.of("rejected 0#1 AUTHORISATION_REFUSED", "result 0.0 NONE"),
                desk.authorise(0, 1, 1, false));
        assertEquals(free, desk.free("TEST00"));
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldEndHeldOrdersInEveryOtherWay() {
        desk.rule(1, 'A', "", "", 0, 0, SECOND_NS);
        market.enter(0, 1, 'B', 100, 100_000);
        assertEquals(List.of("rejected 0#1 AUTHORISATION_EXPIRED"), desk.tick());
        market.enter(0, 2, 'B', 100, 100_000);
        assertEquals(
                List.of("cancel rejected 0#2 CANCEL_NOT_ALLOWED"), market.modify(0, 2, 'B', 5));
        assertEquals(List.of(), market.cancel(0, 2, 200));
        assertEquals(List.of("cancel rejected 0#2 CANCEL_NOT_ALLOWED"), market.cancel(0, 2, 60));
        assertEquals(List.of("rejected 0#2 CANCELLED_WHILE_HELD"), market.cancel(0, 2, 0));
        market.enter(0, 3, 'B', 100, 100_000);
        assertEquals(
                List.of("rejected 0#3 CANCELLED_WHILE_HELD", "rejected 0#4 REPLACE_NOT_ALLOWED"),
                market.replace(0, 3, 4, 50, 100_000));
        market.enter(0, 5, 'B', 100, 100_000);
        desk.send(desk.cancel('Y', ""));
        assertEquals(List.of("rejected 0#5 CANCELLED_WHILE_HELD"), desk.proceed());
        market.enter(0, 6, 'B', 100, 100_000);
        desk.block('Y', "", 'H', 3, false);
        assertEquals(
                List.of("rejected 0#6 ENTRY_DISABLED", "result 0.0 NONE"),
                desk.authorise(0, 6, 5, true));
        assertEquals(0, market.engine.orders().open());
    }

    @Test
    void shouldTryRulesByNumber() {
        desk.rule(2, 'F', "", "", 50, 0, 0);
        desk.rule(1, 'P', "TEST01", "", 0, 0, 0);
        assertEquals(
                List.of("rejected 0#1 AUTHORISATION_FAILED"), market.enter(0, 1, 'B', 50, 100_000));
        assertEquals(2, market.enter(0, 2, 'B', 49, 100_000).size());
        assertEquals(2, market.enter(1, 1, 'B', 50, 100_000).size());
        desk.rule(2, (char) 0, "", "", 0, 0, 0);
        assertEquals(2, market.enter(0, 3, 'B', 50, 100_000).size());
        assertEquals(List.of("result 0.0 FIELD"), desk.rule(65, 'P', "", "", 0, 0, 0));
        assertEquals(List.of("result 0.0 FIELD"), desk.rule(1, 'X', "", "", 0, 0, 0));
        assertEquals(List.of("result 0.0 FIELD"), desk.rule(1, 'A', "", "", 0, 0, 0));
        assertEquals(List.of("result 0.0 ACCOUNT"), desk.rule(1, 'P', "NONE", "", 0, 0, 0));
        assertEquals(List.of("result 0.0 SYMBOL"), desk.rule(1, 'P', "", "NONE", 0, 0, 0));
    }

    @Test
    void shouldRejectAboveTheRateAndRecoverWithTime() {
        desk.rate('S', "TEST00", 'R', 10, 2);
        assertEquals(2, market.enter(0, 1, 'B', 1, 100).size());
        assertEquals(2, market.enter(0, 2, 'B', 1, 100).size());
        assertEquals(List.of("rejected 0#3 PORT_RATE"), market.enter(0, 3, 'B', 1, 100));
        assertEquals(2, market.enter(1, 1, 'B', 1, 100).size());
        market.nowNs += SECOND_NS / 10;
        assertEquals(2, market.enter(0, 4, 'B', 1, 100).size());
        assertEquals(List.of("rejected 0#5 PORT_RATE"), market.enter(0, 5, 'B', 1, 100));
        assertEquals(0, market.engine.sessionTokens(0));
        assertEquals(2, market.engine.sessionBreaches(0));
        desk.rate('S', "TEST00", 'R', 0, 0);
        assertEquals(2, market.enter(0, 6, 'B', 1, 100).size());
        assertEquals(Long.MAX_VALUE, market.engine.sessionTokens(0));
    }

    @Test
    void shouldLimitAnAccountOverItsSessions() {
        desk.rate('A', "TEST00", 'R', 1, 1);
        market.enter(0, 1, 'B', 1, 100);
        assertEquals(List.of("rejected 0#2 ACCOUNT_RATE"), market.enter(0, 2, 'B', 1, 100));
        assertEquals(1, market.engine.accountBreaches(2));
        assertEquals(0, market.engine.accountTokens(2));
    }

    @Test
    void shouldRefuseRatesThatMakeNoSense() {
        assertEquals(List.of("result 0.0 FIELD"), desk.rate('F', "TEST", 'R', 1, 1));
        assertEquals(List.of("result 0.0 FIELD"), desk.rate('S', "TEST00", 'X', 1, 1));
        assertEquals(List.of("result 0.0 FIELD"), desk.rate('S', "TEST00", 'R', 1, 0));
        assertEquals(List.of("result 0.0 SESSION"), desk.rate('S', "NONE", 'R', 1, 1));
        assertEquals(List.of("result 0.0 FIELD"), desk.rate('A', "TEST00", 'Q', 1, 1));
        assertEquals(List.of("result 0.0 FIELD"), desk.rate('A', "TEST00", 'L', 1, 1));
    }

    @Test
    void shouldQueueAboveTheRateAndReleaseInOrder() {
        desk.rate('S', "TEST00", 'Q', 10, 1);
        market.enter(0, 1, 'B', 1, 100);
        assertEquals(List.of(), market.enter(0, 2, 'B', 1, 100));
        assertEquals(List.of(), market.enter(0, 3, 'B', 1, 100));
        assertEquals(List.of(), market.enter(0, 4, 'B', 1, 100));
        assertEquals(List.of("rejected 0#3 CANCELLED_WHILE_HELD"), market.cancel(0, 3, 0));
        assertEquals(List.of(), market.cancel(0, 4, 2), "nothing to take away");
        assertEquals(List.of("accepted 0#2 B 1@100 ref=2", "itch added 2 B 1@100"), desk.tick());
        assertEquals("accepted 0#4 B 1@100 ref=4", desk.tick().get(0));
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    /** Eleven at once of an account that may enter two a second. */
    @Test
    void shouldHoldAQueueToItsAccountsRateToo() {
        desk.rate('A', "TEST00", 'R', 2, 2);
        desk.rate('S', "TEST00", 'Q', 100, 1);
        for (int number = 1; number <= 11; number++) {
            market.enter(0, number, 'B', 1, 100);
        }
        final long start = market.nowNs;
        for (int number = 2; number <= 4; number++) {
            final String accepted = "accepted 0#" + number + " B 1@100 ref=" + number;
            assertEquals(accepted, desk.tick().getFirst());
        }
        assertTrue(market.nowNs - start > SECOND_NS - 100_000);
        final List<String> aged = desk.tick();
        assertEquals(7, aged.size());
        assertEquals("rejected 0#5 QUEUE_AGE", aged.getFirst());
        assertEquals(Long.MAX_VALUE, market.engine.nextDeadlineNs());
    }

    @Test
    void shouldAgeOutAndOverflowTheQueue() {
        desk.rate('S', "TEST00", 'Q', 1, 1);
        market.enter(0, 1, 'B', 1, 100);
        for (int number = 2; number <= HeldOrders.MAX_QUEUE + 1; number++) {
            assertEquals(List.of(), market.enter(0, number, 'B', 1, 100));
        }
        final int next = HeldOrders.MAX_QUEUE + 2;
        assertEquals(
                List.of("rejected 0#" + next + " QUEUE_FULL"), market.enter(0, next, 'B', 1, 100));
        market.nowNs += 3 * SECOND_NS;
        assertEquals("rejected 0#2 QUEUE_AGE", desk.tick().getFirst());
        assertFalse(market.engine.nextDeadlineNs() < Long.MAX_VALUE);
    }

    @Test
    void shouldLogOutASessionThatWillNotStop() {
        desk.member("COD", 0, SessionTable.FLAG_CANCEL_ON_DISCONNECT);
        desk.deposit("COD", 1_000_000_000, "SPDL", 0);
        desk.rate('S', "COD", 'L', 1, 1);
        final int session = desk.session("COD");
        market.up(session);
        market.enter(session, 1, 'B', 1, 100);
        for (int number = 2; number <= RateGate.LOG_OUT_BREACHES; number++) {
            assertEquals(1, market.enter(session, number, 'B', 1, 100).size());
        }
        final int last = RateGate.LOG_OUT_BREACHES + 1;
        assertEquals(
                List.of(
                        "rejected " + session + "#" + last + " PORT_RATE",
                        "session down " + session + " 3"),
                market.enter(session, last, 'B', 1, 100));
        assertEquals(List.of("canceled " + session + "#1 1 c", "itch deleted 1"), desk.proceed());
    }
}
