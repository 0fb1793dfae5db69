package io.spindle.mgmt.model;

import java.util.List;

/**
 * A trade is taken back; if it is corrected, the trade that stands for it follows.
 *
 * @param firms of its two sides
 * @param cause erroneous, by consent, supervisory or external: E, C, S or X
 */
public record TradeBroken(
        long matchNumber,
        Instrument instrument,
        List<String> firms,
        char cause,
        long sequence,
        long timeNs)
        implements Fact {}
