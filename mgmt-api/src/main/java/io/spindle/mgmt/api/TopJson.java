package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.view.View;
import io.spindle.oms.BookView;
import io.spindle.oms.InstrumentTable;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The best prices of a book, how they were found and how old that is.
 *
 * @param bid absent on an empty side, as is ask
 * @param tradingState as of the instrument
 * @param auction what the call would come to now; absent outside of calls
 * @param ageMs between the log time of the sequence and this answer, on the wall clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopJson(
        String symbol,
        BookJson.LevelJson bid,
        BookJson.LevelJson ask,
        String tradingState,
        AuctionJson auction,
        long sequence,
        long ageMs) {
    /**
     * A call as its auction would end it now.
     *
     * @param price absent when bids and asks do not meet
     * @param imbalance wanted beyond that, to buy; negative to sell
     * @param collarLow the auction trades within the collar only; absent without one, as is
     *     collarHigh
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AuctionJson(
            String price, String quantity, String imbalance, String collarLow, String collarHigh) {
        static AuctionJson of(final View.Reading now, final Instrument instrument) {
            final InstrumentTable table = now.engine().instruments();
            final int locate = instrument.locate();
            if (!table.isInCall(locate)) {
                return null;
            }
            final BookView.Indication outcome = now.engine().book(locate).indication();
            final boolean hasCollar = table.hasCollar(locate);
            return new AuctionJson(
                    outcome.price() == 0 ? null : instrument.price(outcome.price()),
                    instrument.quantity(outcome.lots()),
                    instrument.quantity(outcome.imbalanceLots()),
                    hasCollar ? instrument.price(table.lowerBand(locate)) : null,
                    hasCollar ? instrument.price(table.upperBand(locate)) : null);
        }
    }

    public static TopJson of(final View.Reading now, final Instrument instrument) {
        final BookJson book = BookJson.of(now.book(instrument, 1));
        return new TopJson(
                instrument.symbol(),
                first(book.bids()),
                first(book.asks()),
                Character.toString(instrument.tradingState()),
                AuctionJson.of(now, instrument),
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
