package io.spindle.oms;

/**
 * Reads, early and all at once, a word of each record that a command will need: the processor
 * fetches them side by side, while the command would otherwise wait for one cache line after the
 * other. Changes nothing.
 */
final class Foresight {
    private final OrderTable orders;
    private final Slab records;
    private final InstrumentTable instruments;
    private final Slab sessions;
    private final Slab accounts;
    private final Slab cash;
    private final Slab holdings;
    private final HoldingTable holdingTable;

    /** What was read; nobody looks at it, but so it cannot be left out. */
    private long read;

    Foresight(final Tables tables) {
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.instruments = tables.instruments;
        this.sessions = tables.sessions.records();
        this.accounts = tables.accounts.records();
        this.cash = tables.cash.records();
        this.holdings = tables.holdings.records();
        this.holdingTable = tables.holdings;
    }

    /** A new order of this name is going to be looked at. */
    void number(final int session, final int userRefIdx, final int userRefNum) {
        read += orders.peek(session, userRefIdx, userRefNum);
    }

    /** The request's account and instrument are known now. */
    void request(final OrderRequest request) {
        if (request.account >= 0) {
            read +=
                    accounts.getLong(request.account, AccountTable.EFFECTIVE)
                            + accounts.getInt(request.account, AccountTable.OPEN_ORDERS)
                            + peekHolding(request);
        }
    }

    private long peekHolding(final OrderRequest request) {
        return request.instrument == InstrumentTable.NONE
                ? 0
                : holdingTable.peek(request.account, instruments.listedAs(request.instrument));
    }

    /** The order is going to be filled or cancelled. */
    void order(final int order) {
        read +=
                cash.getLong(records.getInt(order, OrderTable.CASH), CashTable.RESERVED)
                        + holdings.getLong(
                                records.getInt(order, OrderTable.HOLDING), HoldingTable.LOTS)
                        + sessions.getInt(orders.session(order), SessionTable.OPEN_ORDERS)
                        + accounts.getInt(orders.account(order), AccountTable.OPEN_ORDERS);
    }
}
