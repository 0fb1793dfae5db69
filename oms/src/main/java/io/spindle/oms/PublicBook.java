package io.spindle.oms;

/** Keeps what the public sees of each order, and tells it when that changes. */
final class PublicBook {
    private final OrderTable orders;
    private final Slab records;
    private final MarketEmitter market;

    PublicBook(final Tables tables, final MarketEmitter market) {
        this.orders = tables.orders;
        this.records = tables.orders.records();
        this.market = market;
    }

    void filled(
            final int book,
            final int maker,
            final long lots,
            final long price,
            final long matchNumber) {
        final long shown = records.getLong(maker, OrderTable.SHOWN);
        if (shown > 0) {
            records.putLong(maker, OrderTable.SHOWN, shown - lots);
            market.bookExecuted(book, orders.orderReference(maker), lots, price, matchNumber);
        } else {
            final int side = orders.side(maker) == 'B' ? 'B' : 'S';
            market.hiddenTrade(book, side, lots, price, matchNumber);
        }
    }

    void crossed(
            final int book,
            final int order,
            final long lots,
            final long price,
            final long matchNumber) {
        final long shown = records.getLong(order, OrderTable.SHOWN);
        if (shown > 0) {
            final long displayed = Math.min(shown, lots);
            records.putLong(order, OrderTable.SHOWN, shown - displayed);
            market.crossed(book, orders.orderReference(order), displayed, price, matchNumber);
        }
    }

    void cancelled(final int book, final int order, final long leavesLots) {
        final long shown = records.getLong(order, OrderTable.SHOWN);
        if (shown == 0) {
            return;
        }
        if (leavesLots == 0) {
            records.putLong(order, OrderTable.SHOWN, 0);
            market.deleted(book, orders.orderReference(order));
        } else {
            final long left = Math.min(shown, leavesLots);
            records.putLong(order, OrderTable.SHOWN, left);
            if (left < shown) {
                market.reduced(book, orders.orderReference(order), shown - left);
            }
        }
    }
}
