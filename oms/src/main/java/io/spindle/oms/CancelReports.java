package io.spindle.oms;

/** Says that an order has lost lots, and to whom it did not trade when it met its own owner. */
final class CancelReports {
    private final Emitter emitter;

    /** Scratch of the command in hand: the last trade with oneself that did not happen. */
    private int selfTradeMaker;

    private long selfTradePrice;
    private long selfTradeLots;

    CancelReports(final Emitter emitter) {
        this.emitter = emitter;
    }

    /** An order met one of its own owner; the cancels that follow are of this meeting. */
    void selfTrade(final int maker, final long price, final long lots) {
        selfTradeMaker = maker;
        selfTradePrice = price;
        selfTradeLots = lots;
    }

    /**
     * @param reason the character of the protocol
     */
    void report(final int order, final long lots, final int reason) {
        if (reason == CancelReason.SELF_MATCH) {
            final boolean maker = order == selfTradeMaker;
            emitter.selfTradePrevented(order, lots, selfTradeLots, selfTradePrice, maker);
        } else {
            emitter.canceled(order, lots, reason);
        }
    }
}
