package io.spindle.oms;

/**
 * What open orders hold of their accounts: a buy the cash for what is left at its limit and the
 * worst fee, a sell the lots; a margin account the initial margin on either side. The amount is a
 * function of what is left, so part fills and price improvement give back by themselves.
 */
final class Reservations {
    /** The amount does not fit. */
    static final long OVERFLOW = Money.OVERFLOW;

    private final Slab records;
    private final Slab cash;
    private final Slab holdings;
    private final InstrumentTable instruments;

    /**
     * @param records the orders, or records that begin like theirs
     */
    Reservations(final Tables tables, final Slab records) {
        this.records = records;
        this.cash = tables.cash.records();
        this.holdings = tables.holdings.records();
        this.instruments = tables.instruments;
    }

    /** Value of so many lots at a price, rounded up, or {@link #OVERFLOW}. */
    long notional(final int instrument, final long price, final long lots) {
        return instruments.valueUp(instrument, price, lots);
    }

    /**
     * Cash that an order of this value holds, or {@link #OVERFLOW}.
     *
     * @param marginBps initial margin, 0 for an account that pays in full
     */
    long cashFor(
            final boolean buys, final long notional, final int marginBps, final int worstFeePpm) {
        long needed = 0;
        if (marginBps != 0) {
            needed = Money.partUp(notional, marginBps, Money.BASIS_POINTS);
        } else if (buys) {
            needed = notional;
        }
        if (worstFeePpm > 0 && (buys || marginBps != 0)) {
            final long fee = Money.partUp(notional, worstFeePpm, Money.MILLIONTHS);
            needed = fee < 0 || needed < 0 || needed + fee > Money.MAX ? OVERFLOW : needed + fee;
        }
        return needed;
    }

    /** Sets aside for a new order, whose record is complete, what the checks have worked out. */
    void open(final int order, final OrderRequest request) {
        if (request.shared) {
            return;
        }
        if (!request.sleepingSell) {
            lots(order, request.lots);
        }
        store(request.cash, CashTable.OPEN_NOTIONAL, order, OrderTable.NOTIONAL, request.notional);
        store(request.cash, CashTable.RESERVED, order, OrderTable.RESERVED, request.reserve);
    }

    /**
     * A market order that waited meets the collar of now; a buyer's money is what it was.
     *
     * @param limitTicks collar at its entry
     */
    long collarTicks(final int order, final long limitTicks) {
        final int instrument = records.getInt(order, OrderTable.INSTRUMENT);
        final boolean buys = records.getByte(order, OrderTable.SIDE) == 'B';
        final long ticks = instruments.collar(instrument, buys) / instruments.tickSize(instrument);
        return buys ? Math.min(ticks, limitTicks) : ticks;
    }

    /** The order has this much left now; the rest is given back. */
    void resize(final int order, final long before, final long leaves) {
        if (isCarried(order)) {
            return;
        }
        if (records.getByte(order, OrderTable.DORMANT) == 0) {
            lots(order, leaves - before);
        } else if (leaves == 0) {
            lots(order, -records.getLong(order, OrderTable.WAKE_LOTS));
        }
        amounts(order, leaves);
    }

    /**
     * A parent has bought: that much its sleeping child, as large as it is by now, will be able to
     * sell, and nobody else.
     */
    void accrue(final int child, final long bought) {
        final long before = records.getLong(child, OrderTable.WAKE_LOTS);
        final long room = Math.max(0, records.getLong(child, OrderTable.LEAVES) - before);
        final long more = Math.min(room, bought);
        records.putLong(child, OrderTable.WAKE_LOTS, before + more);
        lots(child, more);
    }

    /** A child is awake, with so many lots: an order like any other now. */
    void wake(final int order, final long lots) {
        final boolean slept = records.getByte(order, OrderTable.DORMANT) != 0;
        final long before =
                slept
                        ? records.getLong(order, OrderTable.WAKE_LOTS)
                        : records.getLong(order, OrderTable.LEAVES);
        records.putByte(order, OrderTable.DORMANT, 0);
        resize(order, before, lots);
    }

    private boolean isCarried(final int order) {
        return records.getByte(order, OrderTable.SHARED) != 0;
    }

    private void lots(final int order, final long change) {
        final int holding = records.getInt(order, OrderTable.HOLDING);
        final int field =
                records.getByte(order, OrderTable.SIDE) == 'B'
                        ? HoldingTable.OPEN_BUY
                        : HoldingTable.OPEN_SELL;
        holdings.putLong(holding, field, holdings.getLong(holding, field) + change);
    }

    private void amounts(final int order, final long leaves) {
        final int slot = records.getInt(order, OrderTable.CASH);
        final long notional =
                leaves == 0
                        ? 0
                        : notional(
                                records.getInt(order, OrderTable.INSTRUMENT),
                                records.getLong(order, OrderTable.RESERVE_PRICE),
                                leaves);
        final long needed =
                leaves == 0
                        ? 0
                        : cashFor(
                                records.getByte(order, OrderTable.SIDE) == 'B',
                                notional,
                                records.getShort(order, OrderTable.MARGIN_BPS),
                                Math.max(
                                        records.getInt(order, OrderTable.MAKER_PPM),
                                        records.getInt(order, OrderTable.TAKER_PPM)));
        store(slot, CashTable.OPEN_NOTIONAL, order, OrderTable.NOTIONAL, notional);
        store(slot, CashTable.RESERVED, order, OrderTable.RESERVED, needed);
    }

    private void store(
            final int slot, final int total, final int order, final int field, final long amount) {
        final long change = amount - records.getLong(order, field);
        records.putLong(order, field, amount);
        cash.putLong(slot, total, cash.getLong(slot, total) + change);
    }
}
