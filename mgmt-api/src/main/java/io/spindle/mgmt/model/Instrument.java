package io.spindle.mgmt.model;

import io.spindle.oms.InstrumentTable;

/**
 * An instrument's terms and present trading state.
 *
 * @param locate stock locate, from 1; 0 for a symbol that somebody asked for and nobody defined
 * @param tradingState a letter of {@link TradingState}, or {@link #REMOVED}
 */
public record Instrument(
        int locate,
        String symbol,
        long tickSize,
        long lotSize,
        long minQuantity,
        long maxQuantity,
        long maxPrice,
        int priceDecimals,
        int lotExponent,
        String currency,
        char tradingState,
        long sequence,
        long timeNs)
        implements Fact {
    /** State of one that was taken away. */
    public static final char REMOVED = (char) InstrumentTable.REMOVED;

    private static final int USUAL_DECIMALS = 4;

    /** Stands in where a request named a symbol that does not exist. */
    public static Instrument unknown(final String symbol) {
        return new Instrument(0, symbol, 1, 1, 1, 1, 1, USUAL_DECIMALS, 0, "", 'H', 0, 0);
    }

    /** Whether it was taken away and not defined again since. */
    public boolean isRemoved() {
        return tradingState == REMOVED;
    }

    public String price(final long price) {
        return Decimals.text(price, priceDecimals);
    }

    public String quantity(final long lots) {
        return Decimals.text(lots, lotExponent);
    }
}
