package io.spindle.matcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The rules written down with lists and loops, to be obviously right. It trusts its caller with
 * admission; everything that happens after it is decided here anew.
 */
final class ReferenceMatcher {
    private final MatchListener listener;
    private final ReferenceTrading trading;
    private final Map<Integer, ReferenceBook> books = new HashMap<>();
    private final Map<Integer, ReferenceOrder> live = new HashMap<>();
    private final ReferenceReactions reactions = new ReferenceReactions(this);

    ReferenceMatcher(final int maxFillsPerOrder, final MatchListener listener) {
        this.listener = listener;
        this.trading = new ReferenceTrading(this, listener, maxFillsPerOrder);
    }

    void openBook(final int book, final long maxPriceTicks) {
        books.put(book, new ReferenceBook(book, maxPriceTicks));
    }

    ReferenceBook book(final int book) {
        return books.get(book);
    }

    boolean isLive(final int name) {
        return live.containsKey(name);
    }

    MatchListener events() {
        return listener;
    }

    void rules(final int book, final BookRules rules) {
        books.get(book).rules = rules;
        books.get(book).random = new SplittableRandom(rules.seed);
    }

    void state(final int book, final int state) {
        books.get(book).state = state;
        listener.onTradingState(book, state);
        reactions.settle(books.get(book));
    }

    // Commands.

    void enter(final OrderTerms terms) {
        final ReferenceBook book = books.get(terms.book);
        final ReferenceOrder order = new ReferenceOrder(book, terms);
        if (order.is(OrderTerms.OCO)) {
            order.partner = live.get(terms.link);
            order.partner.partner = order;
        }
        if (order.is(OrderTerms.BRACKET)) {
            order.child = live.get(terms.link);
            order.child.parent = order;
        }
        place(order);
        reactions.settle(book);
    }

    void replace(final OrderTerms terms) {
        final ReferenceOrder old = live.get(terms.order);
        remove(old);
        final ReferenceOrder order = new ReferenceOrder(old.book, terms);
        order.executed = old.executed;
        order.partner = old.partner;
        order.child = old.child;
        order.parent = old.parent;
        if (order.partner != null) {
            order.partner.partner = order;
        }
        if (order.child != null) {
            order.child.parent = order;
        }
        if (order.parent != null) {
            order.parent.child = order.parent.child == old ? order : order.parent.child;
        }
        order.instructions |= old.instructions & OrderTerms.DORMANT;
        cutPartner(order);
        place(order);
        reactions.settle(old.book);
    }

    boolean cancel(final int name, final int reason) {
        final ReferenceOrder order = live.get(name);
        if (order == null) {
            return false;
        }
        cancelLive(order, reason);
        reactions.settle(order.book);
        return true;
    }

    boolean reduce(final int name, final long newLots, final int reason) {
        final ReferenceOrder order = live.get(name);
        if (order == null || newLots >= order.open()) {
            return false;
        }
        if (newLots <= 0) {
            return cancel(name, reason);
        }
        cut(order, newLots, reason);
        return true;
    }

    /** The whole uncross, in slices of one. */
    boolean uncross(final int number, final int stateAfter, final int slice) {
        final ReferenceBook book = books.get(number);
        if (book.state != TradingState.UNCROSSING) {
            book.stateAfterAuction = stateAfter;
            findAuctionPrice(book);
            book.state = TradingState.UNCROSSING;
            listener.onTradingState(number, TradingState.UNCROSSING);
        }
        for (int i = 0; i < slice; i++) {
            if (!tradeAtAuction(book)) {
                if (book.forAuction.isEmpty()) {
                    state(number, book.stateAfterAuction);
                    return true;
                }
                cancelLive(book.forAuction.getFirst(), CancelReason.AUCTION_ONLY);
            }
        }
        return false;
    }

    private static void findAuctionPrice(final ReferenceBook book) {
        final AuctionOutcome outcome = new AuctionOutcome();
        ReferenceAuction.find(book, outcome);
        book.auctionPrice = outcome.priceTicks;
        book.auctionLeft = outcome.lots;
    }

    private boolean tradeAtAuction(final ReferenceBook book) {
        ReferenceOrder buy = book.next(OrderTerms.BUY);
        ReferenceOrder sell = book.next(OrderTerms.SELL);
        final boolean pair =
                buy != null
                        && sell != null
                        && buy.price >= book.auctionPrice
                        && sell.price <= book.auctionPrice;
        if (book.auctionLeft == 0 || !pair) {
            if (!book.isCrossed()) {
                return false;
            }
            findAuctionPrice(book);
            buy = book.next(OrderTerms.BUY);
            sell = book.next(OrderTerms.SELL);
        }
        final long lots = Math.min(book.auctionLeft, Math.min(buy.displayed, sell.displayed));
        book.auctionLeft -= lots;
        book.last = book.auctionPrice;
        buy.displayed -= lots;
        sell.displayed -= lots;
        listener.onUncrossed(
                book.number, buy.name, sell.name, book.auctionPrice, lots, buy.open(), sell.open());
        afterFill(buy, lots);
        afterFill(sell, lots);
        return true;
    }

    // Placing.

    void place(final ReferenceOrder order) {
        final ReferenceBook book = order.book;
        if (order.is(OrderTerms.DORMANT)) {
            hold(order, book.dormant);
        } else if (order.is(OrderTerms.STOP)) {
            hold(order, order.is(OrderTerms.TRAILING) ? book.movers : book.stops);
        } else if (order.is(OrderTerms.PEGGED)) {
            order.price = 0;
            hold(order, book.movers);
        } else if (order.timeInForce == OrderTerms.AT_CLOSE
                && book.state != TradingState.CLOSING_AUCTION) {
            hold(order, book.forClose);
        } else if (book.state != TradingState.CONTINUOUS) {
            order.price = order.is(OrderTerms.MARKET) ? book.marketLimit(order.side) : order.limit;
            rest(order, order.open());
            if (order.timeInForce >= OrderTerms.AT_OPEN || order.is(OrderTerms.MARKET)) {
                book.put(order, book.forAuction);
            }
        } else {
            take(order, order.is(OrderTerms.MARKET) ? book.marketLimit(order.side) : order.limit);
        }
    }

    void hold(final ReferenceOrder order, final List<ReferenceOrder> list) {
        live.put(order.name, order);
        order.book.put(order, list);
        listener.onHeld(order.book.number, order.name);
    }

    void rest(final ReferenceOrder order, final long lots) {
        final boolean unseen = order.is(OrderTerms.HIDDEN | OrderTerms.PEGGED);
        order.displayed = order.is(OrderTerms.ICEBERG) ? nextPeak(order, lots) : lots;
        order.reserve = lots - order.displayed;
        order.book.enqueue(
                order, unseen ? order.book.hidden(order.side) : order.book.shown(order.side));
        live.put(order.name, order);
        if (order.is(OrderTerms.PEGGED)) {
            order.book.put(order, order.book.movers);
        }
        listener.onRested(
                order.book.number,
                order.name,
                order.side,
                order.price,
                unseen ? 0 : order.displayed);
    }

    private static long nextPeak(final ReferenceOrder order, final long open) {
        long peak = order.peak;
        if (order.range > 0) {
            final long draw = order.book.random.nextLong() >>> 1;
            peak += draw % (2 * order.range + 1) - order.range;
        }
        return Math.min(peak, open);
    }

    void take(final ReferenceOrder order, final long limit) {
        trading.take(order, limit);
    }

    void afterFill(final ReferenceOrder maker, final long lots) {
        if (maker.open() == 0) {
            remove(maker);
        } else if (maker.displayed == 0) {
            final List<ReferenceOrder> queue = maker.place;
            queue.remove(maker);
            maker.displayed = nextPeak(maker, maker.reserve);
            maker.reserve -= maker.displayed;
            maker.book.enqueue(maker, queue);
            listener.onReplenished(
                    maker.book.number, maker.name, maker.side, maker.price, maker.displayed);
        }
        executed(maker, lots, maker.open());
    }

    void executed(final ReferenceOrder order, final long lots, final long leaves) {
        if (order.partner != null) {
            if (leaves == 0) {
                cancelLinked(order.partner);
            } else {
                cutPartner(order);
            }
        }
        order.executed += lots;
        if (leaves == 0) {
            release(order);
        }
    }

    /** Fewer lots, and no more for the other of a pair. */
    void cut(final ReferenceOrder order, final long newLots, final int reason) {
        shrink(order, newLots, reason);
        cutPartner(order);
    }

    void cutPartner(final ReferenceOrder order) {
        if (order.partner != null && order.partner.open() > order.open()) {
            shrink(order.partner, order.open(), CancelReason.LINKED);
        }
    }

    void cancelled(final ReferenceOrder order) {
        if (order.partner != null) {
            cancelLinked(order.partner);
        }
        release(order);
    }

    private void release(final ReferenceOrder parent) {
        final ReferenceOrder child = parent.child;
        if (child == null || !child.book.dormant.contains(child)) {
            return;
        }
        final List<ReferenceOrder> children = new ArrayList<>(List.of(child));
        if (child.partner != null) {
            children.add(child.partner);
        }
        for (final ReferenceOrder one : children) {
            if (parent.executed == 0) {
                cancelLinked(one);
                continue;
            }
            one.leave();
            one.instructions &= ~OrderTerms.DORMANT;
            one.displayed = Math.min(parent.executed, one.open());
            one.parent = null;
            one.book.put(one, one.book.woken);
            listener.onWoken(one.book.number, one.name, one.displayed);
        }
    }

    private void cancelLinked(final ReferenceOrder order) {
        if (live.get(order.name) != order) {
            return;
        }
        order.partner = null;
        final long lots = order.open();
        remove(order);
        listener.onCancelled(order.book.number, order.name, lots, 0, CancelReason.LINKED, true);
    }

    void cancelLive(final ReferenceOrder order, final int reason) {
        final long lots = order.open();
        remove(order);
        listener.onCancelled(order.book.number, order.name, lots, 0, reason, true);
        cancelled(order);
    }

    void drop(final ReferenceOrder order, final int reason) {
        live.remove(order.name);
        listener.onCancelled(order.book.number, order.name, order.open(), 0, reason, false);
        cancelled(order);
    }

    private void shrink(final ReferenceOrder order, final long newLots, final int reason) {
        final long cut = order.open() - newLots;
        order.reserve = Math.max(0, newLots - order.displayed);
        order.displayed = Math.min(order.displayed, newLots);
        listener.onCancelled(order.book.number, order.name, cut, newLots, reason, true);
    }

    void remove(final ReferenceOrder order) {
        live.remove(order.name);
        order.leave();
    }
}
