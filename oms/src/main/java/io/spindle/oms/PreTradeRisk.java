package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;

/**
 * What an order may do to its account, checked before anything changes. The lowest limit of all
 * scopes wins: an account's line already holds the minimum of system, firm and account; the
 * session's line is looked at beside it.
 *
 * <p>After a check {@link #check}, {@link #limit} and {@link #value} tell what it was about.
 */
final class PreTradeRisk {
    private static final int EFFECTIVE = AccountTable.EFFECTIVE;
    private static final int OWN = SessionTable.OWN;

    private final OrderTable orders;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final AccountTable accounts;
    private final CashTable cash;
    private final HoldingTable holdings;
    private final FeeTable fees;
    private final Slab accountRecords;
    private final Slab sessionRecords;
    private final Reservations reservations;
    private final CustomChecks custom;
    private final AlikeGuard alike;
    private final RiskWarnings warnings;
    private Matcher matcher;

    /** Of the request in hand: whose line has anything to say, to spare looking at it. */
    private boolean accountLimited;

    private boolean sessionLimited;

    private int check;
    private long limit;
    private long value;

    PreTradeRisk(
            final Tables tables,
            final Reservations reservations,
            final CustomChecks custom,
            final Emitter emitter) {
        this.orders = tables.orders;
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.accounts = tables.accounts;
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.fees = tables.fees;
        this.accountRecords = tables.accounts.records();
        this.sessionRecords = tables.sessions.records();
        this.reservations = reservations;
        this.custom = custom;
        this.alike = new AlikeGuard(tables);
        this.warnings = new RiskWarnings(tables, emitter);
    }

    /** The matcher is made after its listener. */
    void connect(final Matcher newMatcher) {
        matcher = newMatcher;
    }

    /** Number of the check that ran last: the one that failed, after a refusal. */
    int check() {
        return check;
    }

    long limit() {
        return limit;
    }

    long value() {
        return value;
    }

    /**
     * @param replaced the order whose place the request takes, or {@link OrderTable#NONE}
     * @return a {@link RejectCode} number
     */
    int check(final OrderRequest request, final int replaced) {
        limit = 0;
        value = 0;
        check = RiskCheck.CASH.ordinal();
        if (!takeSlots(request)) {
            return RejectCode.HOLDING_CAPACITY.code;
        }
        price(request);
        final long oldLots = replaced == OrderTable.NONE ? 0 : orders.leaves(replaced);
        int code = checkEntry(request, oldLots);
        code = code != 0 ? code : checkQuantity(request);
        code = code != 0 ? code : checkBand(request);
        code = code != 0 ? code : checkNotional(request);
        code = code != 0 || replaced != OrderTable.NONE ? code : checkOpenOrders(request);
        code = code != 0 ? code : checkAlike(request);
        code = code != 0 ? code : checkPosition(request, oldLots);
        code = code != 0 || request.shared ? code : checkExposure(request, replaced); // pair's
        code = code != 0 || request.shared ? code : checkCash(request, replaced);
        code = code != 0 ? code : checkHolding(request, oldLots);
        return code != 0 ? code : checkCustom(request);
    }

    private boolean takeSlots(final OrderRequest request) {
        request.cash = cash.take(request.account, instruments.currency(request.instrument));
        request.holding = holdings.take(request.account, instruments.listedAs(request.instrument));
        return request.cash != CashTable.NONE && request.holding != HoldingTable.NONE;
    }

    /** The highest price at which the order is likely to trade decides what it may cost. */
    private void price(final OrderRequest request) {
        final int instrument = request.instrument;
        final int flags = accounts.flags(request.account);
        final int schedule = accounts.feeSchedule(request.account);
        request.marginBps =
                (flags & AccountTable.FLAG_MARGIN) == 0
                        ? 0
                        : marginBps(instruments.marginBps(instruments.listedAs(instrument)));
        request.makerPpm = fees.makerPpm(schedule);
        request.takerPpm = fees.takerPpm(schedule);
        request.reservePrice = request.buys ? request.limitPrice : highestSale(request);
        request.notional = reservations.notional(instrument, request.reservePrice, request.lots);
        request.reserve =
                request.notional < 0
                        ? Reservations.OVERFLOW
                        : reservations.cashFor(
                                request.buys,
                                request.notional,
                                request.marginBps,
                                Math.max(request.makerPpm, request.takerPpm));
    }

    /** A sell gets its limit or more: what is bid now, and in an auction up to the band's end. */
    private long highestSale(final OrderRequest request) {
        final int instrument = request.instrument;
        final long upper = instruments.upperBand(instrument);
        final long usual = upper != 0 ? upper : instruments.referencePrice(instrument);
        final long bid = Math.max(bidTicks(instrument), bidTicks(instruments.linked(instrument)));
        return Math.max(
                request.limitPrice, Math.max(usual, bid * instruments.tickSize(instrument)));
    }

    /** Seen or not, where an order that comes now trades with it; without a book none. */
    private long bidTicks(final int book) {
        return instruments.tradingState(book) == 'T'
                ? matcher.nextPriceTicks(book, OrderTerms.BUY)
                : 0;
    }

    private static int marginBps(final int instrumentBps) {
        return instrumentBps == 0 ? Money.BASIS_POINTS : instrumentBps;
    }

    private int checkEntry(final OrderRequest request, final long oldLots) {
        at(RiskCheck.ENTRY_STATE);
        accountLimited = accountRecords.getByte(request.account, AccountTable.LIMITED) != 0;
        sessionLimited = sessionRecords.getByte(request.session, SessionTable.LIMITED) != 0;
        value = entryState(request);
        if (value >= EntryState.CANCEL_ONLY) {
            return RejectCode.ENTRY_DISABLED.code;
        }
        final boolean restricted =
                (instruments.riskFlags(instruments.listedAs(request.instrument))
                                & InstrumentTable.FLAG_RESTRICTED)
                        != 0;
        if ((value == EntryState.REDUCE_ONLY || restricted) && !reduces(request, oldLots)) {
            if (value == EntryState.REDUCE_ONLY) {
                return RejectCode.REDUCE_ONLY.code;
            }
            at(RiskCheck.RESTRICTED);
            return RejectCode.RESTRICTED.code;
        }
        return RejectCode.NONE.code;
    }

    private int entryState(final OrderRequest request) {
        final int ofAccount =
                accountLimited
                        ? LimitLine.entryState(accountRecords, request.account, EFFECTIVE)
                        : EntryState.ACTIVE;
        return sessionLimited
                ? Math.max(ofAccount, LimitLine.entryState(sessionRecords, request.session, OWN))
                : ofAccount;
    }

    /** For an order that was held: its own lots are among the open ones already. */
    int checkEntryAgain(final OrderRequest request) {
        request.holding = holdings.find(request.account, instruments.listedAs(request.instrument));
        return checkEntry(request, request.lots);
    }

    /** Even if every order of that side traded, the position would not change its sign. */
    private boolean reduces(final OrderRequest request, final long oldLots) {
        final long position = holdings.position(request.holding);
        return request.buys
                ? holdings.openBuy(request.holding) - oldLots + request.lots <= -position
                : holdings.openSell(request.holding) - oldLots + request.lots <= position;
    }

    private int checkQuantity(final OrderRequest request) {
        at(RiskCheck.QUANTITY);
        limit = lowest(request, LimitLine.ORDER_QUANTITY);
        value = request.quantity;
        return value > limit ? RejectCode.MAX_QUANTITY.code : RejectCode.NONE.code;
    }

    /** Market orders are exempt, the collar bounds them; without a reference all prices pass. */
    private int checkBand(final OrderRequest request) {
        at(RiskCheck.PRICE_BAND);
        final int instrument = request.instrument;
        if (instruments.referencePrice(instrument) == 0) {
            return (instruments.riskFlags(instrument) & InstrumentTable.FLAG_REFERENCE_NEEDED) == 0
                    ? RejectCode.NONE.code
                    : RejectCode.NO_REFERENCE.code;
        }
        if (instruments.bandBps(instrument) == 0 || request.market) {
            return RejectCode.NONE.code;
        }
        value = request.price;
        limit = instruments.upperBand(instrument);
        if (value > limit) {
            return RejectCode.PRICE_BAND.code;
        }
        limit = instruments.lowerBand(instrument);
        return value < limit ? RejectCode.PRICE_BAND.code : RejectCode.NONE.code;
    }

    private int checkNotional(final OrderRequest request) {
        at(RiskCheck.NOTIONAL);
        if (request.notional < 0 || request.reserve < 0) {
            return RejectCode.OVERFLOW.code;
        }
        limit = lowest(request, LimitLine.ORDER_NOTIONAL);
        value = request.notional;
        return value > limit ? RejectCode.NOTIONAL.code : RejectCode.NONE.code;
    }

    private int checkOpenOrders(final OrderRequest request) {
        at(RiskCheck.OPEN_ORDERS);
        limit = ofAccount(request, LimitLine.OPEN_ORDERS);
        value = accounts.openOrders(request.account) + 1L;
        if (value > limit) {
            return RejectCode.OPEN_ORDERS.code;
        }
        limit = ofSession(request, LimitLine.OPEN_ORDERS);
        value = sessions.openOrders(request.session) + 1L;
        return value > limit ? RejectCode.OPEN_ORDERS.code : RejectCode.NONE.code;
    }

    private int checkAlike(final OrderRequest request) {
        at(RiskCheck.ALIKE);
        limit = lowest(request, LimitLine.ALIKE);
        if (limit == LimitLine.NO_LIMIT) {
            return RejectCode.NONE.code;
        }
        value = alike.countWith(request);
        return value > limit ? RejectCode.DUPLICATE_RATE.code : RejectCode.NONE.code;
    }

    private int checkPosition(final OrderRequest request, final long oldLots) {
        at(RiskCheck.POSITION);
        limit = lowest(request, LimitLine.POSITION);
        final long position = holdings.position(request.holding);
        value =
                request.buys
                        ? position + holdings.openBuy(request.holding) - oldLots + request.lots
                        : holdings.openSell(request.holding) - oldLots + request.lots - position;
        return value > limit ? RejectCode.POSITION.code : RejectCode.NONE.code;
    }

    private int checkExposure(final OrderRequest request, final int replaced) {
        at(RiskCheck.EXPOSURE);
        limit = lowest(request, LimitLine.EXPOSURE);
        value = cash.exposure(request.cash) + request.notional;
        if (replaced != OrderTable.NONE) {
            value -= orders.records().getLong(replaced, OrderTable.NOTIONAL);
        }
        return value > limit ? RejectCode.AGGREGATE_EXPOSURE.code : RejectCode.NONE.code;
    }

    private int checkCash(final OrderRequest request, final int replaced) {
        at(RiskCheck.CASH);
        limit = cash.free(request.cash, accounts.flags(request.account));
        if (replaced != OrderTable.NONE) {
            limit += orders.reserved(replaced);
        }
        value = request.reserve;
        return value > 0 && value > limit
                ? RejectCode.INSUFFICIENT_CASH.code
                : RejectCode.NONE.code;
    }

    /** Who is overdrawn may sell what they have, not what they do not. */
    private int checkHolding(final OrderRequest request, final long oldLots) {
        at(RiskCheck.HOLDING);
        final int flags = accounts.flags(request.account);
        final boolean mayGoShort =
                (flags & AccountTable.FLAG_SHORT_SELLING) != 0
                        && cash.free(request.cash, flags) >= 0;
        if (request.buys || request.sleepingSell || request.shared || mayGoShort) {
            return RejectCode.NONE.code;
        }
        limit = holdings.free(request.holding, flags) + oldLots;
        value = request.lots;
        return value > limit ? RejectCode.SHORT_SALE.code : RejectCode.NONE.code;
    }

    private int checkCustom(final OrderRequest request) {
        for (int i = 0; i < custom.count(); i++) {
            check = RiskCheck.CUSTOM + i;
            if (!custom.passes(i, request)) {
                limit = custom.limit();
                value = custom.value();
                return RejectCode.CUSTOM_CHECK.code;
            }
        }
        return RejectCode.NONE.code;
    }

    /** The request became an order: remembers it, and warns when a limit comes near. */
    void passed(final OrderRequest request) {
        if (lowest(request, LimitLine.ALIKE) != LimitLine.NO_LIMIT) {
            alike.remember(request);
        }
        if (accountLimited) {
            warnings.passed(request);
        }
    }

    private void at(final RiskCheck next) {
        check = next.ordinal();
    }

    private long lowest(final OrderRequest request, final int field) {
        return Math.min(ofAccount(request, field), ofSession(request, field));
    }

    private long ofAccount(final OrderRequest request, final int field) {
        return accountLimited
                ? accountRecords.getLong(request.account, EFFECTIVE + field)
                : LimitLine.NO_LIMIT;
    }

    private long ofSession(final OrderRequest request, final int field) {
        return sessionLimited
                ? sessionRecords.getLong(request.session, OWN + field)
                : LimitLine.NO_LIMIT;
    }
}
