package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Instrument;
import io.spindle.oms.BookView;
import io.spindle.oms.TradingEngine;

import java.util.ArrayList;
import java.util.List;

/** The price levels of a book at one sequence, best first. */
public record Book(Instrument instrument, long sequence, List<Level> bids, List<Level> asks) {
    /** One price: what rests there in all, and in how many orders. */
    public record Level(long price, long quantity, int orders) {}

    static Book read(final TradingEngine engine, final Instrument instrument, final int maxLevels) {
        final BookView book = engine.book(instrument.locate());
        return new Book(
                instrument,
                engine.sequence(),
                side(book, 'B', maxLevels),
                side(book, 'S', maxLevels));
    }

    private static List<Level> side(final BookView book, final char side, final int maxLevels) {
        final List<Level> levels = new ArrayList<>();
        if (maxLevels > 0) {
            book.visitLevels(
                    side,
                    (price, lots, orders) -> {
                        levels.add(new Level(price, lots, orders));
                        return levels.size() < maxLevels;
                    });
        }
        return List.copyOf(levels);
    }
}
