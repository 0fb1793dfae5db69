package io.spindle.matcher;

/** One step of a script that can be played to any matcher, cut down, and printed. */
final class Command {
    static final int REASON = 'U';

    enum Op {
        ENTER,
        CANCEL,
        REDUCE,
        REPLACE,
        STATE,
        UNCROSS,
        RULES
    }

    final Op op;
    final OrderTerms terms;
    final int state;
    final int slice;
    final BookRules rules;

    Command(
            final Op op,
            final OrderTerms terms,
            final int state,
            final int slice,
            final BookRules rules) {
        this.op = op;
        this.terms = terms;
        this.state = state;
        this.slice = slice;
        this.rules = rules;
    }

    /** Returns whether the matcher took the command. */
    boolean applyTo(final Matcher matcher) {
        switch (op) {
            case ENTER -> {
                final boolean admitted = matcher.admit(terms) == AdmitCode.OK;
                if (admitted) {
                    matcher.enter(terms);
                }
                return admitted;
            }
            case REPLACE -> {
                final boolean admitted = matcher.admitReplace(terms) == AdmitCode.OK;
                if (admitted) {
                    matcher.replace(terms);
                }
                return admitted;
            }
            case CANCEL -> {
                return matcher.cancel(terms.order, REASON);
            }
            case REDUCE -> {
                return matcher.reduce(terms.order, terms.lots, REASON);
            }
            case STATE -> {
                return matcher.state(terms.book, state) == AdmitCode.OK;
            }
            case RULES -> {
                return matcher.rules(terms.book, rules) == AdmitCode.OK;
            }
            default -> {
                matcher.uncross(terms.book, state, slice);
                return true;
            }
        }
    }

    /** Does the same to the reference, which checks nothing but what it must know by itself. */
    boolean applyTo(final ReferenceMatcher matcher) {
        switch (op) {
            case ENTER -> matcher.enter(terms);
            case REPLACE -> matcher.replace(terms);
            case CANCEL -> {
                return matcher.cancel(terms.order, REASON);
            }
            case REDUCE -> {
                return matcher.reduce(terms.order, terms.lots, REASON);
            }
            case STATE -> matcher.state(terms.book, state);
            case RULES -> matcher.rules(terms.book, rules);
            default -> matcher.uncross(terms.book, state, slice);
        }
        return true;
    }

    @Override
    public String toString() {
        final OrderTerms t = terms;
        return switch (op) {
            case CANCEL -> "cancel " + t.order;
            case REDUCE -> "reduce " + t.order + " to " + t.lots;
            case STATE -> "state book=" + t.book + " " + state;
            case UNCROSS -> "uncross book=" + t.book + " then=" + state + " slice=" + slice;
            case RULES ->
                    "rules book=%d static=%d..%d dynamic=%d/%dbps reference=%d ticks=%d"
                            .formatted(
                                    t.book,
                                    rules.staticLowTicks,
                                    rules.staticHighTicks,
                                    rules.dynamicTicks,
                                    rules.dynamicBps,
                                    rules.referenceTicks,
                                    rules.tickBands);
            default ->
                    ("%s %d book=%d %s %d@%d tif=%d instructions=%s group=%d/%d min=%d peak=%d±%d"
                                    + " trigger=%d by %d trail=%d/%d peg=%d%+d link=%d")
                            .formatted(
                                    op == Op.ENTER ? "enter" : "replace",
                                    t.order,
                                    t.book,
                                    t.side == OrderTerms.BUY ? "buy" : "sell",
                                    t.lots,
                                    t.priceTicks,
                                    t.timeInForce,
                                    Integer.toBinaryString(t.instructions),
                                    t.group,
                                    t.selfTradeMode,
                                    t.minLots,
                                    t.peakLots,
                                    t.peakRangeLots,
                                    t.triggerTicks,
                                    t.triggerBy,
                                    t.trail,
                                    t.trailUnit,
                                    t.pegTo,
                                    t.pegOffsetTicks,
                                    t.link);
        };
    }
}
