package io.spindle.matcher;

import java.util.ArrayList;
import java.util.List;

/** What a taker is certain to get, counted over the makers in the order of trading. */
final class ReferenceLiquidity {
    private ReferenceLiquidity() {}

    static long certain(final ReferenceOrder taker, final long reach, final int maxFills) {
        final int side = 1 - taker.side;
        long total = 0;
        int fills = 0;
        for (final List<ReferenceOrder> level : levels(taker.book, side)) {
            if (!ReferenceBook.within(taker.side, level.getFirst().price, reach)) {
                return total;
            }
            long reserves = 0;
            for (final ReferenceOrder maker : level) {
                final boolean own = taker.group != 0 && maker.group == taker.group;
                if (fills++ == maxFills || own && taker.selfTradeMode != OrderTerms.CANCEL_OLDEST) {
                    return total;
                }
                if (!own && !mayVanish(maker)) {
                    total += maker.displayed;
                    reserves += maker.reserve;
                }
            }
            for (final ReferenceOrder maker : level) {
                final boolean own = taker.group != 0 && maker.group == taker.group;
                if (!own && !mayVanish(maker) && maker.reserve > 0) {
                    final long smallest = maker.peak - maker.range;
                    fills += (int) Math.ceilDiv(maker.reserve, smallest);
                }
            }
            if (fills > maxFills) {
                return total;
            }
            total += reserves;
        }
        return total;
    }

    private static boolean mayVanish(final ReferenceOrder maker) {
        return maker.partner != null && maker.partner.isQueued();
    }

    /** Both queues of a side, cut into levels, best first, displayed before hidden. */
    private static List<List<ReferenceOrder>> levels(final ReferenceBook book, final int side) {
        final List<List<ReferenceOrder>> levels = new ArrayList<>();
        final List<ReferenceOrder> all = new ArrayList<>(book.shown(side));
        all.addAll(book.hidden(side));
        all.sort(
                (a, b) ->
                        side == OrderTerms.BUY
                                ? Long.compare(b.price, a.price)
                                : Long.compare(a.price, b.price));
        for (final ReferenceOrder order : all) {
            final ReferenceOrder last = levels.isEmpty() ? null : levels.getLast().getFirst();
            if (last == null || last.price != order.price || last.place != order.place) {
                levels.add(new ArrayList<>());
            }
            levels.getLast().add(order);
        }
        return levels;
    }
}
