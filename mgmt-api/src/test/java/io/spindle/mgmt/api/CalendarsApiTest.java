package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        final String body = "{\"state\":\"halted\",\"reason\":\"news\"}";
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
    void shouldNotLiftWhatSomebodyHaltedButCloseIt() throws Exception {
        define("week", WEEK);
        clock.look(Instant.parse("2026-11-30T08:00:00Z"));
        halt("SPDL");
        clock.look(Instant.parse("2026-11-30T09:00:00Z"));
        assertEquals("H", state("SPDL"));
        clock.look(Instant.parse("2026-11-30T17:00:00Z"));
        assertEquals("X", state("SPDL"));
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
        final String noon = WEEK.replace("17:00", "12:00");
        assertEquals(
                200, operator.seen("/v1/calendars/week").put("/v1/calendars/week", noon).status());
        clock.look(Instant.parse("2026-11-30T12:30:00Z"));
        assertEquals("X", state("SPDL"));
        assertEquals(204, operator.delete("/v1/calendars/week").status());
        assertEquals(404, operator.get("/v1/calendars/week").status());
        clock.look(Instant.parse("2026-12-07T09:30:00Z"));
        assertEquals("X", state("SPDL"));
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
