package io.spindle.oms;

import io.spindle.matcher.Cold;

/** What kind of order it is, told from its price and options. */
public enum OrderType {
    MARKET,
    LIMIT,
    STOP,
    STOP_LIMIT,
    TRAILING_STOP,
    ICEBERG,
    PEGGED;

    /** The kind of a live order. */
    @Cold
    public static OrderType of(final OrderTable orders, final int order) {
        final boolean market = orders.isMarket(order);
        final OrderOptions options = orders.options();
        if (options.trail(order) != 0) {
            return TRAILING_STOP;
        }
        if (options.stopPrice(order) != 0) {
            return market ? STOP : STOP_LIMIT;
        }
        if (options.priceType(order) != 0 && options.priceType(order) != 'L') {
            return PEGGED;
        }
        if (options.maxFloor(order) != 0) {
            return ICEBERG;
        }
        return market ? MARKET : LIMIT;
    }
}
