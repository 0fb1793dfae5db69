package io.spindle.mgmt.model;

/**
 * Cash of an account in one currency, in 10^-4 of it.
 *
 * @param amount everything traded included, settled or not
 * @param free what a new order may use
 */
public record Balance(
        String account,
        String firm,
        String currency,
        long amount,
        long reserved,
        long unsettledIn,
        long unsettledOut,
        long margin,
        long free,
        long sequence,
        long timeNs)
        implements Fact {
    public static final int DECIMALS = 4;
}
