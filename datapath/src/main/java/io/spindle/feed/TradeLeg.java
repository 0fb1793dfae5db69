package io.spindle.feed;

/**
 * One side of a trade, or its taking back, in words that a back office knows.
 *
 * @param sequence of the leg in its trading day, from 1
 * @param timeNs log time, ns since the Unix epoch
 * @param matchNumber the same on both legs
 * @param side B or S
 * @param quantity lots, negative when they are taken back
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
        char liquidity,
        Kind kind) {
    /** Why the leg is told. */
    enum Kind {
        TRADE("trade"),

        /** An earlier leg of this match number holds no more, for good or for a correction. */
        BUST("bust"),

        /** The terms that stand in place of those just taken back; another match number. */
        CORRECTION("correction");

        final String word;

        Kind(final String word) {
            this.word = word;
        }
    }
}
