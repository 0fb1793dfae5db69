package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.office.CalendarClock;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;

/** Calendars over HTTP, and the market that follows them. */
@Timeout(60)
class CalendarsApiTest {
    private static final String WEEK =
            """
            {"zone":"UTC","weekdays":["monday","tuesday"],
             "phases":[{"at":"08:00","state":"quotation_only"},{"at":"09:00","state":"trading"},
                       {"at":"17:00","state":"closed"}],
             "specialDays":[{"date":"2026-12-01","name":"Founders' Day"}]}
            """;

    private static final String WEEK_WITH_CLOSE =
            WEEK.replace(
                    "{\"at\":\"17:00\"",
                    "{\"at\":\"16:55\",\"state\":\"closing_auction\"},{\"at\":\"17:00\"");

    private final Market market = new Market();
    private final ApiContext context = market.context();
    private final ApiOnMarket api = new ApiOnMarket(market, context);
    private final CalendarClock clock = context.office().calendarClock();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply define(final String name, final String body) {
        return operator.with("If-None-Match", "*").put("/v1/calendars/" + name, body);
    }

    private String state(final String symbol) {
        return operator.get("/v1/instruments/" + symbol).text("/tradingState");
    }

    private void halt(final String symbol) {
        set(symbol, "halted");
    }

    private void set(final String symbol, final String state) {
        final String body = "{\"state\":\"%s\",\"reason\":\"news\"}".formatted(state);
        assertEquals(201, operator.post("/v1/instruments/" + symbol + "/state", body).status());
    }

    @Test
    void shouldOpenAndCloseTheMarketByTheClock() throws Exception {
        assertEquals(200, define("week", WEEK).status());
        clock.look(Instant.parse("2026-11-30T08:00:00Z"));
        assertEquals("Q", state("SPDL"));
        clock.look(Instant.parse("2026-11-30T09:00:00Z"));
        assertEquals("T", state("SPDL"));
        clock.look(Instant.parse("2026-11-30T17:00:01Z"));
        assertEquals("X", state("SPDL"));
        // A holiday: nothing opens it.
        clock.look(Instant.parse("2026-12-01T10:00:00Z"));
        assertEquals("X", state("SPDL"));
        final Reply list = operator.get("/v1/calendars");
        assertEquals("closed", list.text("/items/0/state"));
        assertEquals("2026-11-30T17:00:00Z", list.text("/items/0/since"));
    }

    @Test
    void shouldEnterThePhaseThatRunsAfterAnAbsenceAndEachOnce() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        assertEquals("T", state("SPDL"));
        halt("SPDL");
        clock.look(Instant.parse("2026-11-30T10:00:01Z"));
        assertEquals("H", state("SPDL"), "a phase is entered once");
    }

    @Test
    void shouldEnterThePhaseThatRunsAgainWhenItIsDefinedAnew() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        assertEquals("T", state("SPDL"));
        final String other = WEEK.replace("\"trading\"", "\"cancel_only\"");
        assertEquals(
                200, operator.seen("/v1/calendars/week").put("/v1/calendars/week", other).status());
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        assertEquals("K", state("SPDL"));
    }

    @Test
    void shouldLeaveToPeopleWhatPeopleHaveStopped() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T08:00:00Z"));
        halt("SPDL");
        set("BTC", "cancel_only");
        for (final String phase :
                new String[] {
                    "2026-11-30T09:00:00Z",
                    "2026-11-30T17:00:00Z",
                    "2026-12-07T08:00:00Z",
                    "2026-12-07T09:00:00Z"
                }) {
            clock.look(Instant.parse(phase));
            assertEquals("H", state("SPDL"), phase);
            assertEquals("K", state("BTC"), phase);
            assertEquals(phase, operator.get("/v1/calendars").text("/items/0/since"));
        }
        set("SPDL", "trading");
        clock.look(Instant.parse("2026-12-07T17:00:00Z"));
        assertEquals("X", state("SPDL"), "it follows again");
    }

    @Test
    void shouldOpenWhatPeopleHaveLiftedIntoTheClosedMarket() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T09:00:00Z"));
        halt("SPDL");
        clock.look(Instant.parse("2026-11-30T17:00:00Z"));
        set("SPDL", "closed");
        clock.look(Instant.parse("2026-12-07T08:00:00Z"));
        assertEquals("Q", state("SPDL"));
    }

    @Test
    void shouldGoOnFromItsOwnPhaseOfCancelsOnlyButFromNoHalt() throws Exception {
        define("week", WEEK.replace("\"closed\"", "\"cancel_only\""));
        final String path = "/v1/calendars/week";
        clock.look(Instant.parse("2026-11-30T17:00:00Z"));
        assertEquals("K", state("SPDL"));
        clock.look(Instant.parse("2026-12-07T08:00:00Z"));
        assertEquals("Q", state("SPDL"));
        clock.look(Instant.parse("2026-12-07T17:00:00Z"));
        final String halting = WEEK.replace("\"closed\"", "\"halted\"");
        assertEquals(200, operator.seen(path).put(path, halting).status());
        clock.look(Instant.parse("2026-12-07T17:00:01Z"));
        assertEquals("H", state("SPDL"), "the phase before was its own, though it was changed");
        clock.look(Instant.parse("2026-12-08T08:00:00Z"));
        assertEquals("H", state("SPDL"), "whoever halts, people lift");
    }

    @Test
    void shouldNotLiftAHaltBecauseTheCalendarIsChanged() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        halt("SPDL");
        final String other = WEEK.replace("17:00", "16:00");
        assertEquals(
                200, operator.seen("/v1/calendars/week").put("/v1/calendars/week", other).status());
        assertTrue(operator.get("/v1/calendars").json().at("/items/0/since").isNull());
        clock.look(Instant.parse("2026-11-30T10:00:01Z"));
        assertEquals("H", state("SPDL"));
        assertEquals("T", state("BTC"));
        assertEquals("2026-11-30T09:00:00Z", operator.get("/v1/calendars").text("/items/0/since"));
    }

    @Test
    void shouldNotLiftAHaltThatIsOlderThanTheCalendar() throws Exception {
        halt("SPDL");
        set("BTC", "cancel_only");
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        assertEquals("H", state("SPDL"));
        assertEquals("K", state("BTC"));
    }

    @Test
    void shouldOpenTheOthersWhenTheEngineKeepsOneBack() throws Exception {
        final Call risk = api.as(Role.RISK);
        final String path = "/v1/instruments/SPDL/risk";
        final String band = "{\"bandBps\":2000,\"marginBps\":0,\"settlementDays\":2}";
        final String price = "/v1/instruments/SPDL/reference-price";
        assertEquals(201, risk.seen(path).put(path, band).status());
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"10.00\"}").status());
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T08:00:00Z"));
        market.enter(0, 'B', "SPDL", 100, 11_9000);
        market.enter(2, 'S', "SPDL", 100, 11_8000);
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"9.00\"}").status());
        clock.look(Instant.parse("2026-11-30T09:00:00Z"));
        assertEquals("Q", state("SPDL"));
        assertEquals("T", state("BTC"));
        final Reply kept = operator.get("/v1/calendars");
        assertFalse(kept.text("/items/0/refused/SPDL").isEmpty(), kept.body());
        assertEquals("trading", kept.text("/items/0/state"));
        halt("BTC");
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"11.00\"}").status());
        clock.look(Instant.parse("2026-11-30T09:00:05Z"));
        market.finishSlices();
        assertEquals("T", state("SPDL"));
        assertEquals("H", state("BTC"), "what was halted meanwhile stays halted");
        assertTrue(operator.get("/v1/calendars").json().at("/items/0/refused").isEmpty());
    }

    @Test
    void shouldOpenTheNextMorningThoughOneInstrumentCouldNotClose() throws Exception {
        final Call risk = api.as(Role.RISK);
        final String path = "/v1/instruments/SPDL/risk";
        final String band = "{\"bandBps\":2000,\"marginBps\":0,\"settlementDays\":2}";
        final String price = "/v1/instruments/SPDL/reference-price";
        assertEquals(201, risk.seen(path).put(path, band).status());
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"10.00\"}").status());
        define("week", WEEK_WITH_CLOSE);
        clock.look(Instant.parse("2026-11-30T16:55:00Z"));
        market.enter(0, 'B', "SPDL", 100, 11_9000);
        market.enter(2, 'S', "SPDL", 100, 11_8000);
        assertEquals(201, risk.seen(path).put(price, "{\"price\":\"9.00\"}").status());
        clock.look(Instant.parse("2026-11-30T17:00:00Z"));
        assertEquals("C", state("SPDL"));
        assertEquals("X", state("BTC"));
        clock.look(Instant.parse("2026-12-07T08:00:00Z"));
        assertEquals("Q", state("SPDL"));
        assertEquals("Q", state("BTC"));
    }

    @Test
    void shouldTakeWhatIsNewToACalendarIntoThePhaseThatRuns() throws Exception {
        define("week", WEEK.replace("\"zone\"", "\"symbols\":[\"BTC\"],\"zone\""));
        market.state("SPDL", 'X');
        clock.look(Instant.parse("2026-11-30T10:00:00Z"));
        final String both = WEEK.replace("\"zone\"", "\"symbols\":[\"BTC\",\"SPDL\"],\"zone\"");
        assertEquals(
                200, operator.seen("/v1/calendars/week").put("/v1/calendars/week", both).status());
        clock.look(Instant.parse("2026-11-30T10:00:01Z"));
        assertEquals("T", state("SPDL"));
    }

    @Test
    void shouldTradeWhatTheClosingAuctionGathered() throws Exception {
        define("week", WEEK_WITH_CLOSE);
        clock.look(Instant.parse("2026-11-30T16:55:00Z"));
        assertEquals("C", state("SPDL"));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        clock.look(Instant.parse("2026-11-30T17:00:00Z"));
        market.finishSlices();
        assertEquals("X", state("SPDL"));
        assertEquals("40", operator.get("/v1/orders/FOES00-0-1").text("/filled"));
    }

    @Test
    void shouldDoNothingUntilAllOfTheLogIsKnown() throws Exception {
        define("week", WEEK.replace("\"zone\"", "\"beginsDay\":true,\"zone\""));
        market.logEnd = Long.MAX_VALUE;
        final long before = market.log.lastSequence();
        final Instant noon = Instant.parse("2026-11-30T12:00:00Z");
        assertThrows(Commander.Failure.class, () -> clock.look(noon));
        assertEquals(before, market.log.lastSequence());
        market.logEnd = before;
        clock.look(noon);
        assertEquals("T", state("SPDL"));
    }

    @Test
    void shouldKeepInstrumentsApartByCalendar() throws Exception {
        define("week", WEEK);
        define(
                "night",
                """
                {"zone":"UTC","symbols":["SPDL"],"weekdays":["monday"],
                 "phases":[{"at":"00:00","state":"cancel_only"}]}
                """);
        clock.look(Instant.parse("2026-11-30T09:30:00Z"));
        assertEquals("K", state("SPDL"));
        assertEquals("T", state("BTC"));
        final Reply twice = define("third", "{\"zone\":\"UTC\",\"symbols\":[\"SPDL\"]}");
        assertEquals(422, twice.status());
        assertTrue(twice.body().contains("SPDL follows night"), twice.body());
        assertEquals(422, define("fourth", "{\"zone\":\"UTC\"}").status());
    }

    @Test
    void shouldBeginTheDayIfItIsToldTo() throws Exception {
        define("week", WEEK.replace("\"zone\"", "\"beginsDay\":true,\"zone\""));
        clock.look(Instant.parse("2027-01-04T08:00:00Z"));
        assertEquals("2027-01-04", operator.get("/v1/trading-day").text("/date"));
    }

    @Test
    void shouldTellTheDaysAhead() {
        define("week", WEEK);
        final Reply days = operator.get("/v1/calendars/week/days?from=2026-11-29&days=3");
        assertEquals("sunday", days.text("/items/0/weekday"));
        assertEquals(0, days.json().path("items").path(0).path("phases").size());
        assertEquals("2026-11-30T09:00:00Z", days.text("/items/1/phases/1/at"));
        assertEquals("trading", days.text("/items/1/phases/1/state"));
        assertEquals("Founders' Day", days.text("/items/2/name"));
        assertEquals(422, operator.get("/v1/calendars/week/days?from=tomorrow").status());
        assertEquals(422, operator.get("/v1/calendars/week/days?days=0").status());
        assertEquals(404, operator.get("/v1/calendars/year/days").status());
    }

    @Test
    void shouldChangeOnlyWhatWasSeenAndRemove() throws Exception {
        define("week", WEEK);
        assertEquals(412, define("week", WEEK).status());
        assertEquals(428, operator.put("/v1/calendars/week", WEEK).status());
        final long defined = market.log.lastSequence();
        final String noon = WEEK.replace("17:00", "12:00");
        assertEquals(
                200, operator.seen("/v1/calendars/week").put("/v1/calendars/week", noon).status());
        clock.look(Instant.parse("2026-11-30T12:30:00Z"));
        assertEquals("X", state("SPDL"));
        assertEquals(428, operator.delete("/v1/calendars/week").status());
        final Call seen = operator.seen("/v1/calendars/week").with("Idempotency-Key", "end");
        assertEquals(204, seen.delete("/v1/calendars/week").status());
        assertEquals(204, seen.delete("/v1/calendars/week").status(), "a repeat");
        assertEquals(404, operator.get("/v1/calendars/week").status());
        clock.look(Instant.parse("2026-12-07T09:30:00Z"));
        assertEquals("X", state("SPDL"));
        final Reply then = operator.get("/v1/calendars?asAt=" + defined);
        assertEquals("week", then.text("/items/0/name"), then.body());
        assertEquals(200, operator.get("/v1/calendars/week?asAt=" + defined).status());
    }

    @Test
    void shouldNameEveryFault() {
        final Reply reply =
                define(
                        "week",
                        """
                        {"zone":"Mars","weekdays":["moonday"],
                         "phases":[{"at":"09:00","state":"trading"},{"at":"8","state":"open"}],
                         "specialDays":[{"date":"2026-02-30"}]}
                        """);
        assertEquals(422, reply.status());
        for (final String pointer :
                new String[] {
                    "/zone", "/weekdays/0", "/phases/1/at", "/phases/1/state", "/specialDays/0/date"
                }) {
            assertTrue(reply.body().contains('"' + pointer + '"'), pointer + " " + reply.body());
        }
        assertEquals(422, define("Week!", WEEK).status());
    }
}
