package io.spindle.oms;

import io.spindle.matcher.Cold;

/**
 * What admin commands have set about risk, read between two commands: limits and blocks of every
 * scope, rates, authorisation rules. For replicas; indexes are those of the engine's tables.
 */
@Cold
public final class RiskView {
    /** Rules are numbered from 1 to this. */
    public static final int MAX_RULES = AuthorisationRules.MAX_RULES;

    /** Stands for a limit that is not set. */
    public static final long NO_LIMIT = LimitLine.NO_LIMIT;

    private final Tables tables;

    private RiskView(final Tables tables) {
        this.tables = tables;
    }

    public static RiskView of(final TradingEngine engine) {
        return new RiskView(engine.tables());
    }

    /**
     * A scope's own limits, not tightened by those above it; {@link #NO_LIMIT} where there is none.
     *
     * @param orderNotional in 10^-4 of the currency, as is exposure
     * @param position in lots
     * @param warnPercent early warning at this part of a limit, 0 = none
     */
    public record Limits(
            long openOrders,
            long orderQuantity,
            long orderNotional,
            long position,
            long exposure,
            long alike,
            int warnPercent) {}

    /**
     * The limits of a scope.
     *
     * @param scope Y system, F firm, A account, S session
     * @param index in the scope's table; 0 for the system
     */
    public Limits limits(final char scope, final int index) {
        final Slab records = tables.scopes.records(scope);
        final int line = tables.scopes.line(scope);
        return new Limits(
                records.getLong(index, line + LimitLine.OPEN_ORDERS),
                records.getLong(index, line + LimitLine.ORDER_QUANTITY),
                records.getLong(index, line + LimitLine.ORDER_NOTIONAL),
                records.getLong(index, line + LimitLine.POSITION),
                records.getLong(index, line + LimitLine.EXPOSURE),
                records.getLong(index, line + LimitLine.ALIKE),
                records.getInt(index, line + LimitLine.WARN_PERCENT));
    }

    /** The strictest {@link EntryState} that any authority has set at this scope. */
    public int entryState(final char scope, final int index) {
        return tables.scopes.entryState(scope, index);
    }

    /**
     * A token bucket.
     *
     * @param perSecond 0 = no limit
     * @param mode R reject, Q queue, L log out after repeated breach
     */
    public record Rate(long perSecond, int burst, char mode, long tokens, long breaches) {}

    public Rate sessionRate(final int session) {
        return rate(tables.sessionRates, session);
    }

    public Rate accountRate(final int account) {
        return rate(tables.accountRates, account);
    }

    private Rate rate(final RateGate gate, final int index) {
        final long now = tables.state.get(EngineState.TIME_NS);
        return new Rate(
                gate.perSecond(index),
                gate.burst(index),
                (char) gate.mode(index),
                gate.tokens(index, now),
                gate.breaches(index));
    }

    /**
     * An authorisation rule.
     *
     * @param action P pass, A hold for authorisation, F fail, 0 = no rule
     * @param account index, {@link AccountTable#NONE} = any
     * @param instrument index, {@link InstrumentTable#NONE} = any
     * @param minNotional in 10^-4 of the currency
     */
    public record Rule(
            int number,
            char action,
            int account,
            int instrument,
            long minQuantity,
            long minNotional,
            long holdNs) {}

    /** The rule with this number, from 1 to {@link #MAX_RULES}. */
    public Rule rule(final int number) {
        return tables.authorisation.rule(number);
    }

    /**
     * An instrument's risk terms.
     *
     * @param bandBps price band around the reference; 0 = none
     * @param marginBps initial margin; 0 = full value
     * @param referencePrice wire price; 0 = the last trade's
     * @param linked number of the other book in which the same lots are traded, 0 for none
     */
    public record InstrumentRisk(
            int bandBps,
            int marginBps,
            int settlementDays,
            boolean restricted,
            boolean referenceNeeded,
            long referencePrice,
            int linked) {}

    public InstrumentRisk instrument(final int instrument) {
        final Slab records = tables.instruments.records();
        final int flags = records.getByte(instrument, InstrumentTable.RISK_FLAGS);
        return new InstrumentRisk(
                records.getInt(instrument, InstrumentTable.BAND_BPS),
                records.getInt(instrument, InstrumentTable.MARGIN_BPS),
                records.getByte(instrument, InstrumentTable.SETTLEMENT_DAYS),
                (flags & InstrumentTable.FLAG_RESTRICTED) != 0,
                (flags & InstrumentTable.FLAG_REFERENCE_NEEDED) != 0,
                records.getLong(instrument, InstrumentTable.REFERENCE_PRICE),
                tables.instruments.linked(instrument));
    }

    /** The fee schedule of an account. */
    public int feeSchedule(final int account) {
        return tables.accounts.records().getInt(account, AccountTable.FEE_SCHEDULE);
    }
}
