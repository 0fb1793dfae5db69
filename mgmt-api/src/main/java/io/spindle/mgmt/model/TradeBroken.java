package io.spindle.mgmt.model;

import java.util.List;

/**
 * A trade is taken back; if it is corrected, the trade that stands for it follows.
 *
 * @param legs its sides, without that of another venue
 * @param cause erroneous, by consent, supervisory or external: E, C, S or X
 */
public record TradeBroken(
        long matchNumber,
        Instrument instrument,
        List<Trade.Leg> legs,
        char cause,
        long sequence,
        long timeNs)
        implements Fact {}
