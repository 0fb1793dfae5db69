package io.spindle.mgmt.model;

/**
 * A match: one price, one quantity, two orders.
 *
 * @param value price × quantity, in 10^-4 of the currency, rounded down
 * @param corrects match number of the trade that it stands for, 0 for none
 */
public record Trade(
        long matchNumber,
        Instrument instrument,
        long price,
        long quantity,
        long value,
        long sequence,
        long timeNs,
        Leg maker,
        Leg taker,
        long corrects,
        Status status)
        implements Fact {
    /** Whether it still holds. */
    public enum Status {
        VALID,
        BUSTED,

        /** Taken back, and made again under another number. */
        CORRECTED
    }

    /**
     * One side of it.
     *
     * @param isMaker rested in the book; in an auction both sides did
     * @param fee in 10^-4 of the currency, negative for a rebate
     */
    public record Leg(
            OrderId order, String firm, String account, char side, boolean isMaker, long fee) {
        /** Before the code of a venue in the name of its account. */
        private static final String VENUE = "VENUE ";

        /** The side of another venue: no order of ours, no firm, no fee. */
        public static Leg ofVenue(final String account, final char side, final boolean isMaker) {
            final String code = account.substring(VENUE.length()).trim();
            return new Leg(new OrderId(code, 0, 0), "", account, side, isMaker, 0);
        }

        public boolean isVenue() {
            return firm.isEmpty();
        }
    }

    /** Where it was made: another venue's code, or ours. */
    public String exchange() {
        return maker.isVenue()
                ? maker.order.session()
                : taker.isVenue() ? taker.order.session() : Order.EXCHANGE;
    }

    public Trade with(final Status newStatus) {
        return new Trade(
                matchNumber,
                instrument,
                price,
                quantity,
                value,
                sequence,
                timeNs,
                maker,
                taker,
                corrects,
                newStatus);
    }
}
