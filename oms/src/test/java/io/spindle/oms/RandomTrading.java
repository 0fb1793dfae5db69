package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.matcher.Matcher;
import io.spindle.matcher.OrderTerms;
import io.spindle.oms.command.EnterOrderEncoder;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A seeded stream over every command, each judged by the naive model before the engine is. */
final class RandomTrading {
    static final int MEMBERS = 12;
    static final String[] SYMBOLS = {"", "SPDL", "ROTR", "DUAL"};

    final Random random;
    final NaiveLedger ledger = new NaiveLedger();
    final NaiveRisk risk;
    private final NaiveAlgorithms algorithms;
    final NaiveRates rates = new NaiveRates();
    final LedgerWatch watch;
    final Market market;
    final Desk desk;
    private final RandomVenue venue;
    private final AlgorithmDesk algorithmDesk;
    final int[] accounts = new int[MEMBERS];
    final int[] sessions = new int[MEMBERS];
    final int[] next = new int[MEMBERS];

    /** What became of how many orders of every kind. */
    final Map<String, Long> kinds = new TreeMap<>();

    private final RandomOperator operator;
    private final RandomOrders asks;
    long commands;

    RandomTrading(final long seed) {
        random = new Random(seed);
        risk = new NaiveRisk(ledger, 256);
        algorithms = new NaiveAlgorithms(ledger, risk);
        watch = new LedgerWatch(ledger, risk, algorithms, rates);
        market = new Market(EngineConfig.small(), watch);
        watch.watch(market.engine);
        risk.bids = this::bid;
        desk = new Desk(market);
        algorithmDesk = new AlgorithmDesk(market);
        open();
        venue = new RandomVenue(market, random);
        operator = new RandomOperator(this);
        asks = new RandomOrders(market, watch, random);
    }

    private void open() {
        final CommandBatch batch = new CommandBatch(market, 0, 0).firm(SampleMarket.FIRM);
        for (int i = 1; i < SYMBOLS.length; i++) {
            batch.instrument(
                    new CommandBatch.Instrument(
                            SYMBOLS[i], "USD", 100, 1, 1, 1_000_000, NaiveRisk.MAX_PRICE, 4, 0));
        }
        batch.commit();
        new Supervisor(market).link("SPDL", "DUAL");
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

    /** Found by looking at the orders themselves. */
    private long bid(final int book) {
        final Matcher matcher = market.engine.matcher();
        final long[] best = {matcher.bestPriceTicks(book, OrderTerms.BUY)};
        matcher.visitHiddenOrders(
                book,
                OrderTerms.BUY,
                (order, ticks, lots) -> {
                    best[0] = Math.max(best[0], ticks);
                    return false;
                });
        return best[0] * 100;
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
            operator.act(member);
        } else if (what < 990) {
            algorithm(member);
        } else {
            operator.pass(member);
        }
    }

    long price() {
        return asks.price();
    }

    int earlier(final int member) {
        return asks.earlier(next[member]);
    }

    private void enter(final int member) {
        asks.next(sessions[member], next[member]).forEach(ask -> enter(member, ask));
    }

    private void enter(final int member, final RandomOrders.Ask ask) {
        final int session = sessions[member];
        final NaiveLedger.Order order =
                risk.order(accounts[member], ask.book, ask.buys, ask.quantity, 0, ask.price);
        order.session = session;
        order.role = ask.role;
        order.linkId = ask.linkId;
        order.pegged = ask.pegged;
        order.minQuantity = ask.minQuantity;
        order.asleep = ask.role == 'T' || ask.role == 'S';
        order.dormant = order.asleep && !ask.buys && risk.isSoldAtOnce(order);
        order.shared = order.asleep && !ask.buys && ask.linkId != 0;
        final String expected = judge(order, ask.price);
        watch.expected = order;
        watch.verdict = "";
        watch.answers = 0;
        if (ask.role != 0) {
            ask.with(o -> o.linkRole((byte) ask.role).linkId(ask.linkId));
        }
        final EnterOrderEncoder encoder =
                market.order(session, next[member]++, ask.buys ? 'B' : 'S', ask.quantity, ask.price)
                        .symbol(Ascii.pack(SYMBOLS[ask.book]))
                        .display((byte) ask.display)
                        .timeInForce((byte) ask.timeInForce);
        if (ask.options == null) {
            market.enter(encoder);
        } else {
            market.enter(encoder, ask.options);
        }
        assertEquals(expected, watch.verdict, ask.kind);
        assertEquals(1, watch.answers);
        kinds.merge(ask.kind + " " + expected, 1L, Long::sum);
    }

    private String judge(final NaiveLedger.Order order, final long price) {
        final int session = order.session;
        final String pace = rates.take(session, order.account, market.nowNs + 1_000);
        if (pace.endsWith("RATE")) {
            return pace;
        }
        final NaiveLedger.Order named =
                order.linkId == 0 ? null : watch.find(session, order.linkId);
        final boolean lost =
                order.linkId != 0
                        && (named == null
                                || watch.isHeld(named)
                                || venue.has(session, order.linkId)
                                || !NaiveLinks.fits(order, named));
        if (order.quantity >= 1 && lost) {
            return "LINK";
        }
        final String judged = risk.judge(order, null, session, price, watch.openOf(session));
        final String authorised = risk.authorised(judged, order, true);
        if (authorised.equals("NONE") && named != null && !NaiveLinks.canTie(order, named)) {
            return "LINK";
        }
        if (authorised.equals("NONE") && pace.equals(NaiveRates.QUEUE) && !risk.holds(order)) {
            rates.wait(order);
        }
        return authorised;
    }

    private void replace(final int member) {
        final int session = sessions[member];
        final int original = earlier(member);
        final NaiveLedger.Order old = watch.find(session, original);
        final long price = price();
        final long quantity = random.nextInt(80);
        if (old == null) {
            market.replace(session, original, next[member], quantity, price);
            return;
        }
        final NaiveLedger.Order order =
                risk.order(old.account, old.book, old.buys, quantity, old.executed, price);
        order.session = session;
        order.pegged = old.pegged;
        order.minQuantity = old.minQuantity;
        order.asleep = old.asleep;
        order.dormant = old.dormant;
        order.shared = old.shared;
        order.accrued = old.accrued;
        final String expected = judgeReplace(old, order, original, price);
        watch.expected = order;
        watch.verdict = "";
        watch.answers = 0;
        market.replace(session, original, next[member]++, quantity, price);
        assertEquals(expected, watch.verdict);
        assertEquals(1, watch.answers);
        kinds.merge("replace " + expected, 1L, Long::sum);
    }

    private String judgeReplace(
            final NaiveLedger.Order old,
            final NaiveLedger.Order order,
            final int original,
            final long price) {
        if (watch.isHeld(old) || venue.has(order.session, original)) {
            return "REPLACE_NOT_ALLOWED";
        }
        final String judged =
                risk.authorised(risk.judge(order, old, order.session, price, 0), order, false);
        if (judged.equals("NONE") && NaiveLinks.isBound(old) && order.leaves > old.leaves) {
            return "LINK";
        }
        return judged.equals("NONE") && order.minQuantity > order.leaves ? "MIN_QUANTITY" : judged;
    }

    private void adjust(final int member) {
        final NaiveLedger.Account account = ledger.accounts.get(accounts[member]);
        final long free = account.free(ledger.day);
        final long cash = random.nextBoolean() || free <= 0 ? 100_000 : -Math.min(free, 50_000);
        deposit(member, cash, random.nextInt(5), 1 + random.nextInt(2));
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
}
