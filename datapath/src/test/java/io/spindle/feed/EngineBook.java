package io.spindle.feed;

import io.spindle.oms.Ascii;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What the public may see of an engine's book, in the words of {@link JunctureBook}. */
final class EngineBook {
    private EngineBook() {}

    static String text(final TradingEngine engine, final String symbol) {
        final StringBuilder text = new StringBuilder();
        final int instrument = engine.instruments().find(Ascii.pack(symbol));
        side(text, engine, instrument, 'B', new TreeMap<>(Comparator.reverseOrder()));
        side(text, engine, instrument, 'S', new TreeMap<>());
        return text.toString();
    }

    private static void side(
            final StringBuilder text,
            final TradingEngine engine,
            final int instrument,
            final char side,
            final Map<Long, long[]> levels) {
        final OrderTable orders = engine.orders();
        engine.book(instrument)
                .visitOrders(
                        side,
                        (order, price, lots) -> {
                            final long shown = orders.shown(order);
                            if (shown > 0) {
                                final long[] level =
                                        levels.computeIfAbsent(price, ignored -> new long[2]);
                                level[0] += shown;
                                level[1]++;
                            }
                            return true;
                        });
        levels.forEach((price, level) -> JunctureBook.line(text, side, price, level[0], level[1]));
    }
}
