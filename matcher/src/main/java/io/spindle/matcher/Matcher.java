package io.spindle.matcher;

import org.agrona.DirectBuffer;

/**
 * Price-time matching for all books of an appliance.
 *
 * <p>Every order is named by the caller: a dense number, free until {@link #enter} or {@link
 * #restore}, and again after the order was filled or cancelled whole. Commands check nothing that
 * {@link #admit} has checked; call it first. Rules in words: docs/matching-rules.md.
 *
 * <p><em>Called from</em> one thread. Commands are not called from inside {@link MatchListener}.
 */
public final class Matcher {
    private final Store store;
    private final Books books;
    private final OrderCells orders;
    private final Admission admission;
    private final Resting resting;
    private final PlainOrders plain;
    private final Entry entry;
    private final Reactions reactions;
    private final Auction auction;
    private final BookImage image;

    public Matcher(final MatcherConfig config, final MatchListener listener) {
        this.store = new Store(config, listener);
        this.books = store.books;
        this.orders = store.orders;
        final Links links = new Links(store);
        this.admission = new Admission(store);
        this.resting = new Resting(store, links);
        final Sweep sweep = new Sweep(store, resting);
        this.plain = new PlainOrders(store, sweep);
        this.entry = new Entry(store, resting, links, plain, sweep);
        this.reactions = new Reactions(store, resting, entry);
        this.auction = new Auction(store, resting);
        this.image = new BookImage(store);
    }

    /** Memory outside the heap, all reserved at construction. */
    @Cold
    public long memoryBytes() {
        return store.bytes();
    }

    /** Gives all of it its pages now, so that no order meets a page fault. */
    @Cold
    public void makeResident() {
        store.makeResident();
    }

    /**
     * Opens an empty book for prices 1 … {@code maxPriceTicks}, in continuous trading and without
     * rules, at run time as at the start.
     *
     * @return an {@link AdmitCode}
     */
    public int openBook(final int book, final long maxPriceTicks) {
        if (book < 0 || book >= store.config.maxBooks()) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (books.isOpen(book)) {
            return AdmitCode.BOOK_OPEN;
        }
        if (maxPriceTicks < 1 || maxPriceTicks > Ladders.MAX_PRICE_TICKS) {
            return AdmitCode.PRICE;
        }
        books.open(book, (int) maxPriceTicks);
        store.ladders.open(book, (int) maxPriceTicks);
        return AdmitCode.OK;
    }

    /** Closes a book without orders, to be opened again or not; returns an {@link AdmitCode}. */
    public int closeBook(final int book) {
        if (!isOpen(book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (!store.isEmpty(book)) {
            return AdmitCode.BOOK_NOT_EMPTY;
        }
        books.close(book);
        return AdmitCode.OK;
    }

    public boolean isOpen(final int book) {
        return books.isOpen(book);
    }

    /** Gives an open book rules, orders that rest stay; returns an {@link AdmitCode}. */
    public int rules(final int book, final BookRules rules) {
        if (!isOpen(book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (!rules.isSound(books.maxPriceTicks(book))) {
            return AdmitCode.RULES;
        }
        books.rules(book, rules);
        return AdmitCode.OK;
    }

    /** What stands in for an open book's last trade before there is one; 0 for nothing. */
    public void reference(final int book, final long priceTicks) {
        books.reference(book, (int) priceTicks);
    }

    /** Where an open book's random peaks begin. */
    public void seed(final int book, final long seed) {
        books.seed(book, seed);
    }

    /** An open book's {@link TradingState}. */
    public int state(final int book) {
        return books.state(book);
    }

    /**
     * Changes the trading state without trading. While bids and asks overlap or orders wait for an
     * auction, continuous trading cannot begin, nor a closing call end in a closed book: both take
     * an {@link #uncross}.
     *
     * @return an {@link AdmitCode}
     */
    public int state(final int book, final int state) {
        if (!isOpen(book)) {
            return AdmitCode.UNKNOWN_BOOK;
        }
        if (!TradingState.canBeSet(state) || books.state(book) == TradingState.UNCROSSING) {
            return AdmitCode.STATE;
        }
        if (TradingState.endsCall(books.state(book), state)
                && (store.isCrossed(book)
                        || store.lists.first(book, OrderLists.AUCTION_ONLY) != OrderCells.NIL)) {
            return AdmitCode.CROSSED;
        }
        changeState(book, state);
        return AdmitCode.OK;
    }

    private void changeState(final int book, final int state) {
        books.state(book, state);
        store.listener.onTradingState(book, state);
        work(book);
    }

    /** What an uncross would do now. Walks the overlap of bids and asks. */
    public void indicative(final int book, final AuctionOutcome outcome) {
        auction.indicative(book, outcome);
    }

    /**
     * Trades the overlap of an open book at its equilibrium price, cancels what was meant for the
     * auction alone, and changes the state; at most {@code slice} trades and cancels in one call.
     *
     * @param stateAfter a {@link TradingState}; read by the first call only
     * @return true when done, false to be called again
     */
    public boolean uncross(final int book, final int stateAfter, final int slice) {
        if (books.state(book) != TradingState.UNCROSSING) {
            auction.begin(book, stateAfter);
        }
        if (!auction.proceed(book, slice)) {
            return false;
        }
        changeState(book, books.stateAfterAuction(book));
        return true;
    }

    /** Whether the last command left work for {@link #work}. */
    public boolean hasWork(final int book) {
        return books.hasWork(book);
    }

    /** The next slice of stops, pegs and released orders. */
    public void work(final int book) {
        books.hasWork(book, reactions.settle(book));
    }

    /**
     * Whether {@link #enter} may be called with these terms; changes nothing.
     *
     * @return an {@link AdmitCode}
     */
    public int admit(final OrderTerms terms) {
        if (terms.order < 0 || terms.order >= orders.capacity()) {
            return AdmitCode.UNKNOWN_ORDER;
        }
        final boolean free = orders.attributes(terms.order) == 0;
        return free ? admission.check(terms, false) : AdmitCode.ORDER_IN_USE;
    }

    /**
     * Whether {@link #replace} may be called with these terms, which name an order's own book and
     * side, and for a linked order no more lots than it has open; changes nothing.
     *
     * @return an {@link AdmitCode}
     */
    public int admitReplace(final OrderTerms terms) {
        if (!orders.isLive(terms.order) || book(terms.order) != terms.book) {
            return AdmitCode.UNKNOWN_ORDER;
        }
        return side(terms.order) == terms.side ? admission.check(terms, true) : AdmitCode.SIDE;
    }

    /** Matches an admitted order; what is left rests, is held or is cancelled as its terms say. */
    public void enter(final OrderTerms terms) {
        pass(terms);
        react(terms.book);
    }

    /**
     * Takes in one book as {@link #enter} does, but lets the book do nothing by itself: an order
     * that takes in several calls {@link #work} for each of them after the last.
     */
    public void pass(final OrderTerms terms) {
        entry.enter(terms);
    }

    /** What the book does by itself, if anything in it waits for the market to move. */
    private void react(final int book) {
        if ((books.flags(book) & Books.WATCHED) != 0) {
            work(book);
        }
    }

    /**
     * Takes a live order out.
     *
     * @param reason passed on, below {@link CancelReason#FIRST}
     * @return false when no such order is live
     */
    public boolean cancel(final int order, final int reason) {
        if (!orders.isLive(order)) {
            return false;
        }
        final int attributes = orders.attributes(order);
        final int book = OrderCells.book(attributes);
        if ((attributes & OrderCells.EXTENDED) == 0) {
            plain.cancel(order, attributes, reason);
        } else {
            resting.cancel(order, reason);
        }
        react(book);
        return true;
    }

    /**
     * Cuts a live order to fewer open lots, in place, its reserve first; 0 or less cancels it.
     *
     * @return false when no such order is live, or it has no more than that open
     */
    public boolean reduce(final int order, final long newLots, final int reason) {
        if (!orders.isLive(order) || newLots >= store.openLots(order)) {
            return false;
        }
        if (newLots <= 0) {
            return cancel(order, reason);
        }
        resting.reduce(order, newLots, reason);
        return true;
    }

    /**
     * Gives a live order new terms under its old name: it leaves its queue without an event, then
     * enters as if it were new. {@code terms.lots} are the lots that shall be open. Links stay.
     */
    public void replace(final OrderTerms terms) {
        entry.replace(terms);
        react(terms.book);
    }

    /** Whether the name is in use, be it resting or held. */
    public boolean isResting(final int order) {
        return orders.isLive(order);
    }

    /** Whether the name is that of a child whose parent is not done. */
    public boolean isAsleep(final int order) {
        return (orders.attributes(order) & OrderCells.EXTENDED) != 0
                && store.traits.list(order) == OrderLists.DORMANT;
    }

    public int book(final int order) {
        return OrderCells.book(orders.attributes(order));
    }

    public int side(final int order) {
        return OrderCells.side(orders.attributes(order));
    }

    /** Open lots of a live order, displayed or not. */
    public long lots(final int order) {
        return store.openLots(order);
    }

    /** Best displayed price of an open book's side, 0 when it is empty. */
    public long bestPriceTicks(final int book, final int side) {
        return store.bestPrice(book, side);
    }

    /** Price at which an open book's side trades next, seen or not; 0 when it is empty. */
    public long nextPriceTicks(final int book, final int side) {
        return store.nextPrice(book, side);
    }

    /** Displayed orders and lots of one side, best price first, first in time first. */
    public void visitOrders(final int book, final int side, final OrderVisitor visitor) {
        store.queue.visitOrders(Ladders.of(book, side), visitor);
    }

    /** The same for orders that rest unseen: hidden and pegged ones. */
    public void visitHiddenOrders(final int book, final int side, final OrderVisitor visitor) {
        store.queue.visitOrders(Ladders.of(book, side) + Ladders.HIDDEN, visitor);
    }

    /** Displayed price levels of one side, best first. */
    public void visitLevels(final int book, final int side, final LevelVisitor visitor) {
        store.queue.visitLevels(Ladders.of(book, side), visitor);
    }

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
        return image.hash(store.config.maxBooks());
    }
}
