package io.spindle.oms;

/** One side of a trade that stands. */
record NaiveSide(
        int account,
        int instrument,
        boolean buys,
        long lots,
        long price,
        int feePpm,
        int marginBps,
        long dueDay) {
    NaiveSide at(final long otherPrice) {
        return new NaiveSide(
                account, instrument, buys, lots, otherPrice, feePpm, marginBps, dueDay);
    }
}
