package io.spindle.mgmt.office;

import io.javalin.openapi.OpenApiIgnore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When instruments trade: the phases of a day, the days of a week, and the days that differ. An
 * hour that clocks leave out is read as the one after it, an hour that they repeat as the first.
 *
 * @param zone of all times, for instance {@code Europe/Vienna}
 * @param symbols instruments that follow it; none for all that no other calendar names
 * @param beginsDay whether the first phase of a date also begins that trading day
 * @param weekdays days with trading, as {@code monday}
 * @param phases of such a day, in the order of their times
 * @param specialDays holidays, half days, and days with trading out of the week's order
 */
public record TradingCalendar(
        String zone,
        List<String> symbols,
        Boolean beginsDay,
        List<String> weekdays,
        List<Phase> phases,
        List<SpecialDay> specialDays) {
    /** No market is closed for longer at a stretch. */
    private static final int LONGEST_BREAK_DAYS = 31;

    public TradingCalendar {
        symbols = orNone(symbols);
        beginsDay = beginsDay != null && beginsDay;
        weekdays = orNone(weekdays);
        phases = orNone(phases);
        specialDays = orNone(specialDays);
    }

    private static <T> List<T> orNone(final List<T> list) {
        return list == null ? List.of() : list;
    }

    /**
     * From a time of day on, a state.
     *
     * @param at as {@code 09:00} or {@code 09:00:30}
     * @param state one of {@link io.spindle.mgmt.model.TradingState#WORDS}
     */
    public record Phase(String at, String state) {}

    /**
     * A day that is not as its weekday says.
     *
     * @param date yyyy-mm-dd
     * @param name why
     * @param phases none for no trading at all
     */
    public record SpecialDay(String date, String name, List<Phase> phases) {
        public SpecialDay {
            name = name == null ? "" : name;
            phases = orNone(phases);
        }
    }

    /** A phase of one date begins. */
    public record Change(Instant at, LocalDate date, String state) {}

    /** The day's own entry, if it has one. */
    @OpenApiIgnore
    public Optional<SpecialDay> special(final LocalDate date) {
        return specialDays.stream().filter(day -> day.date().equals(date.toString())).findFirst();
    }

    /** What happens on a date, in order. */
    @OpenApiIgnore
    public List<Change> changes(final LocalDate date) {
        final ZoneId place = ZoneId.of(zone);
        final String weekday = date.getDayOfWeek().name();
        return special(date)
                .map(SpecialDay::phases)
                .orElse(weekdays.stream().anyMatch(weekday::equalsIgnoreCase) ? phases : List.of())
                .stream()
                .map(
                        phase ->
                                new Change(
                                        date.atTime(LocalTime.parse(phase.at()))
                                                .atZone(place)
                                                .toInstant(),
                                        date,
                                        phase.state()))
                .toList();
    }

    /** The phase that runs at this time. */
    @OpenApiIgnore
    public Optional<Change> last(final Instant now) {
        return around(now, -1).filter(change -> !change.at().isAfter(now)).reduce((a, b) -> b);
    }

    /** The phase that begins next. */
    @OpenApiIgnore
    public Optional<Change> next(final Instant now) {
        return around(now, 1).filter(change -> change.at().isAfter(now)).findFirst();
    }

    /** Changes of the dates up to this one or from it on, in order. */
    @OpenApiIgnore
    private Stream<Change> around(final Instant now, final int direction) {
        final LocalDate today = now.atZone(ZoneId.of(zone)).toLocalDate();
        final LocalDate first = direction < 0 ? today.minusDays(LONGEST_BREAK_DAYS) : today;
        return first.datesUntil(first.plusDays(LONGEST_BREAK_DAYS + 1L))
                .flatMap(date -> changes(date).stream());
    }
}
