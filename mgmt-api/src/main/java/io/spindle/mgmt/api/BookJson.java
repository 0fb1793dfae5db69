package io.spindle.mgmt.api;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.view.Book;

import java.util.List;

/** A book as the API shows it: best prices first. */
public record BookJson(String symbol, long sequence, List<LevelJson> bids, List<LevelJson> asks) {
    /** One price level. */
    public record LevelJson(String price, String quantity, int orders) {}

    public static BookJson of(final Book book) {
        return new BookJson(
                book.instrument().symbol(),
                book.sequence(),
                side(book.instrument(), book.bids()),
                side(book.instrument(), book.asks()));
    }

    private static List<LevelJson> side(final Instrument instrument, final List<Book.Level> side) {
        return side.stream()
                .map(
                        level ->
                                new LevelJson(
                                        instrument.price(level.price()),
                                        instrument.quantity(level.quantity()),
                                        level.orders()))
                .toList();
    }
}
