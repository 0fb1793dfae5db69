package io.spindle.oms;

import io.spindle.matcher.AdmitCode;
import io.spindle.matcher.OrderTerms;

/**
 * Field checks of a request: what can be said without looking at money or the book. Answers with a
 * {@link RejectCode} number and changes nothing but the request.
 */
final class OrderRules {
    /** Wire price of a market order. */
    static final long MARKET_PRICE = Long.MAX_VALUE;

    /** OUCH's own, the market price where prices stay below 200,000.0000. */
    static final long MARKET_PRICE_32 = 0x7FFF_FFFFL;

    static final int DAY = '0';
    static final int GOOD_TILL_CANCEL = '1';
    static final int IMMEDIATE_OR_CANCEL = '3';
    static final int GOOD_TILL_TIME = '6';

    private static final long OUCH_MAX_PRICE = 200_000_0000L;

    private final EngineState state;
    private final InstrumentTable instruments;
    private final AccountTable accounts;
    private final SessionTable sessions;

    OrderRules(final Tables tables) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.accounts = tables.accounts;
        this.sessions = tables.sessions;
    }

    int check(final OrderRequest request) {
        final int instrument = request.instrument;
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        request.buys = request.side == 'B';
        request.market = isMarket(instrument, request.price);
        int code = checkAccount(request);
        code = code != 0 ? code : checkSide(request.side);
        code = code != 0 ? code : checkQuantity(instrument, request.quantity);
        code = code != 0 || request.market ? code : checkPrice(instrument, request.price);
        code = code != 0 ? code : checkTimeInForce(request);
        code = code != 0 ? code : checkMarks(request);
        code = code != 0 || !request.hasOptions ? code : checkOptions(request);
        return code != 0 ? code : checkTradingState(instrument);
    }

    private int checkAccount(final OrderRequest request) {
        if (request.account < AccountTable.HOUSE_ACCOUNTS) {
            return RejectCode.ACCOUNT.code;
        }
        return accounts.firm(request.account) == sessions.firm(request.session)
                ? RejectCode.NONE.code
                : RejectCode.ACCOUNT_FOREIGN.code;
    }

    int checkSide(final int side) {
        return side == 'B' || side == 'S' || side == 'T' || side == 'E'
                ? RejectCode.NONE.code
                : RejectCode.SIDE.code;
    }

    private int checkQuantity(final int instrument, final long quantity) {
        if (quantity < instruments.minQuantity(instrument)
                || quantity % instruments.lotSize(instrument) != 0) {
            return RejectCode.QUANTITY.code;
        }
        return quantity > instruments.maxQuantity(instrument)
                ? RejectCode.MAX_QUANTITY.code
                : RejectCode.NONE.code;
    }

    private int checkPrice(final int instrument, final long price) {
        return price < 1
                        || price > instruments.maxPrice(instrument)
                        || price % instruments.tickSize(instrument) != 0
                ? RejectCode.PRICE.code
                : RejectCode.NONE.code;
    }

    private boolean isMarket(final int instrument, final long price) {
        return price == MARKET_PRICE
                || price == MARKET_PRICE_32 && instruments.maxPrice(instrument) < OUCH_MAX_PRICE;
    }

    private int checkTimeInForce(final OrderRequest request) {
        switch (request.timeInForce) {
            case DAY:
            case GOOD_TILL_CANCEL:
            case IMMEDIATE_OR_CANCEL:
                return RejectCode.NONE.code;
            case GOOD_TILL_TIME:
                return request.expireAtNs > state.get(EngineState.TIME_NS)
                        ? RejectCode.NONE.code
                        : RejectCode.EXPIRY.code;
            default:
                return RejectCode.TIME_IN_FORCE.code;
        }
    }

    private int checkMarks(final OrderRequest request) {
        final int display = request.display;
        if (display != 'Y' && display != 'A' && display != 'N') {
            return RejectCode.DISPLAY.code;
        }
        final int capacity = request.capacity;
        if (capacity != 'A' && capacity != 'P' && capacity != 'R' && capacity != 'O') {
            return RejectCode.CAPACITY.code;
        }
        if (request.sweep != 'Y' && request.sweep != 'N') {
            return RejectCode.ISO.code;
        }
        return request.crossType == 'N' ? RejectCode.NONE.code : RejectCode.CROSS_ORDER.code;
    }

    private int checkOptions(final OrderRequest request) {
        final long now = state.get(EngineState.TIME_NS);
        if (request.deadlineNs != 0 && request.deadlineNs < now) {
            return RejectCode.DEADLINE.code;
        }
        if (request.minQuantity != 0) {
            return RejectCode.MIN_QUANTITY.code;
        }
        if (request.maxFloor != 0 || request.randomReserves != 0) {
            return RejectCode.MAX_FLOOR.code;
        }
        if (request.priceType != 0 && request.priceType != 'L' || request.pegOffset != 0) {
            return RejectCode.PEG.code;
        }
        return request.stopPrice != 0
                        || request.trail != 0
                        || request.postOnly == 'P'
                        || request.linkRole != 0
                        || request.selfTrade != 0
                ? RejectCode.OPTION.code
                : RejectCode.NONE.code;
    }

    private int checkTradingState(final int instrument) {
        return instruments.tradingState(instrument) == 'T'
                ? RejectCode.NONE.code
                : RejectCode.HALTED.code;
    }

    /** Fills the matcher's terms; a market order is bounded by what the instrument can cost. */
    void terms(final OrderRequest request, final int order, final OrderTerms terms) {
        final int instrument = request.instrument;
        final long tickSize = instruments.tickSize(instrument);
        terms.book = instrument;
        terms.order = order;
        terms.side = request.buys ? OrderTerms.BUY : OrderTerms.SELL;
        terms.timeInForce =
                request.timeInForce == IMMEDIATE_OR_CANCEL
                        ? OrderTerms.IMMEDIATE_OR_CANCEL
                        : OrderTerms.REST;
        if (request.market) {
            terms.priceTicks = request.buys ? instruments.maxPrice(instrument) / tickSize : 1;
        } else {
            terms.priceTicks = request.price / tickSize;
        }
        terms.lots = request.lots;
    }

    /** The matcher's answer as a {@link RejectCode} number. */
    static int admitted(final int admitCode) {
        switch (admitCode) {
            case AdmitCode.OK:
                return RejectCode.NONE.code;
            case AdmitCode.NO_PRICE_LEVEL:
                return RejectCode.PRICE_LEVELS.code;
            case AdmitCode.PRICE:
                return RejectCode.PRICE.code;
            case AdmitCode.LOTS:
                return RejectCode.QUANTITY.code;
            default:
                return RejectCode.OTHER.code;
        }
    }
}
