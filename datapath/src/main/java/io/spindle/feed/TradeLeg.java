package io.spindle.feed;

/**
 * One side of a trade, in words that a back office knows.
 *
 * @param sequence of the leg in its trading day, from 1
 * @param timeNs log time, ns since the Unix epoch
 * @param matchNumber the same on both legs
 * @param side B or S
 * @param quantity lots
 * @param price with {@code priceDecimals} decimals implied
 * @param liquidity A added, R removed
 */
record TradeLeg(
        long sequence,
        long timeNs,
        long matchNumber,
        String symbol,
        char side,
        long quantity,
        long price,
        int priceDecimals,
        String currency,
        String account,
        String firm,
        String session,
        long userRefNum,
        char liquidity) {}
