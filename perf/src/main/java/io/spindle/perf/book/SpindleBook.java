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
    private static final int NONE = -1;

    private final Matcher matcher;
    private final OrderTerms terms = new OrderTerms();

    /** Name of a client's id, plus one; 0 when it is dead. */
    private final int[] nameOf;

    /** Id of a name in use, next free name of one that is not. */
    private final int[] idOf;

    private int freeName = NONE;
    private int unusedName;
    private long trades;
    private long tradedQty;
    private long notional;
    private long resting;
    private long restingQty;
    private long checksum;

    SpindleBook(final OrderStream stream, final int maxOrders) {
        matcher = new Matcher(MatcherConfig.of(maxOrders, 1), this);
        if (matcher.openBook(BOOK, stream.maxPriceTicks() + 1) != AdmitCode.OK) {
            throw new IllegalArgumentException("prices up to " + stream.maxPriceTicks());
        }
        nameOf = new int[stream.maxOrderId() + 1];
        idOf = new int[maxOrders];
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
        } else if (nameOf[id] != 0) {
            if (op == OrderStream.CANCEL) {
                matcher.cancel(nameOf[id] - 1, 'U');
            } else {
                replace(nameOf[id] - 1, side, priceTicks, lots);
            }
        }
    }

    private void enter(
            final int side,
            final int timeInForce,
            final int id,
            final long price,
            final long lots) {
        int name = freeName;
        if (name != NONE) {
            freeName = idOf[name];
        } else {
            name = unusedName++;
        }
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
            idOf[name] = freeName;
            freeName = name;
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
        nameOf[idOf[name]] = 0;
        idOf[name] = freeName;
        freeName = name;
    }

    /** Keeps every field of every event alive. */
    long checksum() {
        return checksum;
    }

    @Override
    public BookTotals totals() {
        return new BookTotals(trades, tradedQty, notional, resting, restingQty);
    }
}
