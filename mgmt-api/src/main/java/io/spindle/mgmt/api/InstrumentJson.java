package io.spindle.mgmt.api;

import io.javalin.openapi.OpenApiIgnore;
import io.spindle.mgmt.api.Problem.FieldError;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * An instrument as the API shows and takes it.
 *
 * @param locate stock locate in the market data; given by the engine
 * @param tradingState H halted, P paused, Q quotation only, T trading, C closing auction, K cancel
 *     only, X closed, in an event also D removed; given by the engine
 * @param sequence of the command that last changed it; given by the engine
 */
public record InstrumentJson(
        String symbol,
        String currency,
        Integer priceDecimals,
        Integer lotExponent,
        String tickSize,
        String lotSize,
        String minQuantity,
        String maxQuantity,
        String maxPrice,
        Integer locate,
        String tradingState,
        Long sequence) {
    private static final int USUAL_DECIMALS = 4;
    private static final int MAX_DECIMALS = 8;

    public static InstrumentJson of(final Instrument instrument) {
        return new InstrumentJson(
                instrument.symbol(),
                instrument.currency(),
                instrument.priceDecimals(),
                instrument.lotExponent(),
                instrument.price(instrument.tickSize()),
                instrument.quantity(instrument.lotSize()),
                instrument.quantity(instrument.minQuantity()),
                instrument.quantity(instrument.maxQuantity()),
                instrument.price(instrument.maxPrice()),
                instrument.locate(),
                Character.toString(instrument.tradingState()),
                instrument.sequence());
    }

    /** The terms that a caller asks for; every wrong field is named. */
    @OpenApiIgnore
    Instrument terms() {
        final List<FieldError> errors = new ArrayList<>();
        final int prices = scale("/priceDecimals", priceDecimals, USUAL_DECIMALS, errors);
        final int lots = scale("/lotExponent", lotExponent, 0, errors);
        name("/symbol", symbol, 8, errors);
        name("/currency", currency, 4, errors);
        final Instrument terms =
                new Instrument(
                        0,
                        symbol,
                        decimal("/tickSize", tickSize, prices, errors),
                        decimal("/lotSize", lotSize, lots, errors),
                        decimal("/minQuantity", minQuantity, lots, errors),
                        decimal("/maxQuantity", maxQuantity, lots, errors),
                        decimal("/maxPrice", maxPrice, prices, errors),
                        prices,
                        lots,
                        currency,
                        'H',
                        0,
                        0);
        if (!errors.isEmpty()) {
            throw ApiProblem.fields(errors);
        }
        return terms;
    }

    private static int scale(
            final String pointer,
            final Integer value,
            final int absent,
            final List<FieldError> errors) {
        final int scale = value == null ? absent : value;
        if (scale < 0 || scale > MAX_DECIMALS) {
            errors.add(new FieldError(pointer, "must be from 0 to " + MAX_DECIMALS));
            return absent;
        }
        return scale;
    }

    private static void name(
            final String pointer,
            final String text,
            final int maxLength,
            final List<FieldError> errors) {
        if (text == null || !text.matches("[!-~]{1," + maxLength + "}")) {
            errors.add(
                    new FieldError(
                            pointer, "must be 1 to " + maxLength + " visible ASCII characters"));
        }
    }

    private static long decimal(
            final String pointer,
            final String text,
            final int decimals,
            final List<FieldError> errors) {
        try {
            final long value = text == null ? 0 : Decimals.parse(text, decimals);
            if (value > 0) {
                return value;
            }
            errors.add(new FieldError(pointer, "must be a decimal string above zero"));
        } catch (final NumberFormatException wrong) {
            errors.add(new FieldError(pointer, wrong.getMessage()));
        }
        return 1;
    }
}
