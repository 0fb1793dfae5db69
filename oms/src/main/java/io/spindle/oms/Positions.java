package io.spindle.oms;

/**
 * Signed position at average cost, step by step. A fill that closes takes its share of the cost,
 * rounded towards zero, out of it; what remains of the fill opens the other way.
 */
final class Positions {
    private final HoldingTable table;
    private final Slab holdings;
    private final Slab cash;
    private final InstrumentUses uses;

    Positions(final Tables tables) {
        this.table = tables.holdings;
        this.holdings = tables.holdings.records();
        this.cash = tables.cash.records();
        this.uses = tables.uses;
    }

    /**
     * @param lots bought positive, sold negative
     * @param value of the fill, not negative
     * @param marginBps part of the cost held as margin, 0 for none
     */
    void fill(
            final int holding,
            final int cashSlot,
            final long lots,
            final long value,
            final int marginBps) {
        final long position = holdings.getLong(holding, HoldingTable.POSITION);
        final long cost = holdings.getLong(holding, HoldingTable.COST);
        final long signedValue = lots > 0 ? value : -value;
        final long newCost;
        if ((position ^ lots) >= 0 || position == 0) {
            newCost = cost + signedValue;
        } else {
            newCost = close(holding, position, cost, lots, signedValue);
        }
        holdings.putLong(holding, HoldingTable.POSITION, position + lots);
        holdings.putLong(holding, HoldingTable.COST, newCost);
        add(cash, cashSlot, CashTable.POSITION_COST, newCost - cost);
        add(cash, cashSlot, CashTable.GROSS_COST, Math.abs(newCost) - Math.abs(cost));
        if (marginBps != 0 || cash.getLong(cashSlot, CashTable.MARGIN) != 0) {
            margin(holding, cashSlot, Math.abs(newCost), marginBps);
        }
    }

    /** Returns the cost of what is open afterwards. */
    private long close(
            final int holding,
            final long position,
            final long cost,
            final long lots,
            final long signedValue) {
        final long open = Math.abs(position);
        final long traded = Math.abs(lots);
        final long closed = Math.min(open, traded);
        final long costClosed = closed == open ? cost : Money.part(cost, closed, open);
        final long valueClosed =
                closed == traded ? signedValue : Money.part(signedValue, closed, traded);
        add(holdings, holding, HoldingTable.REALISED, -costClosed - valueClosed);
        return cost - costClosed + signedValue - valueClosed;
    }

    private void margin(
            final int holding, final int cashSlot, final long grossCost, final int marginBps) {
        final long before = holdings.getLong(holding, HoldingTable.MARGIN);
        final long after =
                marginBps == 0 ? 0 : Money.partUp(grossCost, marginBps, Money.BASIS_POINTS);
        if (after != before) {
            holdings.putLong(holding, HoldingTable.MARGIN, after);
            uses.amount(table.instrument(holding), before, after);
            add(cash, cashSlot, CashTable.MARGIN, after - before);
        }
    }

    private static void add(
            final Slab records, final int slot, final int field, final long amount) {
        records.putLong(slot, field, records.getLong(slot, field) + amount);
    }
}
