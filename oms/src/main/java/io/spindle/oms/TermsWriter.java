package io.spindle.oms;

import io.spindle.matcher.OrderTerms;

/** Puts a checked request into the matcher's terms: ticks for prices, instructions for options. */
final class TermsWriter {
    static final int UNKNOWN = -1;

    private final InstrumentTable instruments;

    TermsWriter(final Tables tables) {
        this.instruments = tables.instruments;
    }

    void write(final OrderRequest request, final int order, final OrderTerms terms) {
        final int instrument = request.instrument;
        terms.book = instrument;
        terms.order = order;
        terms.side = request.buys ? OrderTerms.BUY : OrderTerms.SELL;
        terms.timeInForce = timeInForce(request);
        terms.priceTicks = request.priceTicks;
        terms.lots = request.lots;
        terms.instructions = request.display == 'N' ? OrderTerms.HIDDEN : 0;
        clear(terms);
        if (request.hasOptions) {
            writeOptions(request, instruments.tickSize(instrument), terms);
        }
    }

    private static int timeInForce(final OrderRequest request) {
        if (request.crossType == 'O') {
            return OrderTerms.AT_OPEN;
        }
        if (request.crossType == 'C') {
            return OrderTerms.AT_CLOSE;
        }
        if (request.timeInForce == OrderRules.FILL_OR_KILL) {
            return OrderTerms.FILL_OR_KILL;
        }
        return request.market || request.timeInForce == OrderRules.IMMEDIATE_OR_CANCEL
                ? OrderTerms.IMMEDIATE_OR_CANCEL
                : OrderTerms.REST;
    }

    private static void writeOptions(
            final OrderRequest request, final long tickSize, final OrderTerms terms) {
        if (request.postOnly == 'P') {
            terms.instructions |= OrderTerms.POST_ONLY;
        }
        if (request.minQuantity != 0) {
            terms.instructions |= OrderTerms.MIN_LOTS;
            terms.minLots = request.minQuantity;
        }
        if (request.maxFloor != 0 && request.maxFloor < request.lots) {
            terms.instructions |= OrderTerms.ICEBERG;
            terms.peakLots = request.maxFloor;
            terms.peakRangeLots = request.randomReserves;
        }
        if (request.selfTrade != 0) {
            terms.group = request.account + 1;
            terms.selfTradeMode = selfTradeMode(request.selfTrade);
        }
        writeTrigger(request, tickSize, terms);
        writePeg(request, tickSize, terms);
        writeLink(request, terms);
    }

    /**
     * Nothing of an earlier order may be left over, whatever that was: the matcher keeps what it is
     * given, and an engine that began from a snapshot has not seen that order.
     */
    private static void clear(final OrderTerms terms) {
        terms.group = 0;
        terms.selfTradeMode = 0;
        terms.minLots = 0;
        terms.peakLots = 0;
        terms.peakRangeLots = 0;
        terms.triggerTicks = 0;
        terms.triggerBy = 0;
        terms.trail = 0;
        terms.trailUnit = 0;
        terms.pegTo = 0;
        terms.pegOffsetTicks = 0;
        terms.link = 0;
    }

    private static void writeTrigger(
            final OrderRequest request, final long tickSize, final OrderTerms terms) {
        if (request.stopPrice == 0 && request.trail == 0) {
            return;
        }
        terms.instructions |= OrderTerms.STOP;
        terms.triggerTicks = request.stopPrice / tickSize;
        terms.triggerBy = triggerBy(request.trigger);
        if (request.trail != 0) {
            terms.instructions |= OrderTerms.TRAILING;
            final boolean inTicks = request.trailType != 'B';
            terms.trailUnit = inTicks ? OrderTerms.TICKS : OrderTerms.BASIS_POINTS;
            final long trail = inTicks ? request.trail / tickSize : request.trail;
            terms.trail = (int) Math.min(Integer.MAX_VALUE, trail);
        }
    }

    private static int triggerBy(final int character) {
        switch (character) {
            case 'B':
                return OrderTerms.BY_BID;
            case 'A':
                return OrderTerms.BY_ASK;
            case 'M':
                return OrderTerms.BY_MID;
            default:
                return OrderTerms.BY_LAST;
        }
    }

    private static void writePeg(
            final OrderRequest request, final long tickSize, final OrderTerms terms) {
        if (request.priceType == 0 || request.priceType == 'L') {
            return;
        }
        terms.instructions |= OrderTerms.PEGGED;
        terms.pegOffsetTicks = (int) (request.pegOffset / tickSize);
        switch (request.priceType) {
            case 'R':
                terms.pegTo = OrderTerms.PEG_PRIMARY;
                break;
            case 'P':
                terms.pegTo = OrderTerms.PEG_MARKET;
                break;
            case 'M':
            case 'm':
                terms.pegTo = OrderTerms.PEG_MIDPOINT;
                break;
            default:
                terms.pegTo = -1;
                break;
        }
    }

    private static void writeLink(final OrderRequest request, final OrderTerms terms) {
        terms.link = Math.max(0, request.link);
        switch (request.linkRole) {
            case OrderLinks.PARENT:
                terms.instructions |= OrderTerms.BRACKET;
                break;
            case OrderLinks.TAKE_PROFIT:
            case OrderLinks.STOP_LOSS:
                terms.instructions |= OrderTerms.DORMANT;
                if (request.link != OrderTable.NONE) {
                    terms.instructions |= OrderTerms.OCO;
                }
                break;
            case OrderLinks.ONE_CANCELS_OTHER:
                if (request.link != OrderTable.NONE) {
                    terms.instructions |= OrderTerms.OCO;
                }
                break;
            default:
                break;
        }
    }

    /** The matcher's mode, or {@link #UNKNOWN}. */
    static int selfTradeMode(final int character) {
        switch (character) {
            case 'N':
                return OrderTerms.CANCEL_NEWEST;
            case 'O':
                return OrderTerms.CANCEL_OLDEST;
            case 'B':
                return OrderTerms.CANCEL_BOTH;
            case 'D':
                return OrderTerms.DECREMENT;
            default:
                return UNKNOWN;
        }
    }
}
