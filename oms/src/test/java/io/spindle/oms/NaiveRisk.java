package io.spindle.oms;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Decides about a plain order as the documents say, from the sums of a {@link NaiveLedger}. */
final class NaiveRisk {
    static final long NO_LIMIT = Long.MAX_VALUE;

    /** Limits of one scope, by name. */
    static final class Limits {
        long openOrders = NO_LIMIT;
        long orderQuantity = NO_LIMIT;
        long orderNotional = NO_LIMIT;
        long position = NO_LIMIT;
        long exposure = NO_LIMIT;
        int state;

        Limits min(final Limits other) {
            final Limits lowest = new Limits();
            lowest.openOrders = Math.min(openOrders, other.openOrders);
            lowest.orderQuantity = Math.min(orderQuantity, other.orderQuantity);
            lowest.orderNotional = Math.min(orderNotional, other.orderNotional);
            lowest.position = Math.min(position, other.position);
            lowest.exposure = Math.min(exposure, other.exposure);
            lowest.state = Math.max(state, other.state);
            return lowest;
        }
    }

    static final long MAX_PRICE = 199_999_9900L;

    /** From this quantity on the account's orders pass (P), are held (A), fail (F), or no rule. */
    record Rule(char action, long least) {}

    final Map<Integer, Rule> rules = new HashMap<>();
    final NaiveLedger ledger;
    final Limits system = new Limits();
    final Limits firm = new Limits();
    final Map<Integer, Limits> accounts = new HashMap<>();
    final Limits[] sessions;
    final int[] bandBps = new int[NaiveLedger.BOOKS + 1];
    final int[] marginBps = new int[NaiveLedger.BOOKS + 1];
    final long[] reference = new long[NaiveLedger.BOOKS + 1];
    final long[] lastPrice = new long[NaiveLedger.BOOKS + 1];
    final boolean[] halted = new boolean[NaiveLedger.BOOKS + 1];

    /** The highest bid of a book, seen or not. */
    IntToLongFunction bids = book -> 0;

    NaiveRisk(final NaiveLedger ledger, final int sessionCount) {
        this.ledger = ledger;
        this.sessions = new Limits[sessionCount];
        for (int i = 0; i < sessionCount; i++) {
            sessions[i] = new Limits();
        }
    }

    /** The order as it would be, for {@link #judge}. */
    NaiveLedger.Order order(
            final int account,
            final int book,
            final boolean buys,
            final long quantity,
            final long executed,
            final long price) {
        final NaiveLedger.Order order = new NaiveLedger.Order();
        final NaiveLedger.Account owner = ledger.accounts.get(account);
        order.account = account;
        order.book = book;
        order.instrument = NaiveLedger.listed(book);
        order.buys = buys;
        order.quantity = quantity;
        order.executed = executed;
        order.leaves = quantity - executed;
        order.makerPpm = owner.makerPpm;
        order.takerPpm = owner.takerPpm;
        final int bps = marginBps[order.instrument];
        order.marginBps = !owner.margin ? 0 : bps == 0 ? 10_000 : bps;
        order.reservePrice = worstPrice(book, buys, price);
        return order;
    }

    private long referencePrice(final int instrument) {
        return reference[instrument] != 0 ? reference[instrument] : lastPrice[instrument];
    }

    private long worstPrice(final int instrument, final boolean buys, final long price) {
        final long middle = referencePrice(instrument);
        final boolean banded = bandBps[instrument] != 0 && middle != 0;
        final long upper =
                banded ? Math.min(MAX_PRICE, middle + middle * bandBps[instrument] / 10_000) : 0;
        if (!buys) {
            final long limit = price == Long.MAX_VALUE ? 100 : price;
            return Math.max(Math.max(limit, bid(instrument)), banded ? upper : middle);
        }
        if (price != Long.MAX_VALUE) {
            return price;
        }
        return banded ? upper / 100 * 100 : MAX_PRICE;
    }

    /** The better one of linked books, as far as they trade. */
    private long bid(final int book) {
        long best = 0;
        for (int other = 1; other <= NaiveLedger.BOOKS; other++) {
            if (NaiveLedger.listed(other) == NaiveLedger.listed(book) && !halted[other]) {
                best = Math.max(best, bids.applyAsLong(other));
            }
        }
        return best;
    }

    /** What the rules make of an order that the checks have passed. */
    String authorised(final String judged, final NaiveLedger.Order order, final boolean mayWait) {
        final Rule rule = rules.get(order.account);
        final boolean fits = rule != null && order.leaves >= rule.least;
        final boolean refused = fits && (rule.action == 'F' || rule.action == 'A' && !mayWait);
        return judged.equals("NONE") && refused ? "AUTHORISATION_FAILED" : judged;
    }

    /** Whether an operator must release the order. */
    boolean holds(final NaiveLedger.Order order) {
        final Rule rule = rules.get(order.account);
        return rule != null && rule.action == 'A' && order.leaves >= rule.least;
    }

    /** Name of the code, or NONE; {@code replaced} is the order that goes, or null. */
    String judge(
            final NaiveLedger.Order order,
            final NaiveLedger.Order replaced,
            final int session,
            final long price,
            final int sessionOpen) {
        final NaiveLedger.Account account = ledger.accounts.get(order.account);
        final Limits lowest =
                system.min(firm)
                        .min(accounts.getOrDefault(order.account, new Limits()))
                        .min(sessions[session]);
        if (order.quantity < 1) {
            return "QUANTITY";
        }
        if (halted[order.book]) {
            return "HALTED";
        }
        if (replaced != null && order.leaves <= 0) {
            return "QUANTITY";
        }
        final long oldLots = replaced == null ? 0 : replaced.leaves;
        final long sameSide =
                account.openLots(order.instrument, order.buys) - oldLots + order.leaves;
        final long position = account.position[order.instrument];
        if (lowest.state >= 2) {
            return "ENTRY_DISABLED";
        }
        if (lowest.state == 1 && sameSide > (order.buys ? -position : position)) {
            return "REDUCE_ONLY";
        }
        if (order.quantity > lowest.orderQuantity) {
            return "MAX_QUANTITY";
        }
        final long middle = referencePrice(order.book);
        final int band = bandBps[order.book];
        if (band != 0 && middle != 0 && price != Long.MAX_VALUE) {
            final long width = middle * band / 10_000;
            if (price > Math.min(MAX_PRICE, middle + width) || price < middle - width) {
                return "PRICE_BAND";
            }
        }
        final long notional = order.reservePrice * order.leaves;
        if (notional > lowest.orderNotional) {
            return "NOTIONAL";
        }
        if (replaced == null
                && (account.open.size() + 1
                                > system.min(firm)
                                        .min(accounts.getOrDefault(order.account, new Limits()))
                                        .openOrders
                        || sessionOpen + 1 > sessions[session].openOrders)) {
            return "OPEN_ORDERS";
        }
        if ((order.buys ? position + sameSide : sameSide - position) > lowest.position) {
            return "POSITION";
        }
        final long oldNotional = replaced == null ? 0 : replaced.openNotional();
        if (!order.shared && account.exposure() - oldNotional + notional > lowest.exposure) {
            return "AGGREGATE_EXPOSURE";
        }
        final long needed = NaiveLedger.reservation(order);
        final long given = replaced == null ? 0 : replaced.reserved();
        if (!order.shared && needed > 0 && needed > account.free(ledger.day) + given) {
            return "INSUFFICIENT_CASH";
        }
        return order.buys
                        || account.shortSelling && account.free(ledger.day) >= 0
                        || hasLots(account, order, oldLots)
                ? "NONE"
                : "SHORT_SALE";
    }

    /** A dormant child sells what its parent buys, one of a pair what the other has. */
    private boolean hasLots(
            final NaiveLedger.Account account, final NaiveLedger.Order order, final long oldLots) {
        return order.dormant
                || order.shared
                || order.leaves <= account.freeLots(order.instrument, ledger.day) + oldLots;
    }

    /** Whether the account may sell at once what it buys. */
    boolean isSoldAtOnce(final NaiveLedger.Order order) {
        final NaiveLedger.Account account = ledger.accounts.get(order.account);
        return account.unsettledCounts
                || account.shortSelling
                || ledger.settlementDays[order.instrument] == 0;
    }
}
