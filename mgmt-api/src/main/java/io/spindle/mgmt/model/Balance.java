package io.spindle.mgmt.model;

/** Cash of an account in one currency, in 10^-4 of it. */
public record Balance(
        String account, String firm, String currency, long amount, long sequence, long timeNs)
        implements Fact {
    public static final int DECIMALS = 4;
}
