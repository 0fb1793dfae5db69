package io.spindle.oms;

import io.spindle.matcher.AdmitCode;

/**
 * Field checks of a request: what can be said without looking at money or the book. Answers with a
 * {@link RejectCode} number and changes nothing but the request.
 */
final class OrderRules {
    static final int DAY = '0';
    static final int GOOD_TILL_CANCEL = '1';
    static final int IMMEDIATE_OR_CANCEL = '3';
    static final int FILL_OR_KILL = '4';
    static final int GOOD_TILL_TIME = '6';

    private final EngineState state;
    private final InstrumentTable instruments;
    private final AccountTable accounts;
    private final SessionTable sessions;
    private final OrderLinks links;

    OrderRules(final Tables tables) {
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.accounts = tables.accounts;
        this.sessions = tables.sessions;
        this.links = new OrderLinks(tables);
    }

    int check(final OrderRequest request) {
        final int instrument = request.instrument;
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        request.buys = request.side == 'B';
        request.market = instruments.isMarketPrice(instrument, request.price);
        request.limitPrice =
                request.market ? instruments.collar(instrument, request.buys) : request.price;
        request.priceTicks = request.limitPrice / instruments.tickSize(instrument);
        int code = checkAccount(request);
        code = code != 0 ? code : checkSide(request.side);
        code = code != 0 ? code : checkQuantity(instrument, request.quantity);
        code = code != 0 || request.market ? code : checkPrice(request);
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

    static int checkSide(final int side) {
        return side == 'B' || side == 'S' || side == 'T' || side == 'E'
                ? RejectCode.NONE.code
                : RejectCode.SIDE.code;
    }

    private int checkQuantity(final int instrument, final long quantity) {
        if (quantity < instruments.minQuantity(instrument)
                || !instruments.isInLots(instrument, quantity)) {
            return RejectCode.QUANTITY.code;
        }
        return quantity > instruments.maxQuantity(instrument)
                ? RejectCode.MAX_QUANTITY.code
                : RejectCode.NONE.code;
    }

    private int checkPrice(final OrderRequest request) {
        final int instrument = request.instrument;
        final long price = request.price;
        return price < 1
                        || price > instruments.maxPrice(instrument)
                        || price != request.priceTicks * instruments.tickSize(instrument)
                ? RejectCode.PRICE.code
                : RejectCode.NONE.code;
    }

    private int checkTimeInForce(final OrderRequest request) {
        switch (request.timeInForce) {
            case DAY:
            case GOOD_TILL_CANCEL:
            case IMMEDIATE_OR_CANCEL:
            case FILL_OR_KILL:
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
        final int cross = request.crossType;
        return cross == 'N' || cross == 'O' || cross == 'C'
                ? RejectCode.NONE.code
                : RejectCode.CROSS_ORDER.code;
    }

    private int checkOptions(final OrderRequest request) {
        final long now = state.get(EngineState.TIME_NS);
        if (request.deadlineNs != 0 && request.deadlineNs < now) {
            return RejectCode.DEADLINE.code;
        }
        if (request.linkRole != 0) {
            final int code = links.resolve(request);
            if (code != RejectCode.NONE.code) {
                return code;
            }
        }
        if (request.postOnly != 0 && request.postOnly != 'P' && request.postOnly != 'N') {
            return RejectCode.OPTION.code;
        }
        final int tick =
                (int) Math.min(Integer.MAX_VALUE, instruments.tickSize(request.instrument));
        if (!isTrigger(request.trigger)
                || request.trailType != 0 && request.trailType != 'T' && request.trailType != 'B'
                || request.stopPrice % tick != 0
                || request.trailType != 'B' && request.trail % tick != 0) {
            return RejectCode.TRIGGER.code;
        }
        if (request.pegOffset % tick != 0) {
            return RejectCode.PEG.code;
        }
        return request.selfTrade != 0
                        && TermsWriter.selfTradeMode(request.selfTrade) == TermsWriter.UNKNOWN
                ? RejectCode.OPTION.code
                : RejectCode.NONE.code;
    }

    private static boolean isTrigger(final int character) {
        return character == 0
                || character == 'L'
                || character == 'B'
                || character == 'A'
                || character == 'M';
    }

    private int checkTradingState(final int instrument) {
        final int state = instruments.tradingState(instrument);
        return state == 'H' || state == 'K' || state == 'X'
                ? RejectCode.HALTED.code
                : RejectCode.NONE.code;
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
            case AdmitCode.STATE:
                return RejectCode.HALTED.code;
            case AdmitCode.INCOMPATIBLE:
                return RejectCode.OPTION_COMBINATION.code;
            case AdmitCode.PRICE_BAND:
                return RejectCode.PRICE_BAND.code;
            case AdmitCode.TICK:
                return RejectCode.PRICE.code;
            default:
                return admittedOption(admitCode);
        }
    }

    private static int admittedOption(final int admitCode) {
        switch (admitCode) {
            case AdmitCode.NOT_ALLOWED:
            case AdmitCode.SELF_TRADE_MODE:
                return RejectCode.OPTION.code;
            case AdmitCode.MIN_LOTS:
                return RejectCode.MIN_QUANTITY.code;
            case AdmitCode.PEAK:
                return RejectCode.MAX_FLOOR.code;
            case AdmitCode.TRIGGER:
                return RejectCode.TRIGGER.code;
            case AdmitCode.PEG:
                return RejectCode.PEG.code;
            case AdmitCode.LINK:
                return RejectCode.LINK.code;
            case AdmitCode.TOO_MANY_MOVERS:
                return RejectCode.ORDER_CAPACITY.code;
            case AdmitCode.NO_REFERENCE:
                return RejectCode.NO_REFERENCE.code;
            default:
                return RejectCode.OTHER.code;
        }
    }
}
