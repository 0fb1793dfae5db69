package io.spindle.oms;

import io.spindle.oms.command.AccountQueryDecoder;
import io.spindle.oms.command.AuthoriseDecoder;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.MassCancelDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;
import io.spindle.oms.command.SetEntryDecoder;

/** Sessions coming and going, what a session does to many orders, time, and checkpoints. */
final class Housekeeping {
    /** Timers worked off by one tick. */
    static final int MAX_TIMERS = 256;

    private final Tables tables;
    private final EngineState state;
    private final SessionTable sessions;
    private final OrderTable orders;
    private final TimerQueue timers;
    private final NumberGate numbers;
    private final Sweeps sweeps;
    private final SweepQueue jobs;
    private final SessionEnds ends;
    private final HeldOrders held;
    private final AuctionCalls calls;
    private final OrderEntry entry;
    private final RoutedOrders routed;
    private final Algorithms algorithms;
    private final DayOpening opening;
    private final Emitter emitter;

    Housekeeping(
            final Tables tables,
            final Stages stages,
            final OrderEntry entry,
            final RoutedOrders routed,
            final Algorithms algorithms,
            final DayOpening opening) {
        this.tables = tables;
        this.state = tables.state;
        this.sessions = tables.sessions;
        this.orders = tables.orders;
        this.timers = tables.timers;
        this.numbers = stages.numbers;
        this.sweeps = stages.sweeps;
        this.jobs = stages.jobs;
        this.ends = stages.sessionEnds;
        this.held = stages.held;
        this.calls = stages.calls;
        this.entry = entry;
        this.routed = routed;
        this.algorithms = algorithms;
        this.opening = opening;
        this.emitter = stages.emitter;
    }

    void query(final AccountQueryDecoder command) {
        final int session = command.session();
        if (sessions.isDefined(session)) {
            final int userRefIdx = command.userRefIdx();
            emitter.nextUserRefNum(
                    session, userRefIdx, sessions.lastUserRefNum(session, userRefIdx) + 1);
        }
    }

    /** Whoever else is up at the source it comes from goes down. */
    void sessionUp(final SessionUpDecoder command) {
        final int session = command.session();
        if (!sessions.isDefined(session)) {
            return;
        }
        final int address = (int) command.address();
        final int port = command.port();
        ends.takeDownOthers(session, address, port);
        final Slab records = sessions.records();
        records.putInt(session, SessionTable.ADDRESS, address);
        records.putShort(session, SessionTable.PORT, port);
        records.putLong(session, SessionTable.MAC, command.mac());
        records.putByte(session, SessionTable.UP, SessionTable.CURRENT);
        timers.clear(tables.graceTimer(session));
        emitter.sessionUp(session);
    }

    void sessionDown(final SessionDownDecoder command) {
        final int session = command.session();
        if (sessions.isDefined(session)) {
            ends.takeDown(session, command.reason());
        }
    }

    /**
     * Everything due, in the order of its deadlines, a bounded number at a time: an algorithm's
     * slice may trade a lot, so it is a tick's last.
     */
    void tick() {
        calls.tick();
        final long now = state.get(EngineState.TIME_NS);
        for (int i = 0; i < MAX_TIMERS && timers.nextDeadlineNs() <= now; i++) {
            final int id = timers.nextId();
            timers.clear(id);
            if (id < orders.capacity()) {
                expire(id);
            } else if (id < tables.queueTimer(0)) {
                ends.cancelOrders(id - tables.graceTimer(0));
            } else if (id < tables.venueTimer(0)) {
                entry.releaseQueue(id - tables.queueTimer(0));
            } else if (id < tables.legTimer(0)) {
                routed.releaseQueue(id - tables.venueTimer(0));
            } else if (id < tables.algorithmTimer(0)) {
                routed.timedOut(id - tables.legTimer(0));
            } else {
                algorithms.due(id - tables.algorithmTimer(0));
                break;
            }
        }
    }

    private void expire(final int order) {
        if (held.isHeld(order)) {
            held.end(order, OrderState.EXPIRED, RejectCode.AUTHORISATION_EXPIRED.code);
        } else {
            held.cancel(order, CancelReason.TIMEOUT);
        }
    }

    void proceed(final long origin) {
        sweeps.proceed(origin);
    }

    /** An operator's word on a held order. */
    int authorise(final AuthoriseDecoder command) {
        final int order =
                orders.find(
                        command.session(),
                        command.userRefIdx(),
                        (int) command.userRefNum(),
                        command.orderReference());
        if (order == OrderTable.NONE || !held.isHeld(order) || held.isWaiting(order)) {
            return RejectCode.UNKNOWN_ORDER.code;
        }
        if (command.release() != 0) {
            entry.release(order);
        } else {
            held.end(order, OrderState.REJECTED, RejectCode.AUTHORISATION_REFUSED.code);
        }
        return RejectCode.NONE.code;
    }

    /** Only what the session itself has entered; the answer comes before the cancels. */
    void massCancel(final MassCancelDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        if (!numbers.isNew(session, userRefIdx, userRefNum)) {
            return;
        }
        numbers.consume(session, userRefIdx, userRefNum);
        final long symbol = command.symbol();
        final int instrument =
                symbol == Ascii.BLANK ? SweepQueue.ANY : tables.instruments.find(symbol);
        final RejectCode refusal = checkMassCancel(command, instrument);
        if (refusal != RejectCode.NONE) {
            emitter.rejected(session, userRefIdx, userRefNum, refusal.code, 0, 0);
            return;
        }
        emitter.massCancelled(session, userRefIdx, userRefNum, command.firm(), symbol);
        jobs.begin(CancelReason.USER)
                .narrow(SweepQueue.SESSION, session)
                .narrow(SweepQueue.INSTRUMENT, instrument);
        if (command.side() != MassCancelDecoder.sideNullValue()) {
            jobs.narrow(SweepQueue.SIDE, command.side() == 'B' ? 'B' : 'S');
        }
        if (command.groupId() != MassCancelDecoder.groupIdNullValue()) {
            jobs.narrow(SweepQueue.GROUP, command.groupId());
        }
        if (command.onlyUserRefIdx() != MassCancelDecoder.onlyUserRefIdxNullValue()) {
            jobs.narrow(SweepQueue.USER_REF_IDX, command.onlyUserRefIdx());
        }
    }

    private RejectCode checkMassCancel(final MassCancelDecoder command, final int instrument) {
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL;
        }
        final boolean bothSides = command.side() == MassCancelDecoder.sideNullValue();
        if (!bothSides && OrderRules.checkSide(command.side()) != RejectCode.NONE.code) {
            return RejectCode.SIDE;
        }
        return jobs.isFull() ? RejectCode.SWEEP_CAPACITY : RejectCode.NONE;
    }

    /** A session stops or starts entry for its own firm, with the least authority there is. */
    void setEntry(final SetEntryDecoder command) {
        final int session = command.session();
        final int userRefIdx = command.userRefIdx();
        final int userRefNum = (int) command.userRefNum();
        if (!numbers.isNew(session, userRefIdx, userRefNum)) {
            return;
        }
        numbers.consume(session, userRefIdx, userRefNum);
        final int firm = sessions.firm(session);
        if (command.firm() != firm) {
            emitter.rejected(
                    session, userRefIdx, userRefNum, RejectCode.FIRM_NOT_AUTHORIZED.code, 0, 0);
            return;
        }
        final boolean enabled = command.enabled() != 0;
        final int index = tables.firms.find(firm);
        tables.scopes.block(
                RiskDesk.FIRM, index, 0, enabled ? EntryState.ACTIVE : EntryState.CANCEL_ONLY);
        emitter.entrySet(session, userRefIdx, userRefNum, firm, enabled);
        emitter.entryState(RiskDesk.FIRM, index, tables.scopes.entryState(RiskDesk.FIRM, index));
    }

    void clockAnchor(final ClockAnchorDecoder command) {
        state.set(EngineState.CLOCK_OFFSET_NS, command.offsetNs());
    }

    void checkpoint(final CheckpointDecoder command) {
        final long expected = command.eventDigest();
        final long actual = state.get(EngineState.DIGEST);
        if (expected != actual) {
            emitter.digestMismatch(expected, actual);
        }
    }

    /**
     * Outbound sequences begin at 1 again, UserRefNum goes on; trades come a day nearer to their
     * settlement; day orders end and carried ones are restated, in slices. A day or an epoch that
     * has begun does not begin again.
     */
    void dayStart(final DayStartDecoder command) {
        if (!isLater(command)) {
            return;
        }
        state.set(EngineState.DATE, command.date());
        state.set(EngineState.EPOCH, command.epoch());
        state.next(EngineState.DAY_NUMBER);
        sessions.startDay();
        emitter.dayStart((int) command.date(), command.epoch());
        closeGate();
        opening.publish();
        if (orders.open() > 0 || tables.algorithms.open() > 0) {
            jobs.begin(SweepQueue.DAY_END);
        }
    }

    private boolean isLater(final DayStartDecoder command) {
        final long date = state.get(EngineState.DATE);
        return command.date() > date
                || command.date() == date && command.epoch() > state.get(EngineState.EPOCH);
    }

    /** Where a day has to be signed off, nothing but cancels is taken until it is. */
    private void closeGate() {
        if (state.get(EngineState.DAY_GATE) != 0) {
            tables.scopes.block(RiskDesk.SYSTEM, 0, LimitLine.SUPERVISOR, EntryState.CANCEL_ONLY);
            emitter.entryState(RiskDesk.SYSTEM, 0, tables.scopes.entryState(RiskDesk.SYSTEM, 0));
        }
    }
}
