package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.view.View;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The best prices of a book, how they were found and how old that is.
 *
 * @param bid absent on an empty side, as is ask
 * @param tradingState H halted, P paused, Q quotation only, T trading
 * @param ageMs between the log time of the sequence and this answer, on the wall clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopJson(
        String symbol,
        BookJson.LevelJson bid,
        BookJson.LevelJson ask,
        String tradingState,
        long sequence,
        long ageMs) {
    public static TopJson of(final View.Reading now, final Instrument instrument) {
        final BookJson book = BookJson.of(now.book(instrument, 1));
        return new TopJson(
                instrument.symbol(),
                first(book.bids()),
                first(book.asks()),
                Character.toString(instrument.tradingState()),
                now.sequence(),
                age(now.timeNs()));
    }

    /**
     * Milliseconds since a log time; never negative: the log's clock is slewed, the wall clock may
     * step.
     */
    public static long age(final long timeNs) {
        return Math.max(0, System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(timeNs));
    }

    private static BookJson.LevelJson first(final List<BookJson.LevelJson> side) {
        return side.isEmpty() ? null : side.getFirst();
    }
}
