package io.spindle.mgmt.model;

import java.math.BigDecimal;

/**
 * Scaled whole numbers as people write them: 100000 with four decimals is {@code "10.0000"}. Always
 * as many decimals as the scale, never an exponent, never through a floating point number.
 */
public final class Decimals {
    private static final int MAX_TEXT = 40;

    private Decimals() {}

    public static String text(final long value, final int decimals) {
        return BigDecimal.valueOf(value, decimals).toPlainString();
    }

    /**
     * The scaled number.
     *
     * @throws NumberFormatException if the text is no plain decimal, has more decimals than the
     *     scale, or does not fit
     */
    public static long parse(final String text, final int decimals) {
        if (text.length() > MAX_TEXT || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw new NumberFormatException("not a plain decimal number");
        }
        try {
            return new BigDecimal(text).setScale(decimals).unscaledValue().longValueExact();
        } catch (final ArithmeticException unfit) {
            throw new NumberFormatException(
                    "more than " + decimals + " decimals, or too large for this scale");
        }
    }
}
