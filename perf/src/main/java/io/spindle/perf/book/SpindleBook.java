package io.spindle.perf.book;

import io.spindle.matcher.AdmitCode;
import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;

/**
 * Our matcher behind what every caller needs: a name for each order and the way from the client's
 * id to it. Every command is admitted first, every field of every event is consumed.
 */
final class SpindleBook implements BookUnderTest, MatchListener {
    private static final int BOOK = 0;

    private final Matcher matcher;
    private final OrderTerms terms = new OrderTerms();

    /** Name that a client's id had last, plus one. */
    private final int[] nameOf;

    /** Id that had a name last: an id whose name says otherwise is dead. */
    private final int[] idOf;

    private final int[] free;

    private int freeNames;
    private int unusedName;
    private long trades;
    private long tradedQty;
    private long notional;
    private long resting;
    private long restingQty;

    /** Read by nobody: keeps every field of every event alive. */
    private long checksum;

    SpindleBook(final OrderStream stream, final int maxOrders) {
        matcher = new Matcher(MatcherConfig.of(maxOrders, 1), this);
        matcher.makeResident();
        if (matcher.openBook(BOOK, stream.maxPriceTicks() + 1) != AdmitCode.OK) {
            throw new IllegalArgumentException("prices up to " + stream.maxPriceTicks());
        }
        nameOf = new int[stream.maxOrderId() + 1];
        idOf = new int[maxOrders];
        free = new int[maxOrders];
        terms.book = BOOK;
    }

    @Override
    public void apply(
            final int op,
            final int side,
            final int timeInForce,
            final int user,
            final int id,
            final long priceTicks,
            final long lots) {
        if (op == OrderStream.NEW) {
            enter(side, timeInForce, id, priceTicks, lots);
            return;
        }
        final int name = nameOf[id] - 1;
        if (name < 0 || idOf[name] != id) {
            return;
        }
        if (op == OrderStream.CANCEL) {
            matcher.cancel(name, 'U');
        } else {
            replace(name, side, priceTicks, lots);
        }
    }

    private void enter(
            final int side,
            final int timeInForce,
            final int id,
            final long price,
            final long lots) {
        final int name = freeNames > 0 ? free[--freeNames] : unusedName++;
        idOf[name] = id;
        terms.order = name;
        terms.side = side;
        terms.timeInForce = timeInForce;
        terms.priceTicks = price;
        terms.lots = lots;
        if (matcher.admit(terms) == AdmitCode.OK) {
            nameOf[id] = name + 1;
            matcher.enter(terms);
        } else {
            free(name);
        }
    }

    private void replace(final int name, final int side, final long price, final long lots) {
        terms.order = name;
        terms.side = side;
        terms.timeInForce = OrderTerms.REST;
        terms.priceTicks = price;
        terms.lots = lots;
        if (matcher.admitReplace(terms) == AdmitCode.OK) {
            resting--;
            restingQty -= matcher.lots(name);
            matcher.replace(terms);
        }
    }

    @Override
    public void onFill(
            final int book,
            final int maker,
            final int taker,
            final long priceTicks,
            final long lots,
            final long makerLeavesLots,
            final long takerLeavesLots) {
        trades++;
        tradedQty += lots;
        notional += lots * priceTicks;
        restingQty -= lots;
        checksum += book ^ maker ^ taker;
        if (makerLeavesLots == 0) {
            resting--;
            free(maker);
        }
        if (takerLeavesLots == 0) {
            free(taker);
        }
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        resting++;
        restingQty += displayedLots;
        checksum += book ^ order ^ side ^ priceTicks;
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        checksum += book ^ reason;
        if (wasResting) {
            restingQty -= cancelledLots;
        }
        if (leavesLots == 0) {
            if (wasResting) {
                resting--;
            }
            free(order);
        }
    }

    private void free(final int name) {
        free[freeNames++] = name;
    }

    @Override
    public BookTotals totals() {
        return new BookTotals(trades, tradedQty, notional, resting, restingQty);
    }
}
