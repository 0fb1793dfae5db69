package io.spindle.oms;

import io.spindle.matcher.OrderTerms;

/**
 * Field checks of an order: what can be said without looking at money or the book. Every method
 * answers with a {@link RejectCode} number and changes nothing.
 */
final class OrderRules {
    /** Wire price of a market order. */
    static final long MARKET_PRICE = Long.MAX_VALUE;

    /** OUCH's own, the market price where prices stay below 200,000.0000. */
    static final long MARKET_PRICE_32 = 0x7FFF_FFFFL;

    static final int DAY = '0';
    static final int GOOD_TILL_CANCEL = '1';
    static final int IMMEDIATE_OR_CANCEL = '3';

    private static final long OUCH_MAX_PRICE = 200_000_0000L;

    private final InstrumentTable instruments;

    OrderRules(final InstrumentTable instruments) {
        this.instruments = instruments;
    }

    int checkSide(final int side) {
        return side == 'B' || side == 'S' || side == 'T' || side == 'E'
                ? RejectCode.NONE.code
                : RejectCode.SIDE.code;
    }

    int checkQuantity(final int instrument, final long quantity) {
        if (quantity < instruments.minQuantity(instrument)
                || quantity % instruments.lotSize(instrument) != 0) {
            return RejectCode.QUANTITY.code;
        }
        return quantity > instruments.maxQuantity(instrument)
                ? RejectCode.MAX_QUANTITY.code
                : RejectCode.NONE.code;
    }

    int checkPrice(final int instrument, final long price) {
        if (isMarket(instrument, price)) {
            return RejectCode.NONE.code;
        }
        return price < 1
                        || price > instruments.maxPrice(instrument)
                        || price % instruments.tickSize(instrument) != 0
                ? RejectCode.PRICE.code
                : RejectCode.NONE.code;
    }

    boolean isMarket(final int instrument, final long price) {
        return price == MARKET_PRICE
                || price == MARKET_PRICE_32 && instruments.maxPrice(instrument) < OUCH_MAX_PRICE;
    }

    int checkTimeInForce(final int timeInForce) {
        return timeInForce == DAY
                        || timeInForce == GOOD_TILL_CANCEL
                        || timeInForce == IMMEDIATE_OR_CANCEL
                ? RejectCode.NONE.code
                : RejectCode.TIME_IN_FORCE.code;
    }

    int checkDisplay(final int display) {
        return display == 'Y' || display == 'A' || display == 'N'
                ? RejectCode.NONE.code
                : RejectCode.DISPLAY.code;
    }

    int checkCapacity(final int capacity) {
        return capacity == 'A' || capacity == 'P' || capacity == 'R' || capacity == 'O'
                ? RejectCode.NONE.code
                : RejectCode.CAPACITY.code;
    }

    int checkSweep(final int sweep) {
        return sweep == 'Y' || sweep == 'N' ? RejectCode.NONE.code : RejectCode.ISO.code;
    }

    int checkCrossType(final int crossType) {
        return crossType == 'N' ? RejectCode.NONE.code : RejectCode.CROSS_ORDER.code;
    }

    int checkTradingState(final int instrument) {
        return instruments.tradingState(instrument) == 'T'
                ? RejectCode.NONE.code
                : RejectCode.HALTED.code;
    }

    int matcherTimeInForce(final int timeInForce) {
        return timeInForce == IMMEDIATE_OR_CANCEL
                ? OrderTerms.IMMEDIATE_OR_CANCEL
                : OrderTerms.REST;
    }

    /** The limit for the matcher: a market order is bounded by what the instrument can cost. */
    long ticks(final int instrument, final long price, final int side) {
        final long tickSize = instruments.tickSize(instrument);
        if (!isMarket(instrument, price)) {
            return price / tickSize;
        }
        return side == OrderTerms.BUY ? instruments.maxPrice(instrument) / tickSize : 1;
    }
}
