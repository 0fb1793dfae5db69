package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Instrument;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.EntryState;
import io.spindle.oms.FeeTable;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.RiskView;
import io.spindle.oms.TradingEngine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** On which terms members trade, by the names that people know, read between two commands. */
public final class Terms {
    private final TradingEngine engine;
    private final EngineNames names;
    private final RiskView risk;

    Terms(final TradingEngine engine, final EngineNames names) {
        this.engine = engine;
        this.names = names;
        this.risk = RiskView.of(engine);
    }

    /**
     * A scope's place in the engine's table; empty if there is no such thing.
     *
     * @param scope Y system, F firm, A account, S session
     */
    private OptionalInt index(final char scope, final String name) {
        final int index =
                switch (scope) {
                    case 'Y' -> 0;
                    case 'F' -> engine.firms().find(Ascii.packInt(name));
                    case 'A' -> account(name);
                    default -> engine.sessions().find(Ascii.pack(name));
                };
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    private int account(final String code) {
        return engine.accounts().find(Ascii.pack(code), Ascii.pack(code, Long.BYTES));
    }

    /** A scope's own limits. */
    public Optional<RiskView.Limits> limits(final char scope, final String name) {
        final OptionalInt index = index(scope, name);
        return index.isEmpty()
                ? Optional.empty()
                : Optional.of(risk.limits(scope, index.getAsInt()));
    }

    /**
     * A scope whose order entry is not free.
     *
     * @param scope system, firm, account or session
     * @param name empty for the system, as is the firm
     * @param entryState of {@link EntryState}, the strictest that any authority has set here
     */
    public record Block(String scope, String name, String firm, int entryState) {}

    /** What is stopped, from the system down to sessions. */
    public List<Block> blocks() {
        final List<Block> blocks = new ArrayList<>();
        blocks.add(new Block("system", "", "", risk.entryState('Y', 0)));
        for (int firm = 0; firm < engine.firms().count(); firm++) {
            final String code = Ascii.unpack(engine.firms().code(firm));
            blocks.add(new Block("firm", code, code, risk.entryState('F', firm)));
        }
        for (int account = AccountTable.FEES + 1; account < engine.accounts().count(); account++) {
            final int state = risk.entryState('A', account);
            if (state != EntryState.ACTIVE) {
                blocks.add(
                        new Block(
                                "account",
                                names.account(account),
                                names.firmOfAccount(account),
                                state));
            }
        }
        for (int session = 0; session < engine.sessions().count(); session++) {
            final int state = risk.entryState('S', session);
            if (state != EntryState.ACTIVE) {
                blocks.add(
                        new Block(
                                "session",
                                names.username(session),
                                names.firmOfSession(session),
                                state));
            }
        }
        blocks.removeIf(block -> block.entryState == EntryState.ACTIVE);
        return blocks;
    }

    /** A rule with the names of its account and symbol, empty for any. */
    public record Rule(RiskView.Rule terms, String account, String symbol) {}

    /** The authorisation rules that are set. */
    public List<Rule> rules() {
        final List<Rule> rules = new ArrayList<>();
        for (int number = 1; number <= RiskView.MAX_RULES; number++) {
            rule(number).ifPresent(rules::add);
        }
        return rules;
    }

    public Optional<Rule> rule(final int number) {
        final RiskView.Rule rule = risk.rule(number);
        if (rule.action() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Rule(
                        rule,
                        rule.account() == AccountTable.NONE ? "" : names.account(rule.account()),
                        rule.instrument() == InstrumentTable.NONE
                                ? ""
                                : names.instrument(rule.instrument()).symbol()));
    }

    /**
     * A limiter and how full it is.
     *
     * @param kind session or account
     * @param queued orders that wait behind it
     */
    public record Rate(String kind, String name, String firm, RiskView.Rate bucket, int queued) {}

    /** The limiters of all sessions and accounts. */
    public List<Rate> rates() {
        final List<Rate> rates = sessionRates();
        for (int account = AccountTable.FEES + 1; account < engine.accounts().count(); account++) {
            rates.add(
                    new Rate(
                            "account",
                            names.account(account),
                            names.firmOfAccount(account),
                            risk.accountRate(account),
                            0));
        }
        return rates;
    }

    /** The limiters of all sessions. */
    public List<Rate> sessionRates() {
        final List<Rate> rates = new ArrayList<>();
        for (int session = 0; session < engine.sessions().count(); session++) {
            rates.add(
                    new Rate(
                            "session",
                            names.username(session),
                            names.firmOfSession(session),
                            risk.sessionRate(session),
                            engine.sessionQueued(session)));
        }
        return rates;
    }

    /**
     * The limiters of all accounts together.
     *
     * @param limited accounts that have one
     * @param empty those of them without a whole token
     * @param breaches orders that found no token of their account
     */
    public record AccountRates(int limited, int empty, long breaches) {}

    public AccountRates accountRates() {
        int limited = 0;
        int empty = 0;
        long breaches = 0;
        for (int account = AccountTable.FEES + 1; account < engine.accounts().count(); account++) {
            final RiskView.Rate rate = risk.accountRate(account);
            limited += rate.perSecond() == 0 ? 0 : 1;
            empty += rate.tokens() < 1 ? 1 : 0;
            breaches += rate.breaches();
        }
        return new AccountRates(limited, empty, breaches);
    }

    /**
     * The limiter of what is sent to a venue.
     *
     * @param tokens whole ones left; {@link Long#MAX_VALUE} without a limit
     */
    public record VenueRate(String venue, long tokens) {}

    /** The limiters of all venues. */
    public List<VenueRate> venueRates() {
        final List<VenueRate> rates = new ArrayList<>();
        for (int venue = 0; venue < engine.venues().count(); venue++) {
            final String code = Ascii.unpack(engine.venues().code(venue)).strip();
            rates.add(new VenueRate(code, engine.venueTokens(venue)));
        }
        return rates;
    }

    /** A fee schedule's rates in millionths of a trade's value. */
    public record Fees(int schedule, int makerPpm, int takerPpm) {}

    public Fees fees(final int schedule) {
        return new Fees(
                schedule, engine.fees().makerPpm(schedule), engine.fees().takerPpm(schedule));
    }

    /** The schedules whose rates are not both zero. */
    public List<Fees> fees() {
        final List<Fees> fees = new ArrayList<>();
        for (int schedule = 0; schedule < FeeTable.SCHEDULES; schedule++) {
            final Fees one = fees(schedule);
            if (one.makerPpm != 0 || one.takerPpm != 0) {
                fees.add(one);
            }
        }
        return fees;
    }

    /** The fee schedule of an account; empty if there is no such account. */
    public OptionalInt feeSchedule(final String account) {
        final int index = account(account);
        return index == AccountTable.NONE
                ? OptionalInt.empty()
                : OptionalInt.of(risk.feeSchedule(index));
    }

    public RiskView.InstrumentRisk risk(final Instrument instrument) {
        return risk.instrument(instrument.locate());
    }
}
