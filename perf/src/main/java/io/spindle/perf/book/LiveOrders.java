package io.spindle.perf.book;

import io.spindle.matcher.MatchListener;
import io.spindle.matcher.Matcher;
import io.spindle.matcher.MatcherConfig;
import io.spindle.matcher.OrderTerms;

import java.util.SplittableRandom;

/** What is live while a stream is made, and where the touch is: order ids are the names. */
final class LiveOrders implements MatchListener {
    private static final int BOOK = 0;

    private final Matcher matcher;
    private final OrderTerms terms = new OrderTerms();
    private final int[] ids;
    private final int[] placeOf;
    private final long maxPrice;
    private int count;

    LiveOrders(final int capacity, final long maxPrice) {
        this.matcher = new Matcher(MatcherConfig.of(capacity, 1), this);
        matcher.makeResident();
        this.ids = new int[capacity];
        this.placeOf = new int[capacity];
        this.maxPrice = maxPrice;
        matcher.openBook(BOOK, maxPrice);
    }

    int count() {
        return count;
    }

    int any(final SplittableRandom random) {
        return ids[random.nextInt(count)];
    }

    int side(final int id) {
        return matcher.side(id);
    }

    long lots(final int id) {
        return matcher.lots(id);
    }

    /** So many ticks behind the other side's best price, or the middle; negative is beyond it. */
    long price(final int side, final long distance) {
        final long best = matcher.bestPriceTicks(BOOK, side ^ 1);
        final long from = best == 0 ? maxPrice / 2 : best;
        final long price = side == OrderTerms.BUY ? from - distance : from + distance;
        return Math.clamp(price, 1, maxPrice);
    }

    void apply(
            final int op,
            final int side,
            final int timeInForce,
            final int id,
            final long price,
            final long lots) {
        if (op == OrderStream.CANCEL) {
            matcher.cancel(id, 'U');
            return;
        }
        terms.order = id;
        terms.side = side;
        terms.timeInForce = timeInForce;
        terms.priceTicks = price;
        terms.lots = lots;
        if (op == OrderStream.NEW) {
            matcher.enter(terms);
        } else {
            forget(id);
            matcher.replace(terms);
        }
    }

    private void forget(final int id) {
        final int place = placeOf[id];
        final int last = ids[--count];
        ids[place] = last;
        placeOf[last] = place;
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
        if (makerLeavesLots == 0) {
            forget(maker);
        }
    }

    @Override
    public void onRested(
            final int book,
            final int order,
            final int side,
            final long priceTicks,
            final long displayedLots) {
        placeOf[order] = count;
        ids[count++] = order;
    }

    @Override
    public void onCancelled(
            final int book,
            final int order,
            final long cancelledLots,
            final long leavesLots,
            final int reason,
            final boolean wasResting) {
        if (wasResting) {
            forget(order);
        }
    }

    @Override
    public String toString() {
        return count + " resting at the end";
    }
}
