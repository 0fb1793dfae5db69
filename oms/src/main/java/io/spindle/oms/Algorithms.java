package io.spindle.oms;

import io.spindle.oms.command.StartAlgorithmDecoder;
import io.spindle.oms.command.StopAlgorithmDecoder;

/**
 * Orders that the engine enters by itself, slice by slice, when a timer says so: the same number of
 * lots in every interval, or a part of what the market trades.
 *
 * <p>The whole is checked and its money reserved at the start. Every slice is an ordinary order of
 * the session, checked again, linked with the algorithm by its number.
 */
final class Algorithms {
    private static final int MAX_SLICES = 10_000;
    private static final long MIN_INTERVAL_NS = 1_000_000;
    private static final long MAX_INTERVAL_NS = 24L * 3_600 * 1_000_000_000;

    /** A slice that comes while orders are being cancelled waits this long. */
    private static final long RETRY_NS = 1_000_000;

    private final Tables tables;
    private final EngineState state;
    private final InstrumentTable instruments;
    private final SessionTable sessions;
    private final AlgorithmTable algorithms;
    private final Slab records;
    private final TimerQueue timers;
    private final NumberGate numbers;
    private final OrderRules rules;
    private final PreTradeRisk risk;
    private final AuthorisationRules authorisation;
    private final SweepQueue jobs;
    private final AlgorithmProgress progress;
    private final OrderEntry entry;
    private final OrderRequest whole;

    Algorithms(final Tables tables, final Stages stages, final OrderEntry entry) {
        this.tables = tables;
        this.state = tables.state;
        this.instruments = tables.instruments;
        this.sessions = tables.sessions;
        this.algorithms = tables.algorithms;
        this.records = tables.algorithms.records();
        this.timers = tables.timers;
        this.numbers = stages.numbers;
        this.rules = stages.rules;
        this.risk = stages.risk;
        this.authorisation = tables.authorisation;
        this.jobs = stages.jobs;
        this.progress = stages.algorithms;
        this.entry = entry;
        this.whole = new OrderRequest(tables);
    }

    int start(final StartAlgorithmDecoder command) {
        final int session = sessions.find(command.username());
        if (session == SessionTable.NONE) {
            return RejectCode.SESSION.code;
        }
        if (!isSound(command)) {
            return RejectCode.FIELD.code;
        }
        final int number = sessions.lastUserRefNum(session, AlgorithmTable.SERIES) + 1;
        read(command, session, number);
        whole.account =
                command.accountHigh() == Ascii.BLANK
                        ? sessions.account(session)
                        : tables.accounts.findFor(
                                sessions.firm(session),
                                command.accountHigh(),
                                command.accountLow());
        final int refusal = check();
        if (refusal != RejectCode.NONE.code) {
            return refusal;
        }
        final int algorithm = algorithms.allocate();
        if (algorithm == AlgorithmTable.NONE) {
            return RejectCode.TABLE_FULL.code;
        }
        numbers.consume(session, AlgorithmTable.SERIES, number);
        record(command, algorithm);
        progress.open(algorithm, whole);
        timers.set(tables.algorithmTimer(algorithm), algorithms.startNs(algorithm));
        return RejectCode.NONE.code;
    }

    private boolean isSound(final StartAlgorithmDecoder command) {
        final boolean byVolume = command.kind() == AlgorithmTable.BY_VOLUME;
        return (byVolume || command.kind() == AlgorithmTable.BY_TIME)
                && command.slices() >= 1
                && command.slices() <= MAX_SLICES
                && command.intervalNs() >= MIN_INTERVAL_NS
                && command.intervalNs() <= MAX_INTERVAL_NS
                && command.delayNs() >= 0
                && command.delayNs() <= MAX_INTERVAL_NS
                && command.participationBps() <= Money.BASIS_POINTS
                && command.participationBps() > 0 == byVolume;
    }

    private void read(final StartAlgorithmDecoder command, final int session, final int number) {
        whole.session = session;
        whole.userRefIdx = AlgorithmTable.SERIES;
        whole.userRefNum = number;
        whole.side = command.side();
        whole.instrument = instruments.find(command.symbol());
        whole.quantity = command.quantity();
        whole.lots = command.quantity();
        whole.price = command.price();
        whole.clOrdIdHigh = command.clOrdIdHigh();
        whole.clOrdIdLow = command.clOrdIdLow();
        whole.timeInForce = OrderRules.DAY;
        whole.display = 'Y';
        whole.capacity = command.capacity();
        whole.sweep = 'N';
        whole.crossType = 'N';
        whole.clearOptions();
        whole.link = OrderTable.NONE;
    }

    /** As one order: who may not enter the whole may not enter it in parts. */
    private int check() {
        int code = rules.check(whole);
        if (code == RejectCode.NONE.code && whole.market) {
            code = RejectCode.MARKET_ORDER.code;
        }
        code = code != 0 ? code : risk.check(whole, OrderTable.NONE);
        if (code == RejectCode.NONE.code
                && authorisation.action(authorisation.find(whole)) != AuthorisationRules.PASS) {
            code = RejectCode.AUTHORISATION_FAILED.code;
        }
        return code;
    }

    private void record(final StartAlgorithmDecoder command, final int algorithm) {
        final long now = state.get(EngineState.TIME_NS);
        records.putLong(algorithm, OrderTable.REFERENCE, state.next(EngineState.ORDER_REFERENCE));
        whole.storeNew(records, algorithm);
        records.putByte(algorithm, AlgorithmTable.KIND, command.kind());
        records.putLong(algorithm, AlgorithmTable.START_NS, now + command.delayNs());
        records.putLong(algorithm, AlgorithmTable.INTERVAL_NS, command.intervalNs());
        records.putInt(algorithm, AlgorithmTable.SLICES, (int) command.slices());
        records.putInt(
                algorithm, AlgorithmTable.PARTICIPATION_BPS, (int) command.participationBps());
        records.putLong(
                algorithm, AlgorithmTable.START_VOLUME, instruments.volume(whole.instrument));
        records.putLong(algorithm, AlgorithmTable.REQUEST_HIGH, command.requestHigh());
        records.putLong(algorithm, AlgorithmTable.REQUEST_LOW, command.requestLow());
    }

    int stop(final StopAlgorithmDecoder command) {
        final int session = sessions.find(command.username());
        final int algorithm =
                session == SessionTable.NONE
                        ? AlgorithmTable.NONE
                        : algorithms.find(session, (int) command.number());
        if (algorithm == AlgorithmTable.NONE) {
            return RejectCode.UNKNOWN_ORDER.code;
        }
        if (jobs.isFull()) {
            return RejectCode.SWEEP_CAPACITY.code;
        }
        stop(algorithm, OrderState.CANCELLED, CancelReason.SUPERVISORY);
        return RejectCode.NONE.code;
    }

    private void stop(final int algorithm, final OrderState end, final int reason) {
        if (algorithms.working(algorithm) > 0) {
            jobs.begin(reason).narrow(SweepQueue.ALGORITHM, algorithm);
        }
        progress.stop(algorithm, end);
    }

    /**
     * A slice is due, or the end; slices that were missed are made up for in one. While orders are
     * being cancelled nothing is entered.
     */
    void due(final int algorithm) {
        final long now = state.get(EngineState.TIME_NS);
        final long startNs = algorithms.startNs(algorithm);
        final long intervalNs = algorithms.intervalNs(algorithm);
        final long slice = (now - startNs) / intervalNs + 1;
        if (!jobs.isEmpty()) {
            timers.set(tables.algorithmTimer(algorithm), now + RETRY_NS);
        } else if (slice > algorithms.slices(algorithm)) {
            stop(algorithm, OrderState.EXPIRED, CancelReason.TIMEOUT);
        } else {
            records.putInt(algorithm, AlgorithmTable.SLICE, (int) slice);
            timers.set(tables.algorithmTimer(algorithm), startNs + slice * intervalNs);
            final long lots = lots(algorithm, slice);
            if (lots > 0) {
                enter(algorithm, lots);
            }
        }
    }

    /** What is behind its schedule, as far as it may be one order; 0 for nothing yet. */
    private long lots(final int algorithm, final long slice) {
        final int instrument = algorithms.instrument(algorithm);
        final long leaves = algorithms.leaves(algorithm);
        final long sent = algorithms.quantity(algorithm) - leaves;
        final long behind = Math.min(leaves, target(algorithm, slice) - sent);
        final long least = instruments.minQuantity(instrument);
        long lots = Math.max(0, behind - behind % instruments.lotSize(instrument));
        if (lots >= least && leaves - lots < least) {
            lots = leaves;
        }
        return lots < least ? 0 : lots;
    }

    /** Lots that should have been sent by now. */
    private long target(final int algorithm, final long slice) {
        final long quantity = algorithms.quantity(algorithm);
        if (algorithms.kind(algorithm) == AlgorithmTable.BY_TIME) {
            return Money.part(quantity, slice, algorithms.slices(algorithm));
        }
        final long traded =
                instruments.volume(algorithms.instrument(algorithm))
                        - records.getLong(algorithm, AlgorithmTable.START_VOLUME);
        return Money.part(traded, algorithms.participationBps(algorithm), Money.BASIS_POINTS);
    }

    private void enter(final int algorithm, final long lots) {
        final int session = algorithms.session(algorithm);
        final OrderRequest child = entry.child();
        child.load(records, algorithm);
        child.userRefNum = sessions.lastUserRefNum(session, AlgorithmTable.SERIES) + 1;
        child.quantity = lots;
        child.lots = lots;
        child.linkId = algorithms.number(algorithm);
        progress.send(algorithm, lots);
        final int code = entry.enterChild(algorithm);
        if (code != RejectCode.NONE.code) {
            progress.takeBack(algorithm, lots, code);
        }
    }
}
