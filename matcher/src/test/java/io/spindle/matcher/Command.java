package io.spindle.matcher;

/** One step of a script that can be played to any matcher, cut down, and printed. */
record Command(Op op, int order, int book, int side, int timeInForce, long price, long lots) {
    static final int REASON = 'U';

    enum Op {
        ENTER,
        CANCEL,
        REDUCE,
        REPLACE
    }

    void fill(final OrderTerms terms) {
        terms.book = book;
        terms.order = order;
        terms.side = side;
        terms.timeInForce = timeInForce;
        terms.priceTicks = price;
        terms.lots = lots;
    }

    /** What came of it, apart from events. */
    boolean applyTo(final Matcher matcher, final OrderTerms terms) {
        fill(terms);
        switch (op) {
            case CANCEL -> {
                return matcher.cancel(order, REASON);
            }
            case REDUCE -> {
                return matcher.reduce(order, lots, REASON);
            }
            case REPLACE -> {
                final boolean admitted = matcher.admitReplace(terms) == AdmitCode.OK;
                if (admitted) {
                    matcher.replace(terms);
                }
                return admitted;
            }
            default -> {
                final boolean admitted = matcher.admit(terms) == AdmitCode.OK;
                if (admitted) {
                    matcher.enter(terms);
                }
                return admitted;
            }
        }
    }

    boolean applyTo(final ReferenceMatcher matcher, final OrderTerms terms) {
        fill(terms);
        switch (op) {
            case CANCEL -> {
                return matcher.cancel(order, REASON);
            }
            case REDUCE -> {
                return matcher.reduce(order, lots, REASON);
            }
            case REPLACE -> {
                final boolean admitted = matcher.admitReplace(terms);
                if (admitted) {
                    matcher.replace(terms);
                }
                return admitted;
            }
            default -> {
                final boolean admitted = matcher.admit(terms);
                if (admitted) {
                    matcher.enter(terms);
                }
                return admitted;
            }
        }
    }
}
