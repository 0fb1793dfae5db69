package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.model.TradingDay;

import java.time.LocalDate;

/**
 * The trading day, true at a sequence.
 *
 * @param date yyyy-mm-dd; absent before the first day began
 * @param epoch counts the day's order entry sessions
 * @param time of the log
 * @param beginsClosed whether the next day begins closed until it is signed off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TradingDayJson(
        long sequence, String date, int epoch, String time, boolean beginsClosed) {
    public static TradingDayJson of(final TradingDay day) {
        return new TradingDayJson(
                day.sequence(),
                day.date() == 0 ? null : date(day.date()).toString(),
                day.epoch(),
                Times.text(day.timeNs()),
                day.beginsClosed());
    }

    private static LocalDate date(final int date) {
        return LocalDate.of(date / 10_000, date / 100 % 100, date % 100);
    }
}
