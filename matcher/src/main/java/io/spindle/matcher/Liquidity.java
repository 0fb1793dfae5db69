package io.spindle.matcher;

/** Counts what a sweep would find, for orders that want a quantity at once or nothing. */
final class Liquidity {
    private static final int NIL = OrderCells.NIL;

    private final Store store;
    private final OrderCells orders;
    private final OrderTraits traits;
    private final Ladders ladders;
    private final Rings rings;
    private long total;
    private int fillsLeft;

    Liquidity(final Store store) {
        this.store = store;
        this.orders = store.orders;
        this.traits = store.traits;
        this.ladders = store.ladders;
        this.rings = store.rings;
    }

    /**
     * Lots that a sweep is certain to trade, counted until there are {@code wanted}. Certain means:
     * within the bound on fills, before an own order that would stop it, and without resting orders
     * that another fill may cancel.
     */
    long certain(final OrderTerms taker, final int makers, final int limitKey, final long wanted) {
        total = 0;
        fillsLeft = store.config.maxFillsPerOrder();
        int shown = ladders.bestLevel(makers);
        int unseen = ladders.bestLevel(makers + Ladders.HIDDEN);
        while (total < wanted) {
            final int shownKey = key(makers, shown);
            final int unseenKey = key(makers, unseen);
            if (Math.min(shownKey, unseenKey) > limitKey) {
                break;
            }
            final boolean goOn;
            if (unseenKey < shownKey) {
                goOn = countLevel(taker, unseen);
                unseen = ladders.nextLevel(unseen);
            } else {
                goOn = countLevel(taker, shown);
                shown = ladders.nextLevel(shown);
            }
            if (!goOn) {
                break;
            }
        }
        return total;
    }

    private int key(final int makers, final int level) {
        return level == NIL ? Ladders.NO_KEY : ladders.mirrored(makers, store.queue.price(level));
    }

    /** Returns false when a sweep would end, or may end, inside this level. */
    private boolean countLevel(final OrderTerms taker, final int level) {
        long reserves = 0;
        long peaks = 0;
        for (int at = rings.next(level); at != level; at = rings.next(at)) {
            final int maker = rings.order(at);
            if (fillsLeft-- == 0) {
                return false;
            }
            if (taker.group != 0 && orders.group(maker) == taker.group) {
                if (taker.selfTradeMode != OrderTerms.CANCEL_OLDEST) {
                    return false;
                }
            } else if ((orders.attributes(maker) & OrderCells.EXTENDED) == 0) {
                total += orders.lots(maker);
            } else if (!mayVanish(maker)) {
                total += orders.lots(maker);
                final long reserve = traits.reserve(maker);
                if (reserve > 0) {
                    final long smallestPeak = traits.peak(maker) - traits.range(maker);
                    reserves += reserve;
                    peaks += (reserve + smallestPeak - 1) / smallestPeak;
                }
            }
        }
        // Later peaks come after everything that this level shows now.
        if (peaks > fillsLeft) {
            return false;
        }
        total += reserves;
        fillsLeft -= (int) peaks;
        return true;
    }

    /** Linked with an order that rests too, whose fill would cancel or cut this one. */
    private boolean mayVanish(final int maker) {
        return (traits.instructions(maker) & OrderTerms.OCO) != 0
                && store.isQueued(traits.link(maker));
    }
}
