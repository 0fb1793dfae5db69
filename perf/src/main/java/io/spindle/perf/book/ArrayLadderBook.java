package io.spindle.perf.book;

import java.util.Arrays;

/**
 * As fast as a book gets that can do nothing else: every price is an index into an array, three
 * bitmaps find the next price, an order is eight ints. The floor that others are measured against;
 * not taken, because its memory is prices times instruments.
 */
final class ArrayLadderBook implements BookUnderTest {
    private static final int CELL_SHIFT = 3;
    private static final int PRICE = 0;
    private static final int LOTS = 1;
    private static final int PREVIOUS = 2;
    private static final int NEXT = 3;
    private static final int SIDE = 4;
    private static final int USER = 5;
    private static final int ID = 6;
    private static final int BUY = 0;

    private final int maxPrice;
    private final int[] cells;
    private final int[] levels;
    private final int[] cellOf;
    private final PriceBits bids;
    private final PriceBits asks;
    private int freeCell;
    private int unusedCell = 1;
    private int bestBid = -1;
    private int bestAsk;
    private int resting;
    private long trades;
    private long tradedQty;
    private long notional;

    ArrayLadderBook(final OrderStream stream, final int maxOrders) {
        maxPrice = Math.toIntExact(stream.maxPriceTicks() + 1);
        cells = new int[maxOrders + 1 << CELL_SHIFT];
        levels = new int[2 * maxPrice + 2];
        cellOf = new int[stream.maxOrderId() + 1];
        bids = new PriceBits(maxPrice);
        asks = new PriceBits(maxPrice);
        bestAsk = maxPrice;
    }

    @Override
    public void apply(
            final int op,
            final int side,
            final int timeInForce,
            final int user,
            final int id,
            final long priceTicks,
            final long lots) {
        final int price = (int) priceTicks;
        if (op == OrderStream.NEW) {
            final int left = match(side, price, (int) lots);
            if (left > 0 && timeInForce == OrderStream.REST) {
                int cell = freeCell;
                if (cell != 0) {
                    freeCell = get(cell, NEXT);
                } else {
                    cell = unusedCell++;
                }
                put(cell, SIDE, side);
                put(cell, USER, user);
                put(cell, ID, id);
                cellOf[id] = cell;
                rest(cell, side, price, left);
            }
            return;
        }
        final int cell = cellOf[id];
        if (cell == 0) {
            return;
        }
        final int ownSide = get(cell, SIDE);
        unlink(cell, ownSide);
        final int left = op == OrderStream.REPLACE ? match(ownSide, price, (int) lots) : 0;
        if (left > 0) {
            rest(cell, ownSide, price, left);
        } else {
            free(cell);
        }
    }

    private int match(final int side, final int limit, final int lots) {
        int left = lots;
        if (side == BUY) {
            while (left > 0 && bestAsk <= limit && bestAsk < maxPrice) {
                left = trade(bestAsk, left);
                if (first(bestAsk) == 0) {
                    asks.clear(bestAsk);
                    bestAsk = asks.next(bestAsk);
                }
            }
        } else {
            while (left > 0 && bestBid >= limit && bestBid >= 0) {
                left = trade(bestBid, left);
                if (first(bestBid) == 0) {
                    bids.clear(bestBid);
                    bestBid = bids.previous(bestBid);
                }
            }
        }
        return left;
    }

    private int trade(final int price, final int lots) {
        int left = lots;
        int cell = first(price);
        while (cell != 0 && left > 0) {
            final int open = get(cell, LOTS);
            final int traded = Math.min(left, open);
            trades++;
            tradedQty += traded;
            notional += (long) traded * price;
            left -= traded;
            if (traded < open) {
                put(cell, LOTS, open - traded);
                break;
            }
            final int next = get(cell, NEXT);
            free(cell);
            resting--;
            cell = next;
        }
        levels[price << 1] = cell;
        if (cell == 0) {
            levels[(price << 1) + 1] = 0;
        } else {
            put(cell, PREVIOUS, 0);
        }
        return left;
    }

    private void rest(final int cell, final int side, final int price, final int lots) {
        put(cell, PRICE, price);
        put(cell, LOTS, lots);
        final int last = levels[(price << 1) + 1];
        put(cell, PREVIOUS, last);
        put(cell, NEXT, 0);
        if (last != 0) {
            put(last, NEXT, cell);
        } else {
            levels[price << 1] = cell;
            if (side == BUY) {
                bids.set(price);
                bestBid = Math.max(bestBid, price);
            } else {
                asks.set(price);
                bestAsk = Math.min(bestAsk, price);
            }
        }
        levels[(price << 1) + 1] = cell;
        resting++;
    }

    private void unlink(final int cell, final int side) {
        final int price = get(cell, PRICE);
        final int previous = get(cell, PREVIOUS);
        final int next = get(cell, NEXT);
        if (previous == 0) {
            levels[price << 1] = next;
        } else {
            put(previous, NEXT, next);
        }
        if (next == 0) {
            levels[(price << 1) + 1] = previous;
        } else {
            put(next, PREVIOUS, previous);
        }
        if (previous == 0 && next == 0) {
            vacate(side, price);
        }
        resting--;
    }

    private void vacate(final int side, final int price) {
        if (side == BUY) {
            bids.clear(price);
            if (price == bestBid) {
                bestBid = bids.previous(price);
            }
        } else {
            asks.clear(price);
            if (price == bestAsk) {
                bestAsk = asks.next(price);
            }
        }
    }

    private void free(final int cell) {
        cellOf[get(cell, ID)] = 0;
        put(cell, NEXT, freeCell);
        freeCell = cell;
    }

    private int first(final int price) {
        return levels[price << 1];
    }

    private int get(final int cell, final int field) {
        return cells[(cell << CELL_SHIFT) + field];
    }

    private void put(final int cell, final int field, final int value) {
        cells[(cell << CELL_SHIFT) + field] = value;
    }

    @Override
    public BookTotals totals() {
        final long restingQty =
                Arrays.stream(cellOf).filter(cell -> cell != 0).mapToLong(c -> get(c, LOTS)).sum();
        return new BookTotals(trades, tradedQty, notional, resting, restingQty);
    }
}
