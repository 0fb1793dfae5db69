package io.spindle.mgmt.model;

/** An account of a firm. */
public record Account(
        String code,
        String firm,
        boolean shortSelling,
        boolean margin,
        boolean tradeUnsettled,
        long sequence,
        long timeNs)
        implements Fact {}
