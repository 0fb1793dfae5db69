package io.spindle.matcher;

import org.agrona.DirectBuffer;

/**
 * Price-time matching for all books of an appliance.
 *
 * <p>Every order is named by the caller: a dense number, free until {@link #enter} or {@link
 * #restore}, and again after the order was filled or cancelled whole. Commands check nothing that
 * {@link #admit} has checked; call it first.
 *
 * <p><em>Called from</em> one thread. Commands are not called from inside {@link MatchListener}.
 */
public final class Matcher {
    static final int NIL = OrderCells.NIL;

    private final MatcherConfig config;
    private final MatchListener listener;
    private final OrderCells orders;
    private final Nodes nodes;
    private final Ladder ladder;
    private final Books books;
    private final LevelQueue queue;
    private final BookImage image;

    public Matcher(final MatcherConfig config, final MatchListener listener) {
        this.config = config;
        this.listener = listener;
        this.orders = new OrderCells(config.maxOrders());
        this.nodes = new Nodes(config.maxNodes());
        this.ladder = new Ladder(config.maxBooks(), nodes);
        this.books = new Books(config.maxBooks());
        this.queue = new LevelQueue(orders, nodes, ladder);
        this.image = new BookImage(this, books, queue, orders);
    }

    public MatcherConfig config() {
        return config;
    }

    // Books.

    /**
     * Opens an empty book for prices 1 … {@code maxPriceTicks}, at run time as at the start.
     *
     * @return an {@link AdmitCode}
     */
    public int openBook(final int book, final long maxPriceTicks) {
        if (book < 0 || book >= config.maxBooks()) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (books.isOpen(book)) {
            return AdmitCode.BOOK_OPEN;
        }
        if (maxPriceTicks < 1 || maxPriceTicks > Ladder.MAX_PRICE_TICKS) {
            return AdmitCode.PRICE;
        }
        books.open(book, (int) maxPriceTicks);
        ladder.open(Ladder.bookSide(book, OrderTerms.BUY), (int) maxPriceTicks);
        ladder.open(Ladder.bookSide(book, OrderTerms.SELL), (int) maxPriceTicks);
        return AdmitCode.OK;
    }

    /**
     * Closes a book without orders; its number may be opened again.
     *
     * @return an {@link AdmitCode}
     */
    public int closeBook(final int book) {
        if (!isOpen(book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (!ladder.isEmpty(Ladder.bookSide(book, OrderTerms.BUY))
                || !ladder.isEmpty(Ladder.bookSide(book, OrderTerms.SELL))) {
            return AdmitCode.BOOK_NOT_EMPTY;
        }
        books.close(book);
        return AdmitCode.OK;
    }

    public boolean isOpen(final int book) {
        return book >= 0 && book < config.maxBooks() && books.isOpen(book);
    }

    // Orders.

    /**
     * Whether {@link #enter} may be called with these terms; changes nothing.
     *
     * @return an {@link AdmitCode}
     */
    public int admit(final OrderTerms terms) {
        if (terms.order < 0 || terms.order >= orders.capacity()) {
            return AdmitCode.UNKNOWN_ORDER;
        }
        if (orders.attributes(terms.order) != 0) {
            return AdmitCode.ORDER_IN_USE;
        }
        return admitTerms(terms);
    }

    /**
     * Whether {@link #replace} may be called with these terms; changes nothing.
     *
     * @return an {@link AdmitCode}
     */
    public int admitReplace(final OrderTerms terms) {
        if (!orders.isResting(terms.order)
                || OrderCells.book(orders.attributes(terms.order)) != terms.book) {
            return AdmitCode.UNKNOWN_ORDER;
        }
        return admitTerms(terms);
    }

    private int admitTerms(final OrderTerms terms) {
        if (!isOpen(terms.book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if ((terms.side & ~1) != 0) {
            return AdmitCode.SIDE;
        }
        if ((terms.timeInForce & ~1) != 0) {
            return AdmitCode.TIME_IN_FORCE;
        }
        if (terms.lots < 1 || terms.lots > OrderTerms.MAX_LOTS) {
            return AdmitCode.LOTS;
        }
        if (terms.priceTicks < 1 || terms.priceTicks > books.maxPriceTicks(terms.book)) {
            return AdmitCode.PRICE;
        }
        if (nodes.free() < ladder.height(Ladder.bookSide(terms.book, terms.side))) {
            return AdmitCode.NO_PRICE_LEVEL;
        }
        return AdmitCode.OK;
    }

    /** Matches an admitted order; what is left rests or is cancelled as its time in force says. */
    public void enter(final OrderTerms terms) {
        final int bookSide = Ladder.bookSide(terms.book, terms.side);
        final int opposite = bookSide ^ 1;
        final int price = (int) terms.priceTicks;
        long leaves = terms.lots;
        if (ladder.bestKey(opposite) <= ladder.mirrored(opposite, price)) {
            leaves = sweep(terms, opposite, ladder.mirrored(opposite, price));
        }
        if (leaves > 0) {
            settle(terms, bookSide, price, leaves);
        }
    }

    /** Trades with every maker not worse than {@code limitKey}; returns the lots left over. */
    private long sweep(final OrderTerms terms, final int makers, final int limitKey) {
        long leaves = terms.lots;
        int fillsLeft = config.maxFillsPerOrder();
        while (leaves > 0 && fillsLeft > 0 && ladder.bestKey(makers) <= limitKey) {
            final int key = ladder.bestKey(makers);
            final int level = ladder.bestLevel(makers);
            final int price = ladder.mirrored(makers, key);
            int maker = nodes.first(level);
            while (maker != NIL && leaves > 0 && fillsLeft > 0) {
                final long makerLots = orders.lots(maker);
                final long traded = Math.min(leaves, makerLots);
                final int next = orders.next(maker);
                fillsLeft--;
                leaves -= traded;
                if (traded < makerLots) {
                    orders.lots(maker, makerLots - traded);
                    listener.onFill(
                            terms.book, maker, terms.order, price, traded, makerLots - traded, 0L);
                    break;
                }
                orders.attributes(maker, 0);
                listener.onFill(terms.book, maker, terms.order, price, traded, 0L, leaves);
                maker = next;
            }
            queue.truncate(makers, level, key, maker);
        }
        return leaves;
    }

    private void settle(
            final OrderTerms terms, final int bookSide, final int price, final long leaves) {
        final int opposite = bookSide ^ 1;
        if (ladder.bestKey(opposite) <= ladder.mirrored(opposite, price)) {
            // Only the bound on fills can leave a marketable remainder.
            listener.onCancelled(
                    terms.book, terms.order, leaves, 0L, CancelReason.SWEEP_BOUND, false);
        } else if (terms.timeInForce == OrderTerms.IMMEDIATE_OR_CANCEL) {
            listener.onCancelled(
                    terms.book, terms.order, leaves, 0L, CancelReason.IMMEDIATE, false);
        } else {
            queue.append(terms.order, bookSide, price, leaves);
            listener.onRested(terms.book, terms.order, terms.side, price, leaves);
        }
    }

    /**
     * Takes a resting order out.
     *
     * @param reason passed on, below {@link CancelReason#FIRST}
     * @return false when no such order rests
     */
    public boolean cancel(final int order, final int reason) {
        if (!orders.isResting(order)) {
            return false;
        }
        final int book = OrderCells.book(orders.attributes(order));
        final long lots = orders.lots(order);
        queue.remove(order);
        listener.onCancelled(book, order, lots, 0L, reason, true);
        return true;
    }

    /**
     * Cuts a resting order down to fewer open lots, in place; 0 or less cancels it.
     *
     * @return false when no such order rests, or it has no more than that open
     */
    public boolean reduce(final int order, final long newLots, final int reason) {
        if (!orders.isResting(order)) {
            return false;
        }
        final long lots = orders.lots(order);
        if (newLots >= lots) {
            return false;
        }
        if (newLots <= 0) {
            return cancel(order, reason);
        }
        orders.lots(order, newLots);
        final int book = OrderCells.book(orders.attributes(order));
        listener.onCancelled(book, order, lots - newLots, newLots, reason, true);
        return true;
    }

    /**
     * Gives a resting order new terms under its old name: it leaves its queue without an event,
     * then enters as if it were new. {@code terms.lots} are the lots that shall be open.
     */
    public void replace(final OrderTerms terms) {
        queue.remove(terms.order);
        enter(terms);
    }

    // Reading.

    public boolean isResting(final int order) {
        return orders.isResting(order);
    }

    public int book(final int order) {
        return OrderCells.book(orders.attributes(order));
    }

    public int side(final int order) {
        return OrderCells.side(orders.attributes(order));
    }

    public long priceTicks(final int order) {
        return orders.priceTicks(order);
    }

    /** Open lots of a resting order. */
    public long lots(final int order) {
        return orders.lots(order);
    }

    /** Best price of an open book's side, 0 when it is empty. */
    public long bestPriceTicks(final int book, final int side) {
        final int bookSide = Ladder.bookSide(book, side);
        return ladder.isEmpty(bookSide) ? 0L : ladder.mirrored(bookSide, ladder.bestKey(bookSide));
    }

    /** Orders of one side, best price first, first in time first. */
    public void visitOrders(final int book, final int side, final OrderVisitor visitor) {
        queue.visitOrders(Ladder.bookSide(book, side), visitor);
    }

    /** Price levels of one side, best first. */
    public void visitLevels(final int book, final int side, final LevelVisitor visitor) {
        queue.visitLevels(Ladder.bookSide(book, side), visitor);
    }

    // State.

    /**
     * Writes everything that the book's later behaviour depends on, queue order included.
     *
     * @see #restore
     */
    @Cold
    public void save(final int book, final ImageSink sink) {
        image.save(book, sink);
    }

    /**
     * Puts back one record that {@link #save} wrote, in the order in which it wrote them; no event.
     * The book's own record opens it.
     *
     * @throws IllegalArgumentException when the record is not ours or does not fit this matcher
     */
    @Cold
    public void restore(final DirectBuffer buffer, final int offset, final int length) {
        image.restore(buffer, offset, length);
    }

    /** A number that differs when any book's later behaviour may differ. Walks everything. */
    @Cold
    public long stateHash() {
        return image.hash(config.maxBooks());
    }
}
