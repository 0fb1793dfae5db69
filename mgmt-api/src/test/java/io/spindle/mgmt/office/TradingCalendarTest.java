package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.office.TradingCalendar.Change;
import io.spindle.mgmt.office.TradingCalendar.Phase;
import io.spindle.mgmt.office.TradingCalendar.SpecialDay;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class TradingCalendarTest {
    private static final TradingCalendar VIENNA =
            new TradingCalendar(
                    "Europe/Vienna",
                    null,
                    null,
                    List.of("monday", "tuesday", "wednesday", "thursday", "friday"),
                    List.of(
                            new Phase("08:30", "quotation_only"),
                            new Phase("09:00", "trading"),
                            new Phase("17:30:30", "closed")),
                    List.of(
                            new SpecialDay("2026-12-25", "Christmas Day", null),
                            new SpecialDay(
                                    "2026-12-24",
                                    "Christmas Eve",
                                    List.of(
                                            new Phase("09:00", "trading"),
                                            new Phase("12:00", "closed")))));

    private static String last(final String now) {
        return VIENNA.last(Instant.parse(now)).map(Change::toString).orElse("");
    }

    @Test
    void shouldKnowThePhasesOfADayInItsZone() {
        assertEquals(
                List.of("2026-11-30T07:30:00Z", "2026-11-30T08:00:00Z", "2026-11-30T16:30:30Z"),
                VIENNA.changes(LocalDate.of(2026, 11, 30)).stream()
                        .map(change -> change.at().toString())
                        .toList());
        // Summer time: the same hour of the day, another of UTC.
        assertEquals(
                "2026-07-01T06:30:00Z",
                VIENNA.changes(LocalDate.of(2026, 7, 1)).getFirst().at().toString());
    }

    @Test
    void shouldStayAsTheLastPhaseLeftItOverNightsAndWeekends() {
        assertTrue(last("2026-11-30T08:00:00Z").contains("state=trading"));
        assertTrue(last("2026-11-30T07:59:59Z").contains("state=quotation_only"));
        assertTrue(last("2026-11-29T12:00:00Z").contains("2026-11-27, state=closed"));
    }

    @Test
    void shouldKnowHolidaysAndHalfDays() {
        assertEquals(List.of(), VIENNA.changes(LocalDate.of(2026, 12, 25)));
        assertTrue(last("2026-12-24T11:00:00Z").contains("state=closed"));
        assertEquals(
                "2026-12-28T07:30:00Z",
                VIENNA.next(Instant.parse("2026-12-24T11:00:00Z")).orElseThrow().at().toString());
    }

    @Test
    void shouldNotStumbleOverHoursThatClocksLeaveOutOrRepeat() {
        final TradingCalendar night =
                new TradingCalendar(
                        "Europe/Vienna",
                        null,
                        null,
                        List.of("sunday"),
                        List.of(new Phase("02:30", "trading")),
                        null);
        assertEquals(
                "2026-03-29T01:30:00Z",
                night.changes(LocalDate.of(2026, 3, 29)).getFirst().at().toString());
        assertEquals(
                "2026-10-25T00:30:00Z",
                night.changes(LocalDate.of(2026, 10, 25)).getFirst().at().toString());
    }

    @Test
    void shouldHaveNoPhaseWhereThereIsNoTrading() {
        final TradingCalendar never = new TradingCalendar("UTC", null, null, null, null, null);
        assertTrue(never.last(Instant.EPOCH).isEmpty());
        assertTrue(never.next(Instant.EPOCH).isEmpty());
    }
}
