package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

/** What operators, clocks and the network do to a {@link RandomTrading}. */
final class RandomOperator {
    private static final int MEMBERS = RandomTrading.MEMBERS;
    private static final String[] SYMBOLS = RandomTrading.SYMBOLS;

    private final RandomTrading trading;
    private final Random random;
    private final NaiveLedger ledger;
    private final NaiveRisk risk;
    private final LedgerWatch watch;
    private final Market market;
    private final Desk desk;
    private final Supervisor supervisor;
    private final int[] accounts;
    private final int[] sessions;
    private final int[] next;
    private int date = 20261120;
    private boolean gate;

    RandomOperator(final RandomTrading trading) {
        this.trading = trading;
        this.random = trading.random;
        this.ledger = trading.ledger;
        this.risk = trading.risk;
        this.watch = trading.watch;
        this.market = trading.market;
        this.desk = trading.desk;
        this.supervisor = new Supervisor(market);
        this.accounts = trading.accounts;
        this.sessions = trading.sessions;
        this.next = trading.next;
    }

    void act(final int member) {
        if (risk.system.state != 0 && random.nextBoolean()) {
            desk.block('Y', "", 'A', 3, false);
            risk.system.state = 0;
        }
        if (random.nextBoolean()) {
            set(member);
        } else {
            intervene(member);
        }
    }

    /** Terms that hold from now on. */
    private void set(final int member) {
        final int instrument = 1 + random.nextInt(NaiveLedger.BOOKS);
        switch (random.nextInt(8)) {
            case 0 -> limits(member);
            case 1 -> fees(member);
            case 2 -> instrumentRisk(instrument);
            case 3 -> {
                risk.reference[instrument] = random.nextInt(2) * (trading.price() - 3_000);
                desk.reference(SYMBOLS[instrument], risk.reference[instrument]);
            }
            case 4 -> rule(member);
            case 5 -> rate(member);
            case 6 -> {
                gate = random.nextBoolean();
                desk.dayGate(gate);
            }
            default -> desk.grace("M" + member, random.nextInt(2) * random.nextInt(100_000));
        }
    }

    private void intervene(final int member) {
        final int instrument = 1 + random.nextInt(NaiveLedger.BOOKS);
        switch (random.nextInt(12)) {
            case 0 -> {
                final int state = random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0;
                desk.block('A', "M" + member, "ARCH".charAt(state), 2, random.nextBoolean());
                limitsOf(member).state = state;
            }
            case 1 -> desk.send(desk.cancel('A', "M" + member));
            case 2 -> desk.send(desk.massCancel(sessions[member], next[member]++));
            case 3 -> {
                risk.halted[instrument] = !risk.halted[instrument] && random.nextInt(3) == 0;
                market.tradingState(SYMBOLS[instrument], 0, risk.halted[instrument] ? 'H' : 'T');
            }
            case 4 -> market.refuse(sessions[member], next[member]++, RejectCode.OVERLOAD);
            case 5 -> desk.annotate("{}");
            case 6, 7 -> decide(member);
            case 8 -> entry(member);
            case 9 -> bust(tradeNumber());
            case 10 -> correct(tradeNumber());
            default -> {
                market.down(sessions[member], random.nextInt(3));
                market.up(sessions[member]);
            }
        }
    }

    private NaiveRisk.Limits limitsOf(final int member) {
        return risk.accounts.computeIfAbsent(accounts[member], a -> new NaiveRisk.Limits());
    }

    private void fees(final int member) {
        final int maker = random.nextInt(3_000) - 1_000;
        final int taker = random.nextInt(3_000);
        desk.fees(member + 1, maker, taker);
        desk.accountFees("M" + member, member + 1);
        ledger.accounts.get(accounts[member]).makerPpm = maker;
        ledger.accounts.get(accounts[member]).takerPpm = taker;
    }

    private void instrumentRisk(final int instrument) {
        final int days = random.nextInt(4);
        if (days > 0 && ledger.settlementDays[instrument] == 0) {
            ledger.accounts.values().forEach(account -> late(account, instrument));
        }
        risk.bandBps[instrument] = random.nextInt(4) == 0 ? 800 : 0;
        risk.marginBps[instrument] = 1_000 + random.nextInt(5_000);
        ledger.settlementDays[instrument] = days;
        desk.instrumentRisk(
                SYMBOLS[instrument], risk.bandBps[instrument], risk.marginBps[instrument], days, 0);
    }

    private static void late(final NaiveLedger.Account account, final int book) {
        for (final NaiveLedger.Order order : account.open.values()) {
            account.late[order.instrument] |= order.instrument == book && order.dormant;
        }
    }

    private void rate(final int member) {
        final boolean session = random.nextBoolean();
        final char mode = "RQL".charAt(random.nextInt(session ? 3 : 1));
        final int perSecond = random.nextInt(3) == 0 ? 10_000 + random.nextInt(90_000) : 0;
        final int burst = 1 + random.nextInt(5);
        desk.rate(session ? 'S' : 'A', "M" + member, mode, perSecond, burst);
        trading.rates.set(
                session,
                session ? sessions[member] : accounts[member],
                mode,
                perSecond,
                burst,
                market.nowNs);
    }

    /** A session stops entry for all of its firm, mostly not for long. */
    private void entry(final int member) {
        final boolean enabled = random.nextInt(6) != 0;
        desk.setEntry(sessions[member], next[member]++, SampleMarket.FIRM, enabled);
        risk.firm.state = enabled ? 0 : EntryState.CANCEL_ONLY;
    }

    /** Of a trade that stands, that was taken back, or that never was. */
    private long tradeNumber() {
        if (ledger.trades.isEmpty() || random.nextInt(20) == 0) {
            return random.nextBoolean() ? 0 : Long.MAX_VALUE;
        }
        final long last = ledger.trades.lastKey();
        return Math.max(ledger.trades.firstKey(), last - random.nextInt(800));
    }

    private void bust(final long matchNumber) {
        final boolean stands = ledger.trades.containsKey(matchNumber);
        supervisor.bust(matchNumber, "ECSX".charAt(random.nextInt(4)));
        assertEquals(stands ? "NONE" : "UNKNOWN_TRADE", watch.answer);
        if (stands) {
            forgive(ledger.takeBack(matchNumber));
        }
    }

    private void correct(final long matchNumber) {
        final boolean stands = ledger.trades.containsKey(matchNumber);
        final long price = trading.price() + (random.nextInt(5) == 0 ? 50 : 0);
        supervisor.correct(matchNumber, price);
        final String wanted = !stands ? "UNKNOWN_TRADE" : price % 100 != 0 ? "FIELD" : "NONE";
        assertEquals(wanted, watch.answer);
        if (wanted.equals("NONE")) {
            final List<NaiveSide> sides = ledger.takeBack(matchNumber);
            ledger.correct(sides, price, watch.corrected);
            forgive(sides);
        }
    }

    private void forgive(final List<NaiveSide> sides) {
        sides.forEach(side -> watch.forgive(side.account()));
    }

    /** What a member asks for from some size on passes, waits or fails. */
    private void rule(final int member) {
        final char action = "PAF\0".charAt(random.nextInt(4));
        final long least = 20 + random.nextInt(40);
        risk.rules.put(accounts[member], new NaiveRisk.Rule(action, least));
        desk.rule(
                member + 1,
                action,
                "M" + member,
                "",
                least,
                0,
                1_000_000 + random.nextInt(1_000_000));
    }

    /** An operator's word on the first order that is held, or else on one that is not. */
    private void decide(final int member) {
        for (int i = 0; i < MEMBERS; i++) {
            for (int number = Math.max(1, next[i] - 30); number < next[i]; number++) {
                if (watch.isHeld(watch.find(sessions[i], number))) {
                    decide(i, number);
                    return;
                }
            }
        }
        decide(member, trading.earlier(member));
    }

    private void decide(final int member, final int number) {
        final int order = market.engine.orders().find(sessions[member], 0, number);
        if (order != OrderTable.NONE) {
            final long reference = market.engine.orders().orderReference(order);
            desk.authorise(sessions[member], number, reference, random.nextBoolean());
        }
    }

    private void limits(final int member) {
        final char scope = "AAASFY".charAt(random.nextInt(6));
        final NaiveRisk.Limits limits =
                switch (scope) {
                    case 'S' -> risk.sessions[sessions[member]];
                    case 'F' -> risk.firm;
                    case 'Y' -> risk.system;
                    default -> limitsOf(member);
                };
        limits.openOrders = random.nextBoolean() ? 5 + random.nextInt(30) : NaiveRisk.NO_LIMIT;
        limits.orderQuantity = random.nextBoolean() ? 50 : NaiveRisk.NO_LIMIT;
        limits.orderNotional = random.nextBoolean() ? 5_500_000 : NaiveRisk.NO_LIMIT;
        limits.position = random.nextBoolean() ? random.nextInt(400) : NaiveRisk.NO_LIMIT;
        limits.exposure = random.nextBoolean() ? 40_000_000 : NaiveRisk.NO_LIMIT;
        desk.send(
                desk.limits(scope, scope == 'F' ? SampleMarket.FIRM : "M" + member)
                        .openOrders(logged(limits.openOrders))
                        .orderQuantity(logged(limits.orderQuantity))
                        .orderNotional(logged(limits.orderNotional))
                        .position(logged(limits.position))
                        .exposure(logged(limits.exposure)));
    }

    private static long logged(final long limit) {
        return limit == NaiveRisk.NO_LIMIT ? Desk.NONE : limit;
    }

    void pass(final int member) {
        switch (random.nextInt(9)) {
            case 0 -> {
                ledger.day++;
                market.dayStart(++date, 0);
                risk.system.state = gate ? EntryState.CANCEL_ONLY : risk.system.state;
            }
            case 3 -> supervisor.clock(random.nextInt(1_000));
            case 1 -> market.query(sessions[member], 0);
            case 2 -> market.checkpoint(market.engine.eventDigest());
            default -> {
                if (market.engine.nextDeadlineNs() < Long.MAX_VALUE) {
                    desk.tick();
                }
            }
        }
    }
}
