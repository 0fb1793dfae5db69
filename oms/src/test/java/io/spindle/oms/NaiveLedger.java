package io.spindle.oms;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accounts kept the obvious way, from what is said in public: orders in a map, sums made anew each
 * time they are asked for. Shares no code with the engine but the names of events.
 */
final class NaiveLedger {
    static final int SYMBOLS = 2;

    /** An order as its events describe it. */
    static final class Order {
        int account;
        int instrument;
        boolean buys;
        long leaves;
        long executed;
        long cancelled;
        long quantity;
        long reservePrice;
        int makerPpm;
        int takerPpm;
        int marginBps;
    }

    /** What one account has. */
    static final class Account {
        final boolean shortSelling;
        final boolean margin;
        final boolean unsettledCounts;
        long cash;
        final long[] lots = new long[SYMBOLS + 1];
        final long[] position = new long[SYMBOLS + 1];
        final long[] cost = new long[SYMBOLS + 1];
        final long[] realised = new long[SYMBOLS + 1];
        final long[] marginHeld = new long[SYMBOLS + 1];
        final List<long[]> dueCash = new ArrayList<>();
        final List<long[]> dueLots = new ArrayList<>();
        final Map<Long, Order> open = new LinkedHashMap<>();

        /** What algorithms have not sent yet, as if it were orders. */
        final Map<Long, Order> unsent = new LinkedHashMap<>();

        int makerPpm;
        int takerPpm;

        Account(final boolean shortSelling, final boolean margin, final boolean unsettledCounts) {
            this.shortSelling = shortSelling;
            this.margin = margin;
            this.unsettledCounts = unsettledCounts;
        }

        private List<Order> reserving() {
            final List<Order> all = new ArrayList<>(open.values());
            all.addAll(unsent.values());
            return all;
        }

        long openLots(final int instrument, final boolean buys) {
            long sum = 0;
            for (final Order order : reserving()) {
                sum += order.instrument == instrument && order.buys == buys ? order.leaves : 0;
            }
            return sum;
        }

        long reserved() {
            long sum = 0;
            for (final Order order : reserving()) {
                sum += reservation(order);
            }
            return sum;
        }

        long openNotional() {
            long sum = 0;
            for (final Order order : reserving()) {
                sum += order.reservePrice * order.leaves;
            }
            return sum;
        }

        long exposure() {
            long sum = openNotional();
            for (final long each : cost) {
                sum += Math.abs(each);
            }
            return sum;
        }

        long incomingCash(final long today) {
            return incoming(dueCash, 0, today);
        }

        long incomingLots(final int instrument, final long today) {
            return incoming(dueLots, instrument, today);
        }

        private static long incoming(final List<long[]> due, final int what, final long today) {
            due.removeIf(entry -> entry[0] <= today);
            long sum = 0;
            for (final long[] entry : due) {
                sum += entry[1] == what && entry[2] > 0 ? entry[2] : 0;
            }
            return sum;
        }

        long free(final long today) {
            long free = cash - reserved();
            if (!unsettledCounts) {
                free -= incomingCash(today);
            }
            if (margin) {
                for (int i = 1; i <= SYMBOLS; i++) {
                    free += cost[i] - marginHeld[i];
                }
            }
            return free;
        }

        long freeLots(final int instrument, final long today) {
            final long free = lots[instrument] - openLots(instrument, false);
            return unsettledCounts ? free : free - incomingLots(instrument, today);
        }
    }

    final Map<Integer, Account> accounts = new HashMap<>();
    final int[] settlementDays = new int[SYMBOLS + 1];
    long fees;
    long day;

    static long reservation(final Order order) {
        return reservation(
                order.buys,
                order.reservePrice * order.leaves,
                order.marginBps,
                Math.max(order.makerPpm, order.takerPpm));
    }

    static long reservation(
            final boolean buys, final long notional, final int marginBps, final int worstPpm) {
        final long base = marginBps > 0 ? up(notional, marginBps, 10_000) : buys ? notional : 0;
        return base
                + (worstPpm > 0 && (buys || marginBps > 0) ? up(notional, worstPpm, 1_000_000) : 0);
    }

    /** One leg of a trade. */
    void fill(final Order order, final long lots, final long price, final boolean maker) {
        final Account account = accounts.get(order.account);
        final long value = lots * price;
        final int ppm = maker ? order.makerPpm : order.takerPpm;
        final long fee = ppm >= 0 ? down(value, ppm, 1_000_000) : -down(value, -ppm, 1_000_000);
        final long signed = order.buys ? lots : -lots;
        account.cash += (order.buys ? -value : value) - fee;
        fees += fee;
        account.lots[order.instrument] += signed;
        trade(account, order, signed, order.buys ? value : -value);
        final int days = settlementDays[order.instrument];
        if (days > 0) {
            account.dueCash.add(new long[] {day + days, 0, (order.buys ? -value : value) - fee});
            account.dueLots.add(new long[] {day + days, order.instrument, signed});
        }
        order.leaves -= lots;
        order.executed += lots;
    }

    private static void trade(
            final Account account, final Order order, final long signed, final long value) {
        final int i = order.instrument;
        final long before = account.position[i];
        final long after = before + signed;
        if (before == 0 || Long.signum(before) == Long.signum(signed)) {
            account.cost[i] += value;
        } else if (Long.signum(after) == Long.signum(before)) {
            final long closedCost = scaled(account.cost[i], Math.abs(signed), Math.abs(before));
            account.realised[i] -= closedCost + value;
            account.cost[i] -= closedCost;
        } else {
            final long closedValue = scaled(value, Math.abs(before), Math.abs(signed));
            account.realised[i] -= account.cost[i] + closedValue;
            account.cost[i] = value - closedValue;
        }
        account.position[i] = after;
        account.marginHeld[i] =
                order.marginBps == 0 ? 0 : up(Math.abs(account.cost[i]), order.marginBps, 10_000);
    }

    private static long scaled(final long amount, final long part, final long whole) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    private static long down(final long amount, final long part, final long whole) {
        return amount * part / whole;
    }

    private static long up(final long amount, final long part, final long whole) {
        return (amount * part + whole - 1) / whole;
    }
}
