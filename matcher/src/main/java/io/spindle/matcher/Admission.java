package io.spindle.matcher;

/** Says whether terms can be entered, before anything changes. */
final class Admission {
    private static final int NIL = OrderCells.NIL;
    private static final int POST_ONLY = OrderTerms.POST_ONLY | OrderTerms.POST_ONLY_SLIDE;
    private static final int LINKS = OrderTerms.LINKS;
    private static final int MAX_BASIS_POINTS = 10_000;

    private final Books books;
    private final Nodes nodes;
    private final OrderCells orders;
    private final OrderTraits traits;

    Admission(final Store store) {
        this.books = store.books;
        this.nodes = store.nodes;
        this.orders = store.orders;
        this.traits = store.traits;
    }

    /** What every order must satisfy, its name apart. */
    int check(final OrderTerms terms, final boolean replacing) {
        if (!books.isOpen(terms.book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if ((terms.side & ~1) != 0) {
            return AdmitCode.SIDE;
        }
        if (terms.lots < 1 || terms.lots > OrderTerms.MAX_LOTS) {
            return AdmitCode.LOTS;
        }
        final boolean unpriced = (terms.instructions & OrderTerms.MARKET) != 0;
        if (!unpriced
                && (terms.priceTicks < 1 || terms.priceTicks > books.maxPriceTicks(terms.book))) {
            return AdmitCode.PRICE;
        }
        if (replacing && outgrowsItsLinks(terms)) {
            return AdmitCode.LINK;
        }
        if (!nodes.hasRoom()) {
            return AdmitCode.NO_PRICE_LEVEL;
        }
        final int flags = books.flags(terms.book) & (Books.NOT_CONTINUOUS | Books.RULED);
        if ((flags | terms.instructions | terms.timeInForce & ~1 | terms.selfTradeMode) == 0) {
            return AdmitCode.OK;
        }
        return checkSpecial(terms, replacing);
    }

    /** Other orders count on how many lots this live one has open. */
    private boolean outgrowsItsLinks(final OrderTerms terms) {
        final int order = terms.order;
        return (orders.attributes(order) & OrderCells.EXTENDED) != 0
                && (traits.instructions(order) & LINKS) != 0
                && terms.lots > orders.lots(order) + traits.reserve(order);
    }

    private int checkSpecial(final OrderTerms terms, final boolean replacing) {
        if (terms.timeInForce < 0 || terms.timeInForce > OrderTerms.AT_CLOSE) {
            return AdmitCode.TIME_IN_FORCE;
        }
        if (!books.allows(terms.book, terms.instructions, terms.timeInForce)) {
            return AdmitCode.NOT_ALLOWED;
        }
        if ((terms.selfTradeMode & ~OrderTerms.DECREMENT) != 0) {
            return AdmitCode.SELF_TRADE_MODE;
        }
        if (contradicts(terms)) {
            return AdmitCode.INCOMPATIBLE;
        }
        int code = checkState(terms);
        if (code == AdmitCode.OK) {
            code = checkPrice(terms);
        }
        if (code == AdmitCode.OK) {
            code = checkOptions(terms);
        }
        if (code == AdmitCode.OK && (terms.instructions & LINKS) != 0) {
            code = replacing ? AdmitCode.INCOMPATIBLE : checkLink(terms);
        }
        return code;
    }

    /** One line for each instruction: what it cannot be combined with. */
    private static boolean contradicts(final OrderTerms terms) {
        final int given = terms.instructions;
        final boolean now =
                terms.timeInForce == OrderTerms.IMMEDIATE_OR_CANCEL
                        || terms.timeInForce == OrderTerms.FILL_OR_KILL;
        final boolean auction = terms.timeInForce >= OrderTerms.AT_OPEN;
        return has(given, POST_ONLY) && (now || auction || has(given, OrderTerms.MARKET))
                || (given & POST_ONLY) == POST_ONLY
                || has(given, OrderTerms.HIDDEN)
                        && has(given, OrderTerms.ICEBERG | OrderTerms.MARKET)
                || has(given, OrderTerms.ICEBERG) && (now || has(given, OrderTerms.MARKET))
                || has(given, OrderTerms.MIN_LOTS)
                        && (terms.timeInForce == OrderTerms.FILL_OR_KILL
                                || auction
                                || has(given, POST_ONLY | OrderTerms.STOP | LINKS))
                || has(given, OrderTerms.STOP) && (auction || has(given, POST_ONLY))
                || has(given, OrderTerms.TRAILING) && !has(given, OrderTerms.STOP)
                || has(given, OrderTerms.PEGGED)
                        && (now
                                || auction
                                || has(
                                        given,
                                        OrderTerms.MARKET
                                                | POST_ONLY
                                                | OrderTerms.MIN_LOTS
                                                | OrderTerms.ICEBERG
                                                | OrderTerms.STOP
                                                | LINKS))
                || has(given, LINKS) && auction
                || has(given, OrderTerms.BRACKET)
                        && has(given, OrderTerms.OCO | OrderTerms.DORMANT);
    }

    private static boolean has(final int instructions, final int any) {
        return (instructions & any) != 0;
    }

    private int checkState(final OrderTerms terms) {
        final int state = books.state(terms.book);
        if (!TradingState.allowsEntry(state)) {
            return AdmitCode.STATE;
        }
        if (state == TradingState.CONTINUOUS) {
            return terms.timeInForce == OrderTerms.AT_OPEN ? AdmitCode.STATE : AdmitCode.OK;
        }
        final boolean waits = has(terms.instructions, OrderTerms.STOP | OrderTerms.DORMANT);
        final boolean now =
                terms.timeInForce == OrderTerms.IMMEDIATE_OR_CANCEL
                        || terms.timeInForce == OrderTerms.FILL_OR_KILL;
        if (now && !waits
                || has(terms.instructions, OrderTerms.MIN_LOTS)
                || terms.timeInForce == OrderTerms.AT_OPEN
                        && state == TradingState.CLOSING_AUCTION) {
            return AdmitCode.STATE;
        }
        final boolean unpriced = has(terms.instructions, OrderTerms.MARKET) && !waits;
        return unpriced && books.anchor(terms.book) == 0 ? AdmitCode.NO_REFERENCE : AdmitCode.OK;
    }

    private int checkPrice(final OrderTerms terms) {
        if (has(terms.instructions, OrderTerms.MARKET)) {
            return AdmitCode.OK;
        }
        if (terms.priceTicks < books.lowestLimit(terms.book)
                || terms.priceTicks > books.highestLimit(terms.book)) {
            return AdmitCode.PRICE_BAND;
        }
        return terms.priceTicks % books.step(terms.book, terms.priceTicks) == 0
                ? AdmitCode.OK
                : AdmitCode.TICK;
    }

    private int checkOptions(final OrderTerms terms) {
        final int given = terms.instructions;
        final int max = books.maxPriceTicks(terms.book);
        if (has(given, OrderTerms.MIN_LOTS) && (terms.minLots < 1 || terms.minLots > terms.lots)) {
            return AdmitCode.MIN_LOTS;
        }
        if (has(given, OrderTerms.ICEBERG)
                && (terms.peakLots < 1
                        || terms.peakLots > terms.lots
                        || terms.peakRangeLots < 0
                        || terms.peakRangeLots >= terms.peakLots)) {
            return AdmitCode.PEAK;
        }
        if (has(given, OrderTerms.STOP) && !isTriggerSound(terms, max)) {
            return AdmitCode.TRIGGER;
        }
        if (has(given, OrderTerms.PEGGED)
                && (terms.pegTo < OrderTerms.PEG_PRIMARY
                        || terms.pegTo > OrderTerms.PEG_MIDPOINT
                        || terms.pegOffsetTicks < -max
                        || terms.pegOffsetTicks > max)) {
            return AdmitCode.PEG;
        }
        final boolean moves = has(given, OrderTerms.PEGGED | OrderTerms.TRAILING);
        return moves && books.movers(terms.book) >= OrderLists.MAX_MOVERS
                ? AdmitCode.TOO_MANY_MOVERS
                : AdmitCode.OK;
    }

    private static boolean isTriggerSound(final OrderTerms terms, final int max) {
        final boolean trailing = has(terms.instructions, OrderTerms.TRAILING);
        if (terms.triggerBy < OrderTerms.BY_LAST
                || terms.triggerBy > OrderTerms.BY_MID
                || terms.triggerTicks < (trailing ? 0 : 1)
                || terms.triggerTicks > max) {
            return false;
        }
        if (!trailing) {
            return true;
        }
        final int most = terms.trailUnit == OrderTerms.TICKS ? max : MAX_BASIS_POINTS;
        return (terms.trailUnit & ~1) == 0 && terms.trail >= 1 && terms.trail <= most;
    }

    private int checkLink(final OrderTerms terms) {
        final boolean pair = has(terms.instructions, OrderTerms.OCO);
        if (!pair && !has(terms.instructions, OrderTerms.BRACKET)) {
            return AdmitCode.OK;
        }
        final int other = terms.link;
        if (other == terms.order || !orders.isLive(other)) {
            return AdmitCode.LINK;
        }
        final int attributes = orders.attributes(other);
        if (OrderCells.book(attributes) != terms.book) {
            return AdmitCode.LINK;
        }
        final boolean extended = (attributes & OrderCells.EXTENDED) != 0;
        final int theirs = extended ? traits.instructions(other) : 0;
        final boolean sleeps = has(theirs, OrderTerms.DORMANT);
        final boolean fit;
        if (pair) {
            final boolean sleepsToo = has(terms.instructions, OrderTerms.DORMANT);
            fit =
                    OrderCells.side(attributes) == terms.side
                            && sleeps == sleepsToo
                            && !has(theirs, OrderTerms.OCO | OrderTerms.BRACKET | OrderTerms.PEGGED)
                            && !(extended && isForAuction(other))
                            && !(sleeps && traits.parent(other) != NIL);
        } else {
            fit = sleeps && traits.parent(other) == NIL && !isPartnerOfChild(other, theirs);
        }
        return fit ? AdmitCode.OK : AdmitCode.LINK;
    }

    private boolean isForAuction(final int order) {
        final int list = traits.list(order);
        return list == OrderLists.AUCTION_ONLY || list == OrderLists.FOR_CLOSE;
    }

    private boolean isPartnerOfChild(final int order, final int instructions) {
        return has(instructions, OrderTerms.OCO) && traits.parent(traits.link(order)) != NIL;
    }
}
