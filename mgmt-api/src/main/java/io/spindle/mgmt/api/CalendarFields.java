package io.spindle.mgmt.api;

import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.office.TradingCalendar;
import io.spindle.mgmt.office.TradingCalendar.Phase;
import io.spindle.mgmt.office.TradingCalendar.SpecialDay;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may be wrong with a calendar. */
final class CalendarFields {
    static final List<String> WEEKDAYS =
            Stream.of(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

    private CalendarFields() {}

    static void check(final Fields fields, final TradingCalendar calendar) {
        if (calendar.zone() == null || !ZoneId.getAvailableZoneIds().contains(calendar.zone())) {
            fields.error("/zone", "must be a time zone by name, such as Europe/Vienna or UTC");
        }
        for (int i = 0; i < calendar.weekdays().size(); i++) {
            fields.choice("/weekdays/" + i, calendar.weekdays().get(i), WEEKDAYS);
        }
        check(fields, "/phases", calendar.phases());
        final Set<String> dates = new HashSet<>();
        for (int i = 0; i < calendar.specialDays().size(); i++) {
            final String pointer = "/specialDays/" + i;
            final SpecialDay day = calendar.specialDays().get(i);
            if (day == null || !isDate(day.date())) {
                fields.error(pointer + "/date", "must be yyyy-mm-dd");
            } else {
                if (!dates.add(day.date())) {
                    fields.error(pointer + "/date", "is there twice");
                }
                check(fields, pointer + "/phases", day.phases());
            }
        }
    }

    private static void check(final Fields fields, final String pointer, final List<Phase> phases) {
        LocalTime before = null;
        for (int i = 0; i < phases.size(); i++) {
            final Phase phase = phases.get(i);
            fields.choice(
                    pointer + '/' + i + "/state",
                    phase == null ? null : phase.state(),
                    TradingState.WORDS);
            final LocalTime at = phase == null ? null : time(phase.at());
            if (at == null) {
                fields.error(pointer + '/' + i + "/at", "must be a time of day such as 09:00");
            } else if (before != null && !at.isAfter(before)) {
                fields.error(pointer + '/' + i + "/at", "must be later than the one before");
            }
            before = at;
        }
    }

    /** An instrument has one calendar. */
    static void checkFollowers(
            final Fields fields,
            final TradingCalendar calendar,
            final Map<String, TradingCalendar> others) {
        for (final Map.Entry<String, TradingCalendar> other : others.entrySet()) {
            final List<String> theirs = other.getValue().symbols();
            if (calendar.symbols().isEmpty() && theirs.isEmpty()) {
                fields.error("/symbols", other.getKey() + " has all that no other names");
            }
            calendar.symbols().stream()
                    .filter(symbol -> symbol != null && theirs.contains(symbol))
                    .forEach(
                            symbol ->
                                    fields.error(
                                            "/symbols", symbol + " follows " + other.getKey()));
        }
        for (int i = 0; i < calendar.symbols().size(); i++) {
            fields.name("/symbols/" + i, calendar.symbols().get(i), 8);
        }
    }

    private static LocalTime time(final String text) {
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (final DateTimeException wrong) {
            return null;
        }
    }

    static boolean isDate(final String text) {
        try {
            return text != null && LocalDate.parse(text).toString().equals(text);
        } catch (final DateTimeException wrong) {
            return false;
        }
    }
}
