package io.spindle.mgmt.model;

/**
 * An account's holding of an instrument, in lots; cost and profits in 10^-4 of the currency.
 *
 * @param lots held, signed
 * @param overdrawn fewer than none are free, and the account may not sell short
 * @param position sum of the fills
 * @param mark price of the last trade, else the reference, else 0
 * @param unrealised what the position would make at the mark; null without one or if too large
 */
public record Holding(
        String account,
        String firm,
        Instrument instrument,
        long lots,
        long openBuy,
        long openSell,
        long free,
        boolean overdrawn,
        long position,
        long cost,
        long realised,
        long mark,
        Long unrealised,
        long sequence,
        long timeNs)
        implements Fact {}
