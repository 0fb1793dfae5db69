package io.spindle.matcher;

/** Brings orders to the market: at once, after a call, or held until something happens. */
final class Entry {
    private static final int NIL = OrderCells.NIL;
    private static final int POST_ONLY = OrderTerms.POST_ONLY | OrderTerms.POST_ONLY_SLIDE;

    private final Store store;
    private final Books books;
    private final OrderTraits traits;
    private final Ladders ladders;
    private final Resting resting;
    private final Links links;
    private final PlainOrders plain;
    private final Sweep sweep;
    private final Liquidity liquidity;

    Entry(
            final Store store,
            final Resting resting,
            final Links links,
            final PlainOrders plain,
            final Sweep sweep) {
        this.store = store;
        this.books = store.books;
        this.traits = store.traits;
        this.ladders = store.ladders;
        this.resting = resting;
        this.links = links;
        this.plain = plain;
        this.sweep = sweep;
        this.liquidity = new Liquidity(store);
    }

    void enter(final OrderTerms terms) {
        if (plain.isOne(terms)) {
            plain.enter(terms);
        } else {
            traits.store(terms, limit(terms));
            links.tie(terms.order, terms.instructions, terms.link);
            place(terms);
        }
    }

    /** Keeps links and what was executed; everything else is new. */
    void replace(final OrderTerms terms) {
        final int order = terms.order;
        final boolean extended = (store.orders.attributes(order) & OrderCells.EXTENDED) != 0;
        if (!extended && plain.isOne(terms)) {
            store.remove(order);
            plain.enter(terms);
            return;
        }
        final int bonds = extended ? traits.instructions(order) & OrderTerms.LINKS : 0;
        final int link = traits.link(order);
        final int parent = traits.parent(order);
        final long executed = traits.executed(order);
        final int asked = terms.instructions;
        store.remove(order);
        terms.instructions = asked | bonds;
        traits.store(terms, limit(terms));
        if (bonds != 0) {
            traits.link(order, link);
            traits.parent(order, parent);
            traits.executed(order, executed);
            links.onReduced(order, terms.lots);
        }
        place(terms);
        terms.instructions = asked;
    }

    private int limit(final OrderTerms terms) {
        if ((terms.instructions & OrderTerms.MARKET) == 0) {
            return (int) terms.priceTicks;
        }
        return terms.side == OrderTerms.BUY
                ? books.highestLimit(terms.book)
                : books.lowestLimit(terms.book);
    }

    /** Where an order whose traits are stored belongs now. */
    void place(final OrderTerms terms) {
        final int instructions = terms.instructions;
        if ((instructions & OrderTerms.DORMANT) != 0) {
            resting.hold(terms, OrderLists.DORMANT);
        } else if ((instructions & OrderTerms.STOP) != 0) {
            arm(terms);
        } else if ((instructions & OrderTerms.PEGGED) != 0) {
            resting.hold(terms, OrderLists.MOVERS);
        } else if (terms.timeInForce == OrderTerms.AT_CLOSE
                && books.state(terms.book) != TradingState.CLOSING_AUCTION) {
            resting.hold(terms, OrderLists.FOR_CLOSE);
        } else if ((books.flags(terms.book) & Books.NOT_CONTINUOUS) != 0) {
            gather(terms);
        } else {
            take(terms, limit(terms));
        }
    }

    private void arm(final OrderTerms terms) {
        final int order = terms.order;
        if ((terms.instructions & OrderTerms.TRAILING) != 0) {
            resting.hold(terms, OrderLists.MOVERS);
            store.orders.priceTicks(order, (int) terms.triggerTicks);
            return;
        }
        final int ladder = Ladders.stops(terms.book, terms.side, terms.triggerBy);
        if (!store.nodes.hasRoom()) {
            resting.drop(terms, terms.lots, CancelReason.NO_PRICE_LEVEL);
            return;
        }
        store.queue.append(
                order,
                ladder,
                (int) terms.triggerTicks,
                terms.lots,
                OrderCells.attributes(
                        terms.book,
                        terms.side,
                        ladder - Ladders.of(terms.book, 0),
                        OrderCells.EXTENDED));
        store.orders.group(order, terms.group);
        books.watch(terms.book, 1);
        store.listener.onHeld(terms.book, order);
    }

    /** In a call orders rest without matching; market and auction orders not beyond it. */
    private void gather(final OrderTerms terms) {
        final boolean auctionOnly =
                terms.timeInForce >= OrderTerms.AT_OPEN
                        || (terms.instructions & OrderTerms.MARKET) != 0;
        final int list = auctionOnly ? OrderLists.AUCTION_ONLY : OrderLists.NONE;
        resting.rest(terms, limit(terms), terms.lots, list);
    }

    /** Continuous trading: takes what it may and does with the rest what its terms say. */
    void take(final OrderTerms terms, final int limit) {
        final int makers = Ladders.of(terms.book, terms.side ^ 1);
        final int reach = books.reach(terms.book, terms.side, limit);
        final int limitKey = ladders.mirrored(makers, reach);
        final boolean crosses = ladders.sideKey(makers) <= ladders.mirrored(makers, limit);
        if (crosses && (terms.instructions & POST_ONLY) != 0) {
            post(terms, makers);
            return;
        }
        if (!isEnoughThere(terms, makers, limitKey)) {
            return;
        }
        final long leaves = crosses ? sweep(terms, makers, limitKey) : terms.lots;
        if (leaves == 0) {
            return;
        }
        final boolean bounded = reach != limit;
        if (crosses && sweep.stoppedBy() != 0) {
            resting.drop(terms, leaves, sweep.stoppedBy());
        } else if (!mayRest(terms)) {
            final boolean reachedBand =
                    bounded && ladders.sideKey(makers) <= ladders.mirrored(makers, limit);
            resting.drop(
                    terms, leaves, reachedBand ? CancelReason.PRICE_BAND : CancelReason.IMMEDIATE);
        } else if (bounded) {
            resting.drop(terms, leaves, CancelReason.PRICE_BAND);
        } else {
            rest(terms, limit, leaves);
        }
    }

    private long sweep(final OrderTerms terms, final int makers, final int limitKey) {
        final long leaves = sweep.take(terms, makers, limitKey);
        if (terms.instructions != 0) {
            if (sweep.filled() > 0) {
                links.onExecuted(terms.order, sweep.filled(), leaves);
            } else if (leaves == 0) {
                links.onCancelled(terms.order);
            } else if (leaves < terms.lots) {
                links.onReduced(terms.order, leaves);
            }
        }
        return leaves;
    }

    private void rest(final OrderTerms terms, final int price, final long lots) {
        final boolean pegged = (terms.instructions & OrderTerms.PEGGED) != 0;
        resting.rest(terms, price, lots, pegged ? OrderLists.MOVERS : OrderLists.NONE);
    }

    private static boolean mayRest(final OrderTerms terms) {
        return terms.timeInForce != OrderTerms.IMMEDIATE_OR_CANCEL
                && terms.timeInForce != OrderTerms.FILL_OR_KILL
                && (terms.instructions & OrderTerms.MARKET) == 0;
    }

    private boolean isEnoughThere(final OrderTerms terms, final int makers, final int limitKey) {
        final boolean whole = terms.timeInForce == OrderTerms.FILL_OR_KILL;
        final boolean part = (terms.instructions & OrderTerms.MIN_LOTS) != 0;
        if (!whole && !part) {
            return true;
        }
        final long wanted = whole ? terms.lots : terms.minLots;
        if (liquidity.certain(terms, makers, limitKey, wanted) >= wanted) {
            return true;
        }
        resting.drop(terms, terms.lots, whole ? CancelReason.FILL_OR_KILL : CancelReason.MIN_LOTS);
        return false;
    }

    /** A post-only order that would take: cancelled, or moved just out of reach. */
    private void post(final OrderTerms terms, final int makers) {
        final int best = ladders.mirrored(makers, ladders.sideKey(makers));
        final boolean buy = terms.side == OrderTerms.BUY;
        final int price = rounded(terms.book, terms.side, buy ? best - 1 : best + 1);
        if ((terms.instructions & OrderTerms.POST_ONLY_SLIDE) == 0
                || price < books.lowestLimit(terms.book)
                || price > books.highestLimit(terms.book)) {
            resting.drop(terms, terms.lots, CancelReason.POST_ONLY);
        } else if (books.reach(terms.book, terms.side, price) != price) {
            resting.drop(terms, terms.lots, CancelReason.PRICE_BAND);
        } else {
            rest(terms, price, terms.lots);
        }
    }

    /** The nearest price of the tick table that is not better for the other side. */
    int rounded(final int book, final int side, final int price) {
        final int step = books.step(book, price);
        final int beyond = price % step;
        if (beyond == 0) {
            return price;
        }
        return side == OrderTerms.BUY ? price - beyond : price - beyond + step;
    }

    /** Fills {@code terms} from a live order, as it was entered but with the lots now open. */
    void recall(final int order, final OrderTerms terms) {
        final int attributes = store.orders.attributes(order);
        traits.load(order, terms);
        terms.book = OrderCells.book(attributes);
        terms.side = OrderCells.side(attributes);
        terms.group = store.orders.group(order);
        terms.lots = store.openLots(order);
        terms.link = NIL;
    }
}
