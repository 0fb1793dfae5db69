package io.spindle.oms;

import io.spindle.matcher.Matcher;
import io.spindle.oms.command.AdminCancelDecoder;
import io.spindle.oms.command.SetAccountFeesDecoder;
import io.spindle.oms.command.SetAuthorisationRuleDecoder;
import io.spindle.oms.command.SetDayGateDecoder;
import io.spindle.oms.command.SetDisconnectGraceDecoder;
import io.spindle.oms.command.SetEntryStateDecoder;
import io.spindle.oms.command.SetFeesDecoder;
import io.spindle.oms.command.SetInstrumentRiskDecoder;
import io.spindle.oms.command.SetLimitsDecoder;
import io.spindle.oms.command.SetRateDecoder;
import io.spindle.oms.command.SetReferencePriceDecoder;

/**
 * Limits, blocks, fees, rates and authorisation rules as commands. Every method answers with a
 * {@link RejectCode} number.
 */
final class RiskDesk {
    static final int SYSTEM = 'Y';
    static final int FIRM = 'F';
    static final int ACCOUNT = 'A';
    static final int SESSION = 'S';

    private static final int MAX_BPS = 1_000_000;
    private static final int MAX_WARN_PERCENT = 100;

    private final Tables tables;
    private final InstrumentTable instruments;
    private final AccountTable accounts;
    private final Scopes scopes;
    private final SweepQueue sweeps;
    private final HeldOrders held;
    private final AuctionCalls calls;
    private final Matcher matcher;
    private final Emitter emitter;

    RiskDesk(final Tables tables, final Stages stages, final Matcher matcher) {
        this.tables = tables;
        this.matcher = matcher;
        this.instruments = tables.instruments;
        this.accounts = tables.accounts;
        this.scopes = tables.scopes;
        this.sweeps = stages.jobs;
        this.held = stages.held;
        this.calls = stages.calls;
        this.emitter = stages.emitter;
    }

    /** The block acts at once; the cancels follow in slices. */
    int setEntryState(final SetEntryStateDecoder command) {
        final int entryState = EntryState.of(command.state());
        final int authority = command.authority();
        if (entryState == EntryState.UNKNOWN || authority >= LimitLine.AUTHORITIES) {
            return RejectCode.FIELD.code;
        }
        final int scope = command.scope();
        final int index =
                scopes.find(
                        scope,
                        command.firm(),
                        command.accountHigh(),
                        command.accountLow(),
                        command.username());
        if (index == Scopes.NONE) {
            return Scopes.missing(scope);
        }
        if (command.cancelOrders() != 0 && sweeps.isFull()) {
            return RejectCode.SWEEP_CAPACITY.code;
        }
        scopes.block(scope, index, authority, entryState);
        emitter.entryState(scope, index, scopes.entryState(scope, index));
        if (command.cancelOrders() != 0) {
            narrow(sweeps.begin(CancelReason.KILL_SWITCH), scope, index);
        }
        return entryState == EntryState.ACTIVE && scopes.entryState(scope, index) != entryState
                ? RejectCode.AUTHORITY.code
                : RejectCode.NONE.code;
    }

    int setDayGate(final SetDayGateDecoder command) {
        tables.state.set(EngineState.DAY_GATE, command.required());
        return RejectCode.NONE.code;
    }

    int adminCancel(final AdminCancelDecoder command) {
        if (command.orderReference() != 0) {
            return cancelOne(command);
        }
        final int scope = command.scope();
        final int index =
                scopes.find(
                        scope,
                        command.firm(),
                        command.accountHigh(),
                        command.accountLow(),
                        command.username());
        final long symbol = command.symbol();
        final int instrument = symbol == Ascii.BLANK ? SweepQueue.ANY : instruments.find(symbol);
        if (index == Scopes.NONE || instrument == InstrumentTable.NONE) {
            return index == Scopes.NONE ? Scopes.missing(scope) : RejectCode.SYMBOL.code;
        }
        if (sweeps.isFull()) {
            return RejectCode.SWEEP_CAPACITY.code;
        }
        narrow(
                sweeps.begin(CancelReason.SUPERVISORY).narrow(SweepQueue.INSTRUMENT, instrument),
                scope,
                index);
        return RejectCode.NONE.code;
    }

    private int cancelOne(final AdminCancelDecoder command) {
        final int order =
                tables.orders.find(
                        command.session(),
                        command.userRefIdx(),
                        (int) command.userRefNum(),
                        command.orderReference());
        if (order == OrderTable.NONE) {
            return RejectCode.UNKNOWN_ORDER.code;
        }
        held.cancel(order, CancelReason.SUPERVISORY);
        return RejectCode.NONE.code;
    }

    private static void narrow(final SweepQueue sweep, final int scope, final int index) {
        switch (scope) {
            case FIRM:
                sweep.narrow(SweepQueue.FIRM, index);
                break;
            case ACCOUNT:
                sweep.narrow(SweepQueue.ACCOUNT, index);
                break;
            case SESSION:
                sweep.narrow(SweepQueue.SESSION, index);
                break;
            default:
                break;
        }
    }

    int setLimits(final SetLimitsDecoder command) {
        final int scope = command.scope();
        final int index =
                scopes.find(
                        scope,
                        command.firm(),
                        command.accountHigh(),
                        command.accountLow(),
                        command.username());
        if (index == Scopes.NONE) {
            return Scopes.missing(scope);
        }
        if (command.warnPercent() > MAX_WARN_PERCENT) {
            return RejectCode.FIELD.code;
        }
        final Slab records = scopes.records(scope);
        final int line = scopes.line(scope);
        records.putLong(index, line + LimitLine.OPEN_ORDERS, limit(command.openOrders()));
        records.putLong(index, line + LimitLine.ORDER_QUANTITY, limit(command.orderQuantity()));
        records.putLong(index, line + LimitLine.ORDER_NOTIONAL, limit(command.orderNotional()));
        records.putLong(index, line + LimitLine.POSITION, limit(command.position()));
        records.putLong(index, line + LimitLine.EXPOSURE, limit(command.exposure()));
        records.putLong(index, line + LimitLine.ALIKE, limit(command.alike()));
        records.putInt(index, line + LimitLine.WARN_PERCENT, command.warnPercent());
        scopes.refresh(scope, index);
        return RejectCode.NONE.code;
    }

    private static long limit(final long value) {
        return value == SetLimitsDecoder.openOrdersNullValue() ? LimitLine.NO_LIMIT : value;
    }

    int setInstrumentRisk(final SetInstrumentRiskDecoder command) {
        final int instrument = instruments.find(command.symbol());
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        if (command.bandBps() > MAX_BPS
                || command.marginBps() > Money.BASIS_POINTS
                || command.settlementDays() > Settlement.MAX_DAYS) {
            return RejectCode.FIELD.code;
        }
        final Slab records = instruments.records();
        records.putInt(instrument, InstrumentTable.BAND_BPS, (int) command.bandBps());
        records.putInt(instrument, InstrumentTable.MARGIN_BPS, (int) command.marginBps());
        records.putByte(instrument, InstrumentTable.SETTLEMENT_DAYS, command.settlementDays());
        records.putByte(instrument, InstrumentTable.RISK_FLAGS, command.flags());
        calls.bandSet(instrument);
        return RejectCode.NONE.code;
    }

    int setReferencePrice(final SetReferencePriceDecoder command) {
        final int instrument = instruments.find(command.symbol());
        final long price = command.price();
        if (instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        if (price < 0 || price > instruments.maxPrice(instrument)) {
            return RejectCode.FIELD.code;
        }
        instruments.records().putLong(instrument, InstrumentTable.REFERENCE_PRICE, price);
        matcher.reference(instrument, price / instruments.tickSize(instrument));
        emitter.referencePrice(instrument, price);
        calls.bandSet(instrument);
        return RejectCode.NONE.code;
    }

    int setFees(final SetFeesDecoder command) {
        if (Math.abs(command.makerPpm()) > FeeTable.MAX_PPM
                || Math.abs(command.takerPpm()) > FeeTable.MAX_PPM) {
            return RejectCode.FIELD.code;
        }
        tables.fees.set(command.schedule(), command.makerPpm(), command.takerPpm());
        return RejectCode.NONE.code;
    }

    int setAccountFees(final SetAccountFeesDecoder command) {
        final int account = accounts.find(command.accountHigh(), command.accountLow());
        if (account == AccountTable.NONE) {
            return RejectCode.ACCOUNT.code;
        }
        accounts.records().putInt(account, AccountTable.FEE_SCHEDULE, command.schedule());
        emitter.account(account);
        return RejectCode.NONE.code;
    }

    int setRate(final SetRateDecoder command) {
        final int scope = command.scope();
        final int mode = command.mode();
        if (scope != ACCOUNT && scope != SESSION
                || mode != RateGate.REJECT
                        && (scope == ACCOUNT || mode != RateGate.QUEUE && mode != RateGate.LOG_OUT)
                || command.perSecond() != 0 && command.burst() == 0
                || command.perSecond() > RateGate.MAX_PER_SECOND
                || command.burst() > RateGate.MAX_PER_SECOND) {
            return RejectCode.FIELD.code;
        }
        final int index =
                scopes.find(
                        scope, 0, command.accountHigh(), command.accountLow(), command.username());
        if (index == Scopes.NONE) {
            return Scopes.missing(scope);
        }
        final RateGate gate = scope == SESSION ? tables.sessionRates : tables.accountRates;
        gate.set(index, command.perSecond(), (int) command.burst(), mode);
        return RejectCode.NONE.code;
    }

    int setAuthorisationRule(final SetAuthorisationRuleDecoder command) {
        final int rule = command.rule();
        final int action = command.action();
        if (rule < 1
                || rule > AuthorisationRules.MAX_RULES
                || action != 0
                        && action != AuthorisationRules.PASS
                        && action != AuthorisationRules.HOLD
                        && action != AuthorisationRules.FAIL
                || action == AuthorisationRules.HOLD && command.holdNs() < 1) {
            return RejectCode.FIELD.code;
        }
        final boolean anyAccount =
                command.accountHigh() == Ascii.BLANK && command.accountLow() == Ascii.BLANK;
        final int account =
                anyAccount
                        ? AuthorisationRules.ANY_ACCOUNT
                        : accounts.find(command.accountHigh(), command.accountLow());
        final boolean anySymbol = command.symbol() == Ascii.BLANK;
        final int instrument =
                anySymbol ? AuthorisationRules.ANY_INSTRUMENT : instruments.find(command.symbol());
        if (!anyAccount && account == AccountTable.NONE) {
            return RejectCode.ACCOUNT.code;
        }
        if (!anySymbol && instrument == InstrumentTable.NONE) {
            return RejectCode.SYMBOL.code;
        }
        tables.authorisation.set(
                rule,
                action,
                account,
                instrument,
                command.minQuantity(),
                command.minNotional(),
                command.holdNs());
        return RejectCode.NONE.code;
    }

    int setDisconnectGrace(final SetDisconnectGraceDecoder command) {
        final int session = tables.sessions.find(command.username());
        if (session == SessionTable.NONE || command.graceNs() < 0) {
            return session == SessionTable.NONE ? RejectCode.SESSION.code : RejectCode.FIELD.code;
        }
        tables.sessions.records().putLong(session, SessionTable.GRACE_NS, command.graceNs());
        return RejectCode.NONE.code;
    }
}
