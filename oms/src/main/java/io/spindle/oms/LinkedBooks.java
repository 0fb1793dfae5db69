package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;

/**
 * Two books of one instrument. An order that comes to one of them takes, price by price, where it
 * is better, its own book first at equal prices, all within its command; what is left then enters
 * its own book as if it had come only now. A fill-or-kill order goes whole to the book with the
 * better best price, else whole to the other, or is not placed.
 *
 * <p>Only plain orders in continuous trading do so: conditions look at one book. Neither book does
 * anything by itself before the order is through with both. A replaced order and a stop that fires
 * trade in their own book.
 */
final class LinkedBooks {
    /** Changes from one book to the other in one command; what is left then goes to its own. */
    static final int MAX_TURNS = 32;

    private final EngineState state;
    private final InstrumentTable instruments;
    private final BookWork work;
    private final Executions executions;
    private final Matcher matcher;

    /** Of the order in hand: the other book, and the worst price in ticks that it may trade at. */
    private int other;

    private long limitThere;

    LinkedBooks(
            final Tables tables,
            final BookWork work,
            final Executions executions,
            final Matcher matcher) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.work = work;
        this.executions = executions;
        this.matcher = matcher;
    }

    /** Matches an admitted order whose own book is linked. */
    void enter(final OrderRequest request, final OrderTerms terms) {
        final int own = terms.book;
        other = instruments.linked(own);
        if (!looksAtBoth(request, own)) {
            matcher.enter(terms);
            return;
        }
        final long limit = terms.priceTicks;
        limitThere = limitThere(terms.side == OrderTerms.BUY, limit);
        final long before = state.get(EngineState.MATCH_NUMBER);
        if (terms.timeInForce == OrderTerms.FILL_OR_KILL) {
            takeWhole(terms, own, limit);
        } else {
            takeByPrice(terms, own, limit, before);
        }
        terms.book = own;
        terms.priceTicks = limit;
        if (terms.lots > 0) {
            terms.earlierFills = fillsSince(before);
            matcher.pass(terms);
        }
        terms.earlierFills = 0;
        matcher.work(own);
        matcher.work(other);
        work.check(other);
    }

    /** A book that needs a reference price has to have one. */
    private boolean looksAtBoth(final OrderRequest request, final int own) {
        final boolean needed =
                (instruments.riskFlags(other) & InstrumentTable.FLAG_REFERENCE_NEEDED) != 0;
        return request.isPlain()
                && request.selfTrade == 0
                && instruments.tradingState(own) == 'T'
                && instruments.tradingState(other) == 'T'
                && (!needed || instruments.referencePrice(other) != 0);
    }

    /** The order's limit or, where that is worse than the other book's band, the band's edge. */
    private long limitThere(final boolean buys, final long limit) {
        final long upper = instruments.upperBand(other);
        if (upper == 0) {
            return limit;
        }
        final long tick = instruments.tickSize(other);
        return buys
                ? Math.min(limit, upper / tick)
                : Math.max(limit, (instruments.lowerBand(other) + tick - 1) / tick);
    }

    private void takeWhole(final OrderTerms terms, final int own, final long limit) {
        final int side = terms.side ^ 1;
        final boolean buys = terms.side == OrderTerms.BUY;
        final long there = matcher.bestPriceTicks(other, side);
        if (!isWithin(buys, there, limitThere)) {
            return;
        }
        if (isWithin(buys, matcher.bestPriceTicks(own, side), there)) {
            pass(terms, own, limit);
        }
        if (terms.lots > 0) {
            pass(terms, other, limitThere);
        }
    }

    private void takeByPrice(
            final OrderTerms terms, final int own, final long limit, final long before) {
        final int timeInForce = terms.timeInForce;
        terms.timeInForce = OrderTerms.IMMEDIATE_OR_CANCEL;
        int turns = 0;
        while (turns < MAX_TURNS && terms.lots > 0 && turn(terms, own, limit)) {
            terms.earlierFills = fillsSince(before);
            turns++;
        }
        terms.timeInForce = timeInForce;
    }

    private int fillsSince(final long before) {
        return (int) (state.get(EngineState.MATCH_NUMBER) - before);
    }

    /** Takes in the better book as far as it is; false when the other book has nothing to give. */
    private boolean turn(final OrderTerms terms, final int own, final long limit) {
        final int side = terms.side ^ 1;
        final long there = matcher.bestPriceTicks(other, side);
        final long here = matcher.bestPriceTicks(own, side);
        final boolean buys = terms.side == OrderTerms.BUY;
        if (!isWithin(buys, there, limitThere)) {
            return false;
        }
        final long before = terms.lots;
        if (isWithin(buys, here, there)) {
            pass(terms, own, there);
        } else if (isWithin(buys, here, limitThere)) {
            pass(terms, other, buys ? here - 1 : here + 1);
        } else {
            pass(terms, other, limitThere);
        }
        return terms.lots < before;
    }

    /** There is a price, and it is as good as that or better. */
    private static boolean isWithin(final boolean buys, final long price, final long limit) {
        return price > 0 && (buys ? price <= limit : price >= limit);
    }

    /** Takes in a book; both admit the same orders, {@link Configuration#linkBooks} saw to that. */
    private void pass(final OrderTerms terms, final int book, final long limit) {
        terms.book = book;
        terms.priceTicks = limit;
        executions.pass(terms.order);
        matcher.pass(terms);
        terms.lots = executions.passed();
    }
}
