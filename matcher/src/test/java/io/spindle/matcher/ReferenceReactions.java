package io.spindle.matcher;

import java.util.List;

/** What a book does by itself after a command, one order at a time. */
final class ReferenceReactions {
    private final ReferenceMatcher matcher;

    ReferenceReactions(final ReferenceMatcher matcher) {
        this.matcher = matcher;
    }

    void settle(final ReferenceBook book) {
        for (int i = 0; i < Reactions.SLICE && react(book); i++) {
            // each turn moves one order
        }
    }

    private boolean react(final ReferenceBook book) {
        if (book.state == TradingState.CLOSING_AUCTION) {
            return release(book, book.forClose);
        }
        return book.state == TradingState.CONTINUOUS
                && (release(book, book.woken) || fireStop(book) || trail(book) || peg(book));
    }

    private boolean release(final ReferenceBook book, final List<ReferenceOrder> held) {
        if (held.isEmpty()) {
            return false;
        }
        final ReferenceOrder order = held.getFirst();
        matcher.remove(order);
        matcher.events().onTriggered(book.number, order.name, false);
        matcher.place(order);
        return true;
    }

    private boolean fireStop(final ReferenceBook book) {
        for (int by = OrderTerms.BY_LAST; by <= OrderTerms.BY_MID; by++) {
            for (int side = 0; side < 2; side++) {
                ReferenceOrder first = null;
                for (final ReferenceOrder stop : book.stops) {
                    if (stop.triggerBy == by
                            && stop.side == side
                            && (first == null
                                    || ReferenceBook.better(
                                            1 - side, stop.trigger, first.trigger))) {
                        first = stop;
                    }
                }
                if (first != null && isReached(first)) {
                    fire(first);
                    return true;
                }
            }
        }
        return false;
    }

    private void fire(final ReferenceOrder order) {
        order.instructions &= ~(OrderTerms.STOP | OrderTerms.TRAILING);
        matcher.remove(order);
        matcher.events().onTriggered(order.book.number, order.name, true);
        matcher.place(order);
    }

    private static boolean isReached(final ReferenceOrder order) {
        final long market = market(order);
        return market != 0
                && order.trigger != 0
                && (order.buys() ? market >= order.trigger : market <= order.trigger);
    }

    private static long market(final ReferenceOrder order) {
        return switch (order.triggerBy) {
            case OrderTerms.BY_LAST -> order.book.last;
            case OrderTerms.BY_BID -> order.book.best(OrderTerms.BUY);
            case OrderTerms.BY_ASK -> order.book.best(OrderTerms.SELL);
            default -> middle(order);
        };
    }

    private static long middle(final ReferenceOrder order) {
        final long bid = order.book.best(OrderTerms.BUY);
        final long ask = order.book.best(OrderTerms.SELL);
        if (bid == 0 || ask == 0) {
            return 0;
        }
        return order.buys() ? Math.floorDiv(bid + ask, 2) : Math.ceilDiv(bid + ask, 2);
    }

    private boolean trail(final ReferenceBook book) {
        for (final ReferenceOrder order : book.movers) {
            if (order.is(OrderTerms.TRAILING)) {
                follow(order);
            }
        }
        for (final ReferenceOrder order : book.movers) {
            if (order.is(OrderTerms.TRAILING) && isReached(order)) {
                fire(order);
                return true;
            }
        }
        return false;
    }

    private static void follow(final ReferenceOrder order) {
        final long market = market(order);
        if (market == 0) {
            return;
        }
        final long distance =
                order.trailUnit == OrderTerms.TICKS
                        ? order.trail
                        : Math.max(1, market * order.trail / 10_000);
        final long wanted = order.buys() ? market + distance : market - distance;
        final boolean closer =
                order.trigger == 0
                        || (order.buys() ? wanted < order.trigger : wanted > order.trigger);
        if (wanted >= 1 && wanted <= order.book.maxPrice && closer) {
            order.trigger = wanted;
        }
    }

    private boolean peg(final ReferenceBook book) {
        for (final ReferenceOrder order : book.movers) {
            if (order.is(OrderTerms.PEGGED)) {
                final long price = pegged(order);
                if (price != order.price) {
                    matcher.remove(order);
                    order.price = price;
                    if (price == 0) {
                        matcher.hold(order, book.movers);
                    } else {
                        matcher.take(order, price);
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private static long pegged(final ReferenceOrder order) {
        final ReferenceBook book = order.book;
        final long market =
                switch (order.pegTo) {
                    case OrderTerms.PEG_PRIMARY -> book.best(order.side);
                    case OrderTerms.PEG_MARKET -> book.best(1 - order.side);
                    default -> middle(order);
                };
        if (market == 0) {
            return 0;
        }
        final long wanted =
                order.buys()
                        ? Math.min(market + order.pegOffset, order.limit)
                        : Math.max(market - order.pegOffset, order.limit);
        if (wanted < book.lowest() || wanted > book.highest()) {
            return 0;
        }
        final long price = book.onTick(order.side, wanted);
        return price < book.lowest() || price > book.highest() ? 0 : price;
    }
}
