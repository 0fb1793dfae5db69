package io.spindle.oms;

/**
 * Brackets and pairs. An order is linked by naming, as its link id, the number of an order that its
 * session has entered under the same index: first the take-profit (link id 0), then the stop-loss
 * that names it, then the parent that names the take-profit; or one order, then its pair.
 *
 * <p>Children sleep until their parent is done. What a sleeping sell will sell is reserved while
 * its parent buys it, once for both of a pair, so that nobody else can sell it first. An account
 * that may not sell what is not settled has to have the lots when the child is entered.
 */
final class OrderLinks {
    static final int PARENT = 'P';
    static final int TAKE_PROFIT = 'T';
    static final int STOP_LOSS = 'S';
    static final int ONE_CANCELS_OTHER = 'O';

    private final OrderTable orders;
    private final Slab records;
    private final OrderLegs legs;
    private final InstrumentTable instruments;
    private final AccountTable accounts;

    OrderLinks(final Tables tables) {
        this.legs = new OrderLegs(tables.orders);
        this.instruments = tables.instruments;
        this.accounts = tables.accounts;
        this.orders = tables.orders;
        this.records = tables.orders.records();
    }

    /** Finds the order that the request names; a {@link RejectCode} number. */
    int resolve(final OrderRequest request) {
        final int role = request.linkRole;
        if (role != PARENT
                && role != TAKE_PROFIT
                && role != STOP_LOSS
                && role != ONE_CANCELS_OTHER) {
            return RejectCode.LINK.code;
        }
        if (request.linkId != 0) {
            request.link = orders.find(request.session, request.userRefIdx, request.linkId);
        }
        final boolean needed = role == PARENT || request.linkId != 0;
        if (needed && !fits(request)) {
            return RejectCode.LINK.code;
        }
        final boolean child = role == TAKE_PROFIT || role == STOP_LOSS;
        request.sleepingSell = child && !request.buys && isSoldAtOnce(request);
        request.shared = child && !request.buys && request.link != OrderTable.NONE;
        return RejectCode.NONE.code;
    }

    /** Whether what the parent buys is the account's to sell when the child wakes. */
    private boolean isSoldAtOnce(final OrderRequest request) {
        final int any = AccountTable.FLAG_TRADE_UNSETTLED | AccountTable.FLAG_SHORT_SELLING;
        return instruments.settlementDays(instruments.listedAs(request.instrument)) == 0
                || (accounts.flags(request.account) & any) != 0;
    }

    /**
     * Children are as large as their parent, and what other venues have is out of reach of what
     * happens here.
     */
    private boolean fits(final OrderRequest request) {
        final int link = request.link;
        return link != OrderTable.NONE
                && !legs.isRouted(link)
                && OrderState.of(orders.state(link)).isOpen()
                && orders.instrument(link) == request.instrument
                && orders.account(link) == request.account
                && orders.leaves(link) == request.lots
                && (request.linkRole != PARENT
                        || (orders.side(link) == 'B') != request.buys && !isCarried(link));
    }

    /** The other of its pair holds for both, so that is the one to be named. */
    private boolean isCarried(final int order) {
        return records.getByte(order, OrderTable.SHARED) != 0;
    }

    /**
     * The order goes to the book, which ties a parent to its child: from now on so are they here.
     */
    static void tie(final Slab records, final int order, final OrderRequest request) {
        if (request.linkRole == PARENT && request.link != OrderTable.NONE) {
            records.putInt(order, OrderTable.CHILD, request.link + 1);
            records.putInt(request.link, OrderTable.CHILD, order + 1);
        }
    }

    /** The child that this order's fills will wake, or {@link OrderTable#NONE}. */
    int sleepingChild(final int parent) {
        if (records.getByte(parent, OrderTable.HAS_OPTIONS) == 0) {
            return OrderTable.NONE;
        }
        final int child = records.getInt(parent, OrderTable.CHILD) - 1;
        return child >= 0 && isAsleepFor(child, parent) ? child : OrderTable.NONE;
    }

    /** The child's place may have passed to another order since. */
    private boolean isAsleepFor(final int child, final int parent) {
        return orders.isLive(child)
                && records.getByte(child, OrderTable.DORMANT) != 0
                && records.getInt(child, OrderTable.CHILD) == parent + 1;
    }
}
