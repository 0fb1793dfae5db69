package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Feeds a {@link NaiveLedger} from an engine's events and compares the two. */
final class LedgerWatch extends NoEvents {
    /** How an order ends that waited for a token and did not get it. */
    private static final Set<String> STAYED =
            Set.of("QUEUE_AGE", "CANCELLED_WHILE_HELD", "EXPIRED_WHILE_HELD");

    private final NaiveLedger ledger;
    private final NaiveRisk risk;
    private final Map<Long, NaiveLedger.Order> orders = new HashMap<>();
    private final Set<Integer> touched = new HashSet<>();
    private final Set<NaiveLedger.Order> held = new HashSet<>();
    private final int currency = Ascii.packInt(SampleMarket.CURRENCY);
    private final NaiveAlgorithms algorithms;
    private final NaiveRates rates;
    private TradingEngine engine;

    /** Where the maker of the trade in hand rested. */
    private int bookAtWork;

    /** Match number of the last trade that was corrected, as it is now. */
    long corrected;

    /** Requests that were answered, or set aside, since this was last set to 0. */
    int answers;

    /** What the order that the command in hand enters or replaces should be. */
    NaiveLedger.Order expected;

    /** Fills are at another venue: they move no price here. */
    boolean away;

    /** Name of the code of the last rejection, NONE after an acceptance. */
    String verdict = "";

    /** Name of the code that answered the last admin command. */
    String answer = "";

    LedgerWatch(
            final NaiveLedger ledger,
            final NaiveRisk risk,
            final NaiveAlgorithms algorithms,
            final NaiveRates rates) {
        this.rates = rates;
        this.ledger = ledger;
        this.risk = risk;
        this.algorithms = algorithms;
    }

    void watch(final TradingEngine watched) {
        engine = watched;
    }

    NaiveLedger.Order find(final int session, final int number) {
        return orders.get(key(session, 0, number));
    }

    /** An operator has taken from the account: it may owe now. */
    void forgive(final int account) {
        ledger.accounts.get(account).lastFree = Long.MIN_VALUE;
        Arrays.fill(ledger.accounts.get(account).lastFreeLots, Long.MIN_VALUE);
        touched.add(account);
    }

    boolean isHeld(final NaiveLedger.Order order) {
        return held.contains(order);
    }

    int openOf(final int session) {
        return engine.sessions().openOrders(session);
    }

    private static long key(final int session, final int userRefIdx, final int number) {
        return (long) session << 40 | (long) userRefIdx << 32 | number;
    }

    private long key(final int order) {
        final OrderTable table = engine.orders();
        return key(table.session(order), table.userRefIdx(order), table.userRefNum(order));
    }

    @Override
    public void onAlgorithm(final int algorithm) {
        touched.add(engine.algorithms().account(algorithm));
        final NaiveLedger.Order next = algorithms.told(engine, algorithm);
        if (next != null) {
            expected = next;
        }
    }

    @Override
    public void onAdminResult(final long requestHigh, final long requestLow, final int code) {
        answer = RejectCode.of(code).name();
    }

    @Override
    public void onAccepted(final int order) {
        if (engine.orders().userRefIdx(order) == AlgorithmTable.SERIES) {
            algorithms.answered("NONE");
        }
        add(order);
        tie(orders.get(key(order)));
        verdict = "NONE";
    }

    private void tie(final NaiveLedger.Order order) {
        final NaiveLedger.Order named = find(order.session, order.linkId);
        if (order.role != 0 && order.linkId != 0 && order.partner == null && !order.isParent) {
            NaiveLinks.tie(order, named);
        }
    }

    @Override
    public void onTransition(final int order, final int from, final int to) {
        if (to == OrderState.PENDING_SUBMISSION.ordinal()) {
            add(order);
            held.add(expected);
            verdict = "NONE";
        }
    }

    @Override
    public void onRouted(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        add(order);
        verdict = "NONE";
    }

    private void add(final int order) {
        final OrderTable table = engine.orders();
        final long key = key(order);
        if (orders.containsKey(key)) {
            goOn(orders.get(key), true);
            return;
        }
        answers++;
        final NaiveLedger.Order added = expected;
        assertEquals(added.account, table.account(order));
        orders.put(key, added);
        ledger.accounts.get(added.account).open.put(key, added);
        touched.add(added.account);
    }

    /** The order is held no more. */
    private void goOn(final NaiveLedger.Order order, final boolean token) {
        held.remove(order);
        rates.left(order, token, engine.timeNs());
    }

    private NaiveLedger.Order remove(final long key) {
        final NaiveLedger.Order gone = orders.remove(key);
        ledger.accounts.get(gone.account).open.remove(key);
        touched.add(gone.account);
        return gone;
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        final long old = key(engine.orders().session(order), 0, originalUserRefNum);
        NaiveLinks.replace(remove(old), expected);
        add(order);
        verdict = "NONE";
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        final NaiveLedger.Order filled = orders.get(key(order));
        final boolean atOnce = filled == expected && !maker && !away;
        assertTrue(!filled.buys && !atOnce || price <= filled.reservePrice, "above the reserve");
        bookAtWork = maker || away ? filled.book : bookAtWork;
        ledger.fill(filled, quantity, price, maker, bookAtWork, matchNumber);
        NaiveLinks.executed(filled, quantity);
        algorithms.traded(engine, order, quantity, maker && !away);
        if (!away) {
            risk.lastPrice[bookAtWork] = price;
        }
        touched.add(filled.account);
        settle(order, filled);
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        final NaiveLedger.Order cut = orders.get(key(order));
        algorithms.cancelled(engine, order, quantity);
        cut.leaves -= quantity;
        cut.cancelled += quantity;
        touched.add(cut.account);
        settle(order, cut);
    }

    @Override
    public void onTradeCorrected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        corrected = matchNumber;
    }

    @Override
    public void onModified(final int order) {
        final NaiveLedger.Order cut = orders.get(key(order));
        cut.cancelled += cut.leaves - engine.orders().leaves(order);
        cut.leaves = engine.orders().leaves(order);
        touched.add(cut.account);
    }

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        if (userRefIdx == AlgorithmTable.SERIES) {
            algorithms.answered(RejectCode.of(reason).name());
            return;
        }
        verdict = RejectCode.of(reason).name();
        final NaiveLedger.Order waited = find(session, userRefNum);
        answers += waited == null ? 1 : 0;
        if (waited != null) {
            goOn(waited, !STAYED.contains(verdict));
            remove(key(session, 0, userRefNum));
        }
    }

    private void settle(final int order, final NaiveLedger.Order known) {
        final OrderTable table = engine.orders();
        assertEquals(known.leaves, table.leaves(order));
        assertEquals(known.executed, table.executed(order));
        assertEquals(known.quantity, known.executed + known.leaves + known.cancelled);
        if (known.leaves == 0) {
            remove(key(order));
            NaiveLinks.done(known);
        }
    }

    /** Compares the accounts that the last command touched. */
    void compareTouched() {
        for (final int account : touched) {
            compare(account);
        }
        touched.clear();
        expected = null;
    }

    void compareAll() {
        for (final int account : ledger.accounts.keySet()) {
            compare(account);
        }
        assertEquals(ledger.fees, balance(AccountTable.FEES));
        assertEquals(0, sumOfCash());
        for (int i = 1; i <= NaiveLedger.SYMBOLS; i++) {
            assertEquals(0, sumOfLots(i));
        }
    }

    private long balance(final int account) {
        return engine.cash().balance(engine.cash().find(account, currency));
    }

    private long sumOfCash() {
        long sum = 0;
        for (int slot = 0; slot < engine.cash().slots(); slot++) {
            sum += engine.cash().isUsed(slot) ? engine.cash().balance(slot) : 0;
        }
        return sum;
    }

    private long sumOfLots(final int instrument) {
        long sum = 0;
        final HoldingTable holdings = engine.holdings();
        for (int slot = 0; slot < holdings.slots(); slot++) {
            sum +=
                    holdings.isUsed(slot) && holdings.instrument(slot) == instrument
                            ? holdings.lots(slot)
                            : 0;
        }
        return sum;
    }

    private void compare(final int number) {
        final NaiveLedger.Account account = ledger.accounts.get(number);
        final CashTable cash = engine.cash();
        final int slot = cash.find(number, currency);
        assertEquals(account.cash, cash.balance(slot), "balance");
        assertEquals(account.reserved(), cash.reserved(slot), "reserved");
        assertEquals(account.exposure(), cash.exposure(slot), "exposure");
        assertEquals(
                account.free(ledger.day), cash.free(slot, engine.accounts().flags(number)), "free");
        assertEquals(account.open.size(), engine.accounts().openOrders(number), "open orders");
        for (int i = 1; i <= NaiveLedger.SYMBOLS; i++) {
            compareHolding(account, number, i);
        }
        final long free = account.free(ledger.day);
        assertTrue(
                account.margin || free >= Math.min(0, account.lastFree), "free cash is negative");
        account.lastFree = free;
    }

    private void compareHolding(
            final NaiveLedger.Account account, final int number, final int instrument) {
        final HoldingTable holdings = engine.holdings();
        final int slot = holdings.find(number, instrument);
        if (slot == HoldingTable.NONE) {
            assertEquals(0, account.lots[instrument]);
            return;
        }
        assertEquals(account.lots[instrument], holdings.lots(slot), "lots");
        assertEquals(account.openLots(instrument, true), holdings.openBuy(slot), "open buy");
        assertEquals(account.openLots(instrument, false), holdings.openSell(slot), "open sell");
        assertEquals(account.position[instrument], holdings.position(slot), "position");
        assertEquals(account.cost[instrument], holdings.cost(slot), "cost");
        assertEquals(account.realised[instrument], holdings.realised(slot), "realised");
        assertEquals(
                account.incomingLots(instrument, ledger.day), holdings.unsettledIn(slot), "due");
        final long free = account.freeLots(instrument, ledger.day);
        assertTrue(
                account.shortSelling
                        || account.late[instrument]
                        || free >= Math.min(0, account.lastFreeLots[instrument]),
                "free lots are negative");
        account.lastFreeLots[instrument] = free;
    }
}
