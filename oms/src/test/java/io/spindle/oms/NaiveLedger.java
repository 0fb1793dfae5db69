package io.spindle.oms;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Accounts kept the obvious way, from what is said in public: orders in a map, sums made anew each
 * time they are asked for. Shares no code with the engine but the names of events.
 */
final class NaiveLedger {
    static final int SYMBOLS = 2;

    /** Books: one for each symbol, and one more in which the first is traded. */
    static final int BOOKS = 3;

    /** Whose lots are traded in a book. */
    static int listed(final int book) {
        return book == LINKED ? 1 : book;
    }

    static final int LINKED = 3;

    /** An order as its events describe it. */
    static final class Order {
        int account;
        int session;
        int instrument;
        int book;
        boolean buys;
        long leaves;
        long executed;
        long cancelled;
        long quantity;
        long reservePrice;
        int makerPpm;
        int takerPpm;
        int marginBps;
        long minQuantity;
        boolean pegged;

        /** Waits for a token of its session. */
        boolean waits;

        /** P, T, S or O; 0 for none; and the number of the order that it names. */
        char role;

        int linkId;

        /** A child whose parent is not done. */
        boolean asleep;

        /** The other of the pair holds what both may sell. */
        boolean shared;

        /** Sells what its parent buys, and reserves that as it is bought. */
        boolean dormant;

        /** What its parent has bought for it so far. */
        long accrued;

        boolean isParent;
        Order child;
        Order parent;

        /** The other of a pair. */
        Order partner;

        boolean holdsMoney() {
            return !shared;
        }

        long heldLots() {
            return shared ? 0 : dormant ? accrued : leaves;
        }

        long reserved() {
            return holdsMoney() ? reservation(this) : 0;
        }

        long openNotional() {
            return holdsMoney() ? reservePrice * leaves : 0;
        }
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

        /** Free cash and lots when last compared: no trade makes less than nothing lesser still. */
        long lastFree;

        final long[] lastFreeLots = new long[SYMBOLS + 1];

        /** Delivery became later after a parent was promised that what it buys is sold at once. */
        final boolean[] late = new boolean[SYMBOLS + 1];

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
                sum += order.instrument == instrument && order.buys == buys ? order.heldLots() : 0;
            }
            return sum;
        }

        long reserved() {
            long sum = 0;
            for (final Order order : reserving()) {
                sum += order.reserved();
            }
            return sum;
        }

        long openNotional() {
            long sum = 0;
            for (final Order order : reserving()) {
                sum += order.openNotional();
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

    private static final int TRADES_KEPT = 1_000;

    final Map<Integer, Account> accounts = new HashMap<>();

    /** Sides of the last trades that stand, by match number. */
    final NavigableMap<Long, List<NaiveSide>> trades = new TreeMap<>();

    final int[] settlementDays = new int[BOOKS + 1];
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

    /** One side of a trade. */
    void fill(
            final Order order,
            final long lots,
            final long price,
            final boolean maker,
            final int book,
            final long matchNumber) {
        final NaiveSide side =
                new NaiveSide(
                        order.account,
                        order.instrument,
                        order.buys,
                        lots,
                        price,
                        maker ? order.makerPpm : order.takerPpm,
                        order.marginBps,
                        day + settlementDays[listed(book)]);
        book(side, 1);
        keep(matchNumber, side);
        order.leaves -= lots;
        order.executed += lots;
    }

    /** The trade stands no more. */
    List<NaiveSide> takeBack(final long matchNumber) {
        final List<NaiveSide> sides = trades.remove(matchNumber);
        sides.forEach(side -> book(side, -1));
        return sides;
    }

    /** The same sides again, at another price. */
    void correct(final List<NaiveSide> sides, final long price, final long matchNumber) {
        for (final NaiveSide side : sides) {
            book(side.at(price), 1);
            keep(matchNumber, side.at(price));
        }
    }

    private void keep(final long matchNumber, final NaiveSide side) {
        trades.computeIfAbsent(matchNumber, number -> new ArrayList<>()).add(side);
        while (trades.size() > TRADES_KEPT) {
            trades.pollFirstEntry();
        }
    }

    private void book(final NaiveSide side, final int direction) {
        final Account account = accounts.get(side.account());
        final long value = side.lots() * side.price();
        final long fee =
                side.feePpm() >= 0
                        ? down(value, side.feePpm(), 1_000_000)
                        : -down(value, -side.feePpm(), 1_000_000);
        final long amount = (side.buys() ? -value : value) - fee;
        final long lots = side.buys() ? side.lots() : -side.lots();
        account.cash += direction * amount;
        fees += direction * fee;
        account.lots[side.instrument()] += direction * lots;
        trade(account, side, direction * lots, direction * (side.buys() ? value : -value));
        if (side.dueDay() > day) {
            due(account.dueCash, direction, side.dueDay(), 0, amount);
            due(account.dueLots, direction, side.dueDay(), side.instrument(), lots);
        }
    }

    private static void due(
            final List<long[]> due,
            final int direction,
            final long onDay,
            final int what,
            final long amount) {
        final long[] entry = {onDay, what, amount};
        if (direction > 0) {
            due.add(entry);
            return;
        }
        for (int i = 0; i < due.size(); i++) {
            if (Arrays.equals(due.get(i), entry)) {
                due.remove(i);
                return;
            }
        }
        throw new AssertionError("not due: " + Arrays.toString(entry));
    }

    private static void trade(
            final Account account, final NaiveSide side, final long signed, final long value) {
        final int i = side.instrument();
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
                side.marginBps() == 0 ? 0 : up(Math.abs(account.cost[i]), side.marginBps(), 10_000);
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
