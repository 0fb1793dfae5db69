package io.spindle.oms;

import io.spindle.matcher.AdmitCode;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;

/**
 * Two books of one instrument. An order that comes to one of them takes, price by price, where it
 * is better, its own book first at equal prices, all within its command; what is left then enters
 * its own book as if it had come only now. A fill-or-kill order goes whole to the better book that
 * can fill it, or is not placed.
 *
 * <p>Only plain orders in continuous trading do so: conditions look at one book. A replaced order
 * and a stop that fires trade in their own book.
 */
final class LinkedBooks {
    /** Changes from one book to the other in one command; what is left then goes to its own. */
    static final int MAX_TURNS = 32;

    private final InstrumentTable instruments;
    private final BookWork work;
    private final Executions executions;
    private final Matcher matcher;

    LinkedBooks(
            final Tables tables,
            final BookWork work,
            final Executions executions,
            final Matcher matcher) {
        this.instruments = tables.instruments;
        this.work = work;
        this.executions = executions;
        this.matcher = matcher;
    }

    /** Leaves in the terms what their own book, which is linked, shall have; 0 lots for nothing. */
    void take(final OrderRequest request, final OrderTerms terms) {
        final int own = terms.book;
        final int other = instruments.linked(own);
        if (!request.isPlain()
                || request.selfTrade != 0
                || instruments.tradingState(own) != 'T'
                || instruments.tradingState(other) != 'T') {
            return;
        }
        final long limit = terms.priceTicks;
        final int timeInForce = terms.timeInForce;
        if (timeInForce == OrderTerms.FILL_OR_KILL) {
            if (isOtherBetter(terms, own, other)) {
                pass(terms, other, limit);
            }
        } else {
            terms.timeInForce = OrderTerms.IMMEDIATE_OR_CANCEL;
            int turns = 0;
            while (turns < MAX_TURNS && terms.lots > 0 && turn(terms, own, other, limit)) {
                turns++;
            }
            terms.timeInForce = timeInForce;
        }
        terms.book = own;
        terms.priceTicks = limit;
        work.check(other);
    }

    /** Takes in the better book as far as it is; false when the other book has nothing to give. */
    private boolean turn(final OrderTerms terms, final int own, final int other, final long limit) {
        final int side = terms.side ^ 1;
        final long there = matcher.bestPriceTicks(other, side);
        final long here = matcher.bestPriceTicks(own, side);
        final boolean buys = terms.side == OrderTerms.BUY;
        if (!isWithin(buys, there, limit)) {
            return false;
        }
        final long before = terms.lots;
        if (!isWithin(buys, here, limit)) {
            pass(terms, other, limit);
        } else if (isWithin(buys, here, there)) {
            pass(terms, own, there);
        } else {
            pass(terms, other, buys ? here - 1 : here + 1);
        }
        return terms.lots < before;
    }

    private boolean isOtherBetter(final OrderTerms terms, final int own, final int other) {
        final int side = terms.side ^ 1;
        final boolean buys = terms.side == OrderTerms.BUY;
        final long there = matcher.bestPriceTicks(other, side);
        return isWithin(buys, there, terms.priceTicks)
                && !isWithin(buys, matcher.bestPriceTicks(own, side), there);
    }

    /** There is a price, and it is as good as that or better. */
    private static boolean isWithin(final boolean buys, final long price, final long limit) {
        return price > 0 && (buys ? price <= limit : price >= limit);
    }

    private void pass(final OrderTerms terms, final int book, final long limit) {
        terms.book = book;
        terms.priceTicks = limit;
        if (matcher.admit(terms) == AdmitCode.OK) {
            executions.pass(terms.order);
            matcher.enter(terms);
            terms.lots = executions.passed();
        }
    }
}
