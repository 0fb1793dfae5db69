package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every check one below its limit, at it and one above, on both sides. */
class RiskBoundaryTest {
    private static final long USD = 10_000;
    private static final long TICK = 100;
    private static final int LIMIT = 60;

    private final Market market = Market.sample();
    private final Desk desk = new Desk(market);
    private int number;

    /** How an order comes to this much of what is limited. */
    private interface Attempt {
        String at(RiskBoundaryTest test, long value);
    }

    private static Arguments limit(
            final String name,
            final Consumer<RiskBoundaryTest> limits,
            final Attempt attempt,
            final long limit,
            final RejectCode code) {
        return arguments(name, limits, attempt, limit, code);
    }

    /** On both sides. */
    private static Stream<Arguments> limits(
            final String name, final Consumer<RiskBoundaryTest> limits, final RejectCode code) {
        return Stream.of('B', 'S')
                .map(side -> limit(name + " " + side, limits, quantity(side), LIMIT, code));
    }

    private static Attempt quantity(final char side) {
        return (test, value) -> test.enter(side, value, USD);
    }

    private static Attempt price(final char side) {
        return (test, value) -> test.enter(side, 1, value);
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                        limits(
                                "order quantity",
                                test -> test.desk.send(test.limits().orderQuantity(LIMIT)),
                                RejectCode.MAX_QUANTITY),
                        limits(
                                "order notional",
                                test -> test.desk.send(test.limits().orderNotional(LIMIT * USD)),
                                RejectCode.NOTIONAL),
                        limits(
                                "position",
                                test -> test.desk.send(test.limits().position(LIMIT)),
                                RejectCode.POSITION),
                        limits(
                                "exposure",
                                test -> test.desk.send(test.limits().exposure(LIMIT * USD)),
                                RejectCode.AGGREGATE_EXPOSURE),
                        limits(
                                "instrument's most",
                                test -> test.instrument(1, LIMIT),
                                RejectCode.MAX_QUANTITY),
                        limits(
                                "margin",
                                test -> test.member(AccountTable.FLAG_MARGIN | 1, LIMIT, 0),
                                RejectCode.INSUFFICIENT_CASH),
                        Stream.of(
                                limit(
                                        "cash",
                                        test -> test.member(0, LIMIT, 0),
                                        quantity('B'),
                                        LIMIT,
                                        RejectCode.INSUFFICIENT_CASH),
                                limit(
                                        "holding",
                                        test -> test.member(0, LIMIT, LIMIT),
                                        quantity('S'),
                                        LIMIT,
                                        RejectCode.SHORT_SALE),
                                limit(
                                        "open orders of the account",
                                        test -> test.desk.send(test.limits().openOrders(LIMIT)),
                                        RiskBoundaryTest::enterMany,
                                        LIMIT,
                                        RejectCode.OPEN_ORDERS),
                                limit(
                                        "open orders of the session",
                                        test ->
                                                test.desk.send(
                                                        test.desk
                                                                .limits('S', test.session)
                                                                .openOrders(LIMIT)),
                                        RiskBoundaryTest::enterMany,
                                        LIMIT,
                                        RejectCode.OPEN_ORDERS),
                                limit(
                                        "alike",
                                        test -> test.desk.send(test.limits().alike(LIMIT)),
                                        RiskBoundaryTest::enterMany,
                                        LIMIT,
                                        RejectCode.DUPLICATE_RATE)))
                .flatMap(it -> it);
    }

    /** Its session's and account's name. */
    private String session = "TEST00";

    private io.spindle.oms.command.SetLimitsEncoder limits() {
        return desk.limits('A', session);
    }

    private void instrument(final long least, final long most) {
        new CommandBatch(market, 0, 0)
                .instrument(
                        new CommandBatch.Instrument(
                                "SPDL", "USD", TICK, 1, least, most, 199_999_9900L, 4, 0))
                .commit();
        market.events.take();
    }

    private void member(final int flags, final long dollars, final long lots) {
        session = "SMALL";
        desk.member(session, flags, 0);
        desk.deposit(session, dollars * USD, "SPDL", lots);
    }

    /** Bought, or sold when negative, from somebody else. */
    private void hold(final long position) {
        final char side = position > 0 ? 'B' : 'S';
        market.enter(1, 1, side == 'B' ? 'S' : 'B', Math.abs(position), USD);
        assertEquals("NONE", enter(side, Math.abs(position), USD));
    }

    /** What opens a position, or makes one larger, comes out at the same limit from either sign. */
    private static Stream<Arguments> positions() {
        return Stream.of(20L, -20L)
                .flatMap(
                        held ->
                                Stream.of('B', 'S')
                                        .map(
                                                side ->
                                                        limit(
                                                                "position " + held + " " + side,
                                                                test -> {
                                                                    test.hold(held);
                                                                    test.desk.send(
                                                                            test.limits()
                                                                                    .position(
                                                                                            LIMIT));
                                                                },
                                                                quantity(side),
                                                                side == 'B'
                                                                        ? LIMIT - held
                                                                        : LIMIT + held,
                                                                RejectCode.POSITION)));
    }

    /** As much as closes the position, of either sign, and not more. */
    private static Stream<Arguments> reductions(
            final String name, final Consumer<RiskBoundaryTest> block, final RejectCode code) {
        return Stream.of(LIMIT, -LIMIT)
                .map(
                        held ->
                                limit(
                                        name + " " + held,
                                        test -> {
                                            test.hold(held);
                                            block.accept(test);
                                        },
                                        quantity(held > 0 ? 'S' : 'B'),
                                        LIMIT,
                                        code));
    }

    private static Stream<Arguments> rates() {
        return Stream.of(
                limit(
                        "rate of the session",
                        test -> test.desk.rate('S', test.session, 'R', 1, LIMIT),
                        RiskBoundaryTest::enterMany,
                        LIMIT,
                        RejectCode.PORT_RATE),
                limit(
                        "rate of the account",
                        test -> test.desk.rate('A', test.session, 'R', 1, LIMIT),
                        RiskBoundaryTest::enterMany,
                        LIMIT,
                        RejectCode.ACCOUNT_RATE),
                limit(
                        "queue behind the rate",
                        test -> test.desk.rate('S', test.session, 'Q', 1, 1),
                        RiskBoundaryTest::enterMany,
                        1 + HeldOrders.MAX_QUEUE,
                        RejectCode.QUEUE_FULL));
    }

    static Stream<Arguments> moreChecks() {
        return Stream.of(
                        positions(),
                        reductions(
                                "reduce only",
                                test -> test.desk.block('A', test.session, 'R', 2, false),
                                RejectCode.REDUCE_ONLY),
                        reductions(
                                "restricted",
                                test -> test.desk.instrumentRisk("SPDL", 0, 0, 0, 1),
                                RejectCode.RESTRICTED),
                        limits(
                                "authorisation by quantity",
                                test -> test.desk.rule(1, 'F', "", "", LIMIT + 1, 0, 0),
                                RejectCode.AUTHORISATION_FAILED),
                        limits(
                                "authorisation by notional",
                                test -> test.desk.rule(1, 'F', "", "", 0, LIMIT * USD + 1, 0),
                                RejectCode.AUTHORISATION_FAILED),
                        rates())
                .flatMap(it -> it);
    }

    private String enter(final char side, final long quantity, final long price) {
        final List<String> events =
                market.enter(desk.session(session), ++number, side, quantity, price);
        if (events.isEmpty()) {
            return "NONE"; // it waits for a token
        }
        final String last = events.getLast();
        return last.startsWith("rejected") ? last.replaceFirst("rejected \\S+ ", "") : "NONE";
    }

    private String enterMany(final long count) {
        String last = "NONE";
        for (int i = 0; i < count; i++) {
            assertEquals("NONE", last);
            last = enter('B', 1, USD);
        }
        return last;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"checks", "moreChecks"})
    void shouldPassBelowAndAtTheLimitAndRefuseAboveIt(
            final String name,
            final Consumer<RiskBoundaryTest> limits,
            final Attempt attempt,
            final long limit,
            final RejectCode code) {
        for (long value = limit - 1; value <= limit + 1; value++) {
            final RiskBoundaryTest fresh = new RiskBoundaryTest();
            limits.accept(fresh);
            assertEquals(
                    value <= limit ? "NONE" : code.name(),
                    attempt.at(fresh, value),
                    name + " " + value);
        }
    }

    static Stream<Arguments> bands() {
        return Stream.of('B', 'S')
                .flatMap(
                        side ->
                                Stream.of(
                                        arguments(side, 105 * USD / 10, TICK),
                                        arguments(side, 95 * USD / 10, -TICK)));
    }

    @ParameterizedTest
    @MethodSource("bands")
    void shouldTakePricesUpToTheBandsEnds(final char side, final long end, final long outwards) {
        desk.instrumentRisk("SPDL", 500, 0, 0, 0);
        assertEquals("NONE", price(side).at(this, end + outwards), "there is no reference price");
        market.cancel(0, 1, 0);
        desk.reference("SPDL", 10 * USD);
        assertEquals("NONE", price(side).at(this, end - outwards));
        market.cancel(0, 2, 0);
        assertEquals("NONE", price(side).at(this, end));
        assertEquals("PRICE_BAND", price(side).at(this, end + outwards));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void shouldTakeNoLessThanTheInstrumentsLeast(final char side) {
        instrument(LIMIT, 1_000);
        assertEquals("QUANTITY", enter(side, LIMIT - 1, USD));
        assertEquals("NONE", enter(side, LIMIT, USD));
        assertEquals("NONE", enter(side, LIMIT + 1, USD));
    }

    static Stream<Character> sides() {
        return Stream.of('B', 'S');
    }
}
