package io.spindle.mgmt.model;

/** Lots of an instrument held by an account, signed. */
public record Holding(
        String account, String firm, Instrument instrument, long lots, long sequence, long timeNs)
        implements Fact {}
