package io.spindle.oms;

/** Tells when an order takes its account over the early-warning level of a limit. */
final class RiskWarnings {
    private static final int EFFECTIVE = AccountTable.EFFECTIVE;
    private static final int PERCENT = 100;

    private final AccountTable accounts;
    private final Slab records;
    private final CashTable cash;
    private final HoldingTable holdings;
    private final Emitter emitter;

    RiskWarnings(final Tables tables, final Emitter emitter) {
        this.accounts = tables.accounts;
        this.records = tables.accounts.records();
        this.cash = tables.cash;
        this.holdings = tables.holdings;
        this.emitter = emitter;
    }

    /** The request is an order now, and counted. */
    void passed(final OrderRequest request) {
        final int account = request.account;
        final int percent = records.getInt(account, EFFECTIVE + LimitLine.WARN_PERCENT);
        if (percent == 0) {
            return;
        }
        final long position = holdings.position(request.holding);
        final long worst =
                request.buys
                        ? position + holdings.openBuy(request.holding)
                        : holdings.openSell(request.holding) - position;
        final long open = accounts.openOrders(account);
        final long exposure = cash.exposure(request.cash);
        warn(account, percent, LimitLine.OPEN_ORDERS, RejectCode.OPEN_ORDERS, open, 1);
        warn(account, percent, LimitLine.POSITION, RejectCode.POSITION, worst, request.lots);
        warn(
                account,
                percent,
                LimitLine.EXPOSURE,
                RejectCode.AGGREGATE_EXPOSURE,
                exposure,
                request.notional);
    }

    /** Only for the order that crosses the level. */
    private void warn(
            final int account,
            final int percent,
            final int field,
            final RejectCode about,
            final long reached,
            final long added) {
        final long most = records.getLong(account, EFFECTIVE + field);
        if (most == LimitLine.NO_LIMIT) {
            return;
        }
        final long level = Money.part(most, percent, PERCENT);
        if (reached >= level && reached - added < level) {
            emitter.riskWarning(account, about.code, most, reached);
        }
    }
}
