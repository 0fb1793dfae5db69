package io.spindle.mgmt.model;

/**
 * An instrument's terms and present trading state.
 *
 * @param locate stock locate, from 1; 0 for a symbol that somebody asked for and nobody defined
 * @param tradingState ITCH trading action: H, P, Q or T
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
    private static final int USUAL_DECIMALS = 4;

    /** Stands in where a request named a symbol that does not exist. */
    public static Instrument unknown(final String symbol) {
        return new Instrument(0, symbol, 1, 1, 1, 1, 1, USUAL_DECIMALS, 0, "", 'H', 0, 0);
    }

    public String price(final long price) {
        return Decimals.text(price, priceDecimals);
    }

    public String quantity(final long lots) {
        return Decimals.text(lots, lotExponent);
    }
}
