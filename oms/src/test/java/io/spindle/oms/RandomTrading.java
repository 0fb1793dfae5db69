package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

/** A seeded stream over every command, each judged by the naive model before the engine is. */
final class RandomTrading {
    private static final int MEMBERS = 12;
    private static final String[] SYMBOLS = {"", "SPDL", "ROTR"};

    private final Random random;
    private final NaiveLedger ledger = new NaiveLedger();
    private final NaiveRisk risk;
    private final NaiveAlgorithms algorithms;
    final LedgerWatch watch;
    final Market market;
    private final Desk desk;
    private final RandomVenue venue;
    private final AlgorithmDesk algorithmDesk;
    private final int[] accounts = new int[MEMBERS];
    private final int[] sessions = new int[MEMBERS];
    private final int[] next = new int[MEMBERS];
    private int date = 20261120;
    long commands;

    RandomTrading(final long seed) {
        random = new Random(seed);
        risk = new NaiveRisk(ledger, 256);
        algorithms = new NaiveAlgorithms(ledger, risk);
        watch = new LedgerWatch(ledger, risk, algorithms);
        market = new Market(EngineConfig.small(), watch);
        watch.watch(market.engine);
        desk = new Desk(market);
        algorithmDesk = new AlgorithmDesk(market);
        open();
        venue = new RandomVenue(market, random);
    }

    private void open() {
        final CommandBatch batch = new CommandBatch(market, 0, 0).firm(SampleMarket.FIRM);
        for (int i = 1; i < SYMBOLS.length; i++) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            SYMBOLS[i], "USD", 100, 1, 1, 1_000_000, NaiveRisk.MAX_PRICE, 4, 0));
        }
        batch.commit();
        for (int i = 0; i < MEMBERS; i++) {
            final String name = "M" + i;
            desk.member(name, i & 7, i % 3 == 0 ? SessionTable.FLAG_CANCEL_ON_DISCONNECT : 0);
            accounts[i] = desk.accountNumber(name);
            sessions[i] = desk.session(name);
            next[i] = 1;
            ledger.accounts.put(
                    accounts[i], new NaiveLedger.Account((i & 1) != 0, (i & 2) != 0, (i & 4) != 0));
            deposit(i, 40_000_000L + random.nextInt(40_000_000), 500, 1);
            deposit(i, 0, 500, 2);
        }
    }

    private void deposit(final int member, final long cash, final long lots, final int instrument) {
        desk.deposit("M" + member, cash, SYMBOLS[instrument], lots);
        ledger.accounts.get(accounts[member]).cash += cash;
        ledger.accounts.get(accounts[member]).lots[instrument] += lots;
    }

    void run(final int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            watch.compareTouched();
            if (++commands % 10_000 == 0) {
                watch.compareAll();
            }
        }
        watch.compareAll();
    }

    private void step() {
        final int what = random.nextInt(1_000);
        final int member = random.nextInt(MEMBERS);
        if (market.engine.pendingContinue() != 0 && what % 2 == 0) {
            desk.proceed();
        } else if (what < 560) {
            enter(member);
        } else if (what < 700) {
            replace(member);
        } else if (what < 880) {
            market.cancel(sessions[member], earlier(member), random.nextInt(3) * 10L);
        } else if (what < 900) {
            watch.away = true;
            venue.act();
            watch.away = false;
        } else if (what < 930) {
            market.modify(
                    sessions[member],
                    earlier(member),
                    random.nextBoolean() ? 'B' : 'S',
                    random.nextInt(30));
        } else if (what < 960) {
            adjust(member);
        } else if (what < 985) {
            operate(member);
        } else if (what < 990) {
            algorithm(member);
        } else {
            pass(member);
        }
    }

    private long price() {
        return (95 + random.nextInt(11)) * 1_000L;
    }

    private int earlier(final int member) {
        return Math.max(1, next[member] - 1 - random.nextInt(30));
    }

    private void enter(final int member) {
        final int instrument = 1 + random.nextInt(2);
        final boolean buys = random.nextBoolean();
        final boolean isMarket = random.nextInt(20) == 0;
        final long price = isMarket ? Long.MAX_VALUE : price();
        final long quantity = random.nextInt(60);
        final int kind = random.nextInt(10);
        final NaiveLedger.Order order =
                risk.order(accounts[member], instrument, buys, quantity, 0, price);
        final String judged =
                risk.judge(order, null, sessions[member], price, watch.openOf(sessions[member]));
        final String expected = risk.authorised(judged, order, true);
        watch.expected = order;
        watch.verdict = "";
        final var encoder =
                market.order(sessions[member], next[member]++, buys ? 'B' : 'S', quantity, price)
                        .symbol(Ascii.pack(SYMBOLS[instrument]))
                        .timeInForce((byte) (isMarket || kind == 0 ? '3' : kind == 1 ? '6' : '0'));
        if (kind == 1 && !isMarket) {
            market.enter(encoder, o -> o.expireAt(market.nowNs + 50_000 + random.nextInt(500_000)));
        } else {
            market.enter(encoder);
        }
        assertEquals(expected, watch.verdict);
    }

    private void replace(final int member) {
        final int original = earlier(member);
        final NaiveLedger.Order old = watch.find(sessions[member], original);
        final long price = price();
        final long quantity = random.nextInt(80);
        if (old == null) {
            market.replace(sessions[member], original, next[member], quantity, price);
            return;
        }
        final NaiveLedger.Order order =
                risk.order(old.account, old.instrument, old.buys, quantity, old.executed, price);
        final String expected =
                watch.isHeld(old) || venue.has(sessions[member], original)
                        ? RejectCode.REPLACE_NOT_ALLOWED.name()
                        : risk.authorised(
                                risk.judge(order, old, sessions[member], price, 0), order, false);
        watch.expected = order;
        watch.verdict = "";
        market.replace(sessions[member], original, next[member]++, quantity, price);
        assertEquals(expected, watch.verdict);
    }

    private void adjust(final int member) {
        final NaiveLedger.Account account = ledger.accounts.get(accounts[member]);
        final long free = account.free(ledger.day);
        final long cash = random.nextBoolean() || free <= 0 ? 100_000 : -Math.min(free, 50_000);
        deposit(member, cash, random.nextInt(5), 1 + random.nextInt(2));
    }

    private void operate(final int member) {
        final int instrument = 1 + random.nextInt(2);
        switch (random.nextInt(13)) {
            case 0 -> limits(member);
            case 1 -> {
                final int maker = random.nextInt(3_000) - 1_000;
                final int taker = random.nextInt(3_000);
                desk.fees(member + 1, maker, taker);
                desk.accountFees("M" + member, member + 1);
                ledger.accounts.get(accounts[member]).makerPpm = maker;
                ledger.accounts.get(accounts[member]).takerPpm = taker;
            }
            case 2 -> {
                final int state = random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0;
                desk.block('A', "M" + member, "ARCH".charAt(state), 2, random.nextBoolean());
                risk.accounts.computeIfAbsent(accounts[member], a -> new NaiveRisk.Limits()).state =
                        state;
            }
            case 3 -> {
                risk.bandBps[instrument] = random.nextInt(4) == 0 ? 800 : 0;
                risk.marginBps[instrument] = 1_000 + random.nextInt(5_000);
                ledger.settlementDays[instrument] = random.nextInt(4);
                desk.instrumentRisk(
                        SYMBOLS[instrument],
                        risk.bandBps[instrument],
                        risk.marginBps[instrument],
                        ledger.settlementDays[instrument],
                        0);
            }
            case 4 -> {
                risk.reference[instrument] = random.nextInt(2) * (price() - 3_000);
                desk.reference(SYMBOLS[instrument], risk.reference[instrument]);
            }
            case 5 -> desk.send(desk.cancel('A', "M" + member));
            case 6 -> desk.send(desk.massCancel(sessions[member], next[member]++));
            case 7 -> {
                risk.halted[instrument] = !risk.halted[instrument] && random.nextInt(3) == 0;
                market.tradingState(SYMBOLS[instrument], 0, risk.halted[instrument] ? 'H' : 'T');
            }
            case 8 -> rule(member);
            case 9 -> market.refuse(sessions[member], next[member]++, RejectCode.OVERLOAD);
            case 10 -> desk.annotate("{}");
            case 11 -> decide(member);
            default -> {
                market.down(sessions[member], random.nextInt(3));
                market.up(sessions[member]);
            }
        }
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
        decide(member, earlier(member));
    }

    private void decide(final int member, final int number) {
        final int order = market.engine.orders().find(sessions[member], 0, number);
        if (order != OrderTable.NONE) {
            final long reference = market.engine.orders().orderReference(order);
            desk.authorise(sessions[member], number, reference, random.nextBoolean());
        }
    }

    private void algorithm(final int member) {
        if (algorithms.count() > 0 && random.nextInt(4) == 0) {
            final NaiveAlgorithms.One one = algorithms.any(random);
            algorithmDesk.stop(
                    Ascii.unpack(market.engine.sessions().username(one.session)), one.number);
            return;
        }
        final int instrument = 1 + random.nextInt(2);
        final boolean buys = random.nextBoolean();
        final long quantity = random.nextInt(200);
        final long price = price();
        final NaiveAlgorithms.One one = new NaiveAlgorithms.One();
        one.session = sessions[member];
        one.price = price;
        one.slices = 1 + random.nextInt(9);
        one.intervalNs = 1_000_000L * (1 + random.nextInt(3));
        one.participationBps = random.nextBoolean() ? 0 : 1 + random.nextInt(10_000);
        one.quantity = quantity;
        one.unsent = risk.order(accounts[member], instrument, buys, quantity, 0, price);
        final String expected =
                risk.judge(
                        one.unsent, null, sessions[member], price, watch.openOf(sessions[member]));
        algorithms.asked = one;
        algorithmDesk.start(
                algorithmDesk
                        .twap("M" + member, buys ? 'B' : 'S', quantity, price, one.slices)
                        .symbol(Ascii.pack(SYMBOLS[instrument]))
                        .intervalNs(one.intervalNs)
                        .kind((byte) (one.participationBps == 0 ? 'T' : 'V'))
                        .participationBps(one.participationBps));
        assertEquals(risk.authorised(expected, one.unsent, false), watch.answer);
    }

    private void limits(final int member) {
        final char scope = "AAASFY".charAt(random.nextInt(6));
        final NaiveRisk.Limits limits =
                switch (scope) {
                    case 'S' -> risk.sessions[sessions[member]];
                    case 'F' -> risk.firm;
                    case 'Y' -> risk.system;
                    default ->
                            risk.accounts.computeIfAbsent(
                                    accounts[member], a -> new NaiveRisk.Limits());
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

    private void pass(final int member) {
        switch (random.nextInt(8)) {
            case 0 -> {
                ledger.day++;
                market.dayStart(++date, 0);
            }
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
