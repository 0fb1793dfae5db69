package io.spindle.oms;

/** Prices times quantities and parts of amounts, exactly; amounts are 10^-4 of their currency. */
final class Money {
    /** The product does not fit. */
    static final long OVERFLOW = -1;

    /** Largest amount: two of them can always be added. */
    static final long MAX = Long.MAX_VALUE >> 1;

    static final int DECIMALS = 4;
    static final int BASIS_POINTS = 10_000;
    static final int MILLIONTHS = 1_000_000;

    private Money() {}

    /** Ten to the power. */
    static long power(final int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /**
     * {@code price × quantity × multiplier ÷ divisor}, rounded down.
     *
     * @param price not negative
     * @param quantity not negative
     * @param multiplier 1 … 10,000
     * @param divisor at least 1, and 1 unless the multiplier is 1
     * @return at most {@link #MAX}, or {@link #OVERFLOW}
     */
    static long value(
            final long price, final long quantity, final long multiplier, final long divisor) {
        if (multiplier == 1) {
            return product(price, quantity, divisor);
        }
        final long value = product(price, quantity, 1);
        return value < 0 ? OVERFLOW : product(value, multiplier, 1);
    }

    /** Rounded up: what must be set aside for a fill or for any number of part fills. */
    static long valueUp(
            final long price, final long quantity, final long multiplier, final long divisor) {
        final long value = value(price, quantity, multiplier, divisor);
        return value < 0 || divisor == 1 ? value : capped(value + 1);
    }

    /** {@code amount × part ÷ whole}, rounded towards zero; the amount may be negative. */
    static long part(final long amount, final long part, final long whole) {
        return amount < 0 ? -product(-amount, part, whole) : product(amount, part, whole);
    }

    /** {@code amount × part ÷ whole}, rounded up; the amount is not negative. */
    static long partUp(final long amount, final long part, final long whole) {
        final long down = product(amount, part, whole);
        return down >= 0 && amount * part == down * whole ? down : capped(down + 1);
    }

    private static long product(final long a, final long b, final long divisor) {
        final long high = Math.multiplyHigh(a, b);
        final long low = a * b;
        if (high == 0 && low >= 0) {
            return capped(divisor == 1 ? low : low / divisor);
        }
        return capped(divide(high, low, divisor));
    }

    private static long capped(final long value) {
        return value < 0 || value > MAX ? OVERFLOW : value;
    }

    /** Unsigned 128 by 63 bits, one bit at a time: only products beyond 2^63 come here. */
    private static long divide(final long high, final long low, final long divisor) {
        if (high >= divisor) {
            return OVERFLOW;
        }
        long remainder = high;
        long quotient = 0;
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            remainder = remainder << 1 | (low >>> bit & 1);
            quotient <<= 1;
            if (Long.compareUnsigned(remainder, divisor) >= 0) {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
