package io.spindle.oms;

import io.spindle.oms.command.AdminCancelEncoder;
import io.spindle.oms.command.AnnotateEncoder;
import io.spindle.oms.command.AuthoriseEncoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.MassCancelEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetAccountFeesEncoder;
import io.spindle.oms.command.SetAuthorisationRuleEncoder;
import io.spindle.oms.command.SetDayGateEncoder;
import io.spindle.oms.command.SetDisconnectGraceEncoder;
import io.spindle.oms.command.SetEntryEncoder;
import io.spindle.oms.command.SetEntryStateEncoder;
import io.spindle.oms.command.SetFeesEncoder;
import io.spindle.oms.command.SetInstrumentRiskEncoder;
import io.spindle.oms.command.SetLimitsEncoder;
import io.spindle.oms.command.SetRateEncoder;
import io.spindle.oms.command.SetReferencePriceEncoder;
import io.spindle.oms.command.TickEncoder;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What operators, timers and the loop do to a {@link Market}, in their words. */
final class Desk {
    static final long NONE = Long.MIN_VALUE;
    private final Market market;

    Desk(final Market market) {
        this.market = market;
    }

    private List<String> send(final int encodedLength) {
        market.onCommand(market.buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        return market.events.take();
    }

    /** A scope's limits; begin with {@link #limits} and set what there is. */
    List<String> send(final SetLimitsEncoder encoder) {
        return send(encoder.encodedLength());
    }

    SetLimitsEncoder limits(final char scope, final String name) {
        return new SetLimitsEncoder()
                .wrapAndApplyHeader(market.buffer, 0, market.header)
                .requestHigh(0)
                .requestLow(0)
                .scope((byte) scope)
                .firm(Ascii.packInt(name))
                .accountHigh(Ascii.pack(name))
                .accountLow(Ascii.pack(name, 8))
                .username(Ascii.pack(name))
                .openOrders(NONE)
                .orderQuantity(NONE)
                .orderNotional(NONE)
                .position(NONE)
                .exposure(NONE)
                .alike(NONE)
                .warnPercent((short) 0);
    }

    List<String> block(
            final char scope,
            final String name,
            final char state,
            final int authority,
            final boolean cancel) {
        return send(
                new SetEntryStateEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .scope((byte) scope)
                        .state((byte) state)
                        .cancelOrders((short) (cancel ? 1 : 0))
                        .authority((short) authority)
                        .firm(Ascii.packInt(name))
                        .accountHigh(Ascii.pack(name))
                        .accountLow(Ascii.pack(name, 8))
                        .username(Ascii.pack(name))
                        .operatorId(7)
                        .encodedLength());
    }

    List<String> dayGate(final boolean required) {
        return send(
                new SetDayGateEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .required((short) (required ? 1 : 0))
                        .encodedLength());
    }

    List<String> annotate(final String record) {
        final byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        return send(
                new AnnotateEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .putRecord(bytes, 0, bytes.length)
                        .encodedLength());
    }

    List<String> instrumentRisk(
            final String symbol,
            final int bandBps,
            final int marginBps,
            final int settlementDays,
            final int flags) {
        return send(
                new SetInstrumentRiskEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .symbol(Ascii.pack(symbol))
                        .bandBps(bandBps)
                        .marginBps(marginBps)
                        .settlementDays((short) settlementDays)
                        .flags((short) flags)
                        .encodedLength());
    }

    List<String> reference(final String symbol, final long price) {
        return send(
                new SetReferencePriceEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .symbol(Ascii.pack(symbol))
                        .price(price)
                        .encodedLength());
    }

    List<String> fees(final int schedule, final int makerPpm, final int takerPpm) {
        return send(
                new SetFeesEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .schedule((short) schedule)
                        .makerPpm(makerPpm)
                        .takerPpm(takerPpm)
                        .encodedLength());
    }

    List<String> accountFees(final String account, final int schedule) {
        return send(
                new SetAccountFeesEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .accountHigh(Ascii.pack(account))
                        .accountLow(Ascii.pack(account, 8))
                        .schedule((short) schedule)
                        .encodedLength());
    }

    List<String> rate(
            final char scope,
            final String name,
            final char mode,
            final int perSecond,
            final int burst) {
        return send(
                new SetRateEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .scope((byte) scope)
                        .mode((byte) mode)
                        .accountHigh(Ascii.pack(name))
                        .accountLow(Ascii.pack(name, 8))
                        .username(Ascii.pack(name))
                        .perSecond(perSecond)
                        .burst(burst)
                        .encodedLength());
    }

    List<String> rule(
            final int rule,
            final char action,
            final String account,
            final String symbol,
            final long minQuantity,
            final long minNotional,
            final long holdNs) {
        return send(
                new SetAuthorisationRuleEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .rule((short) rule)
                        .action((byte) action)
                        .accountHigh(Ascii.pack(account))
                        .accountLow(Ascii.pack(account, 8))
                        .symbol(Ascii.pack(symbol))
                        .minQuantity(minQuantity)
                        .minNotional(minNotional)
                        .holdNs(holdNs)
                        .encodedLength());
    }

    List<String> authorise(
            final int session, final int number, final long reference, final boolean release) {
        return send(
                new AuthoriseEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .orderReference(reference)
                        .session(session)
                        .userRefIdx((short) 0)
                        .release((short) (release ? 1 : 0))
                        .userRefNum(number)
                        .operatorId(7)
                        .encodedLength());
    }

    List<String> grace(final String username, final long graceNs) {
        return send(
                new SetDisconnectGraceEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(0)
                        .username(Ascii.pack(username))
                        .graceNs(graceNs)
                        .encodedLength());
    }

    AdminCancelEncoder cancel(final char scope, final String name) {
        return new AdminCancelEncoder()
                .wrapAndApplyHeader(market.buffer, 0, market.header)
                .requestHigh(0)
                .requestLow(0)
                .scope((byte) scope)
                .firm(Ascii.packInt(name))
                .accountHigh(Ascii.pack(name))
                .accountLow(Ascii.pack(name, 8))
                .username(Ascii.pack(name))
                .symbol(Ascii.BLANK)
                .orderReference(0)
                .session(0)
                .userRefIdx((short) 0)
                .userRefNum(0)
                .operatorId(7);
    }

    List<String> send(final AdminCancelEncoder encoder) {
        return send(encoder.encodedLength());
    }

    /** Everything of the session, to be narrowed. */
    MassCancelEncoder massCancel(final int session, final int number) {
        return new MassCancelEncoder()
                .wrapAndApplyHeader(market.buffer, 0, market.header)
                .session(session)
                .userRefIdx((short) 0)
                .side(MassCancelEncoder.sideNullValue())
                .userRefNum(number)
                .firm(Ascii.packInt(SampleMarket.FIRM))
                .symbol(Ascii.BLANK)
                .groupId(MassCancelEncoder.groupIdNullValue())
                .onlyUserRefIdx(MassCancelEncoder.onlyUserRefIdxNullValue())
                .receivedNs(market.nowNs);
    }

    List<String> send(final MassCancelEncoder encoder) {
        return send(encoder.encodedLength());
    }

    List<String> setEntry(
            final int session, final int number, final String firm, final boolean enabled) {
        return send(
                new SetEntryEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .session(session)
                        .userRefIdx((short) 0)
                        .enabled((short) (enabled ? 1 : 0))
                        .userRefNum(number)
                        .firm(Ascii.packInt(firm))
                        .encodedLength());
    }

    /** One slice of the work that is pending. */
    List<String> proceed() {
        return send(
                new ContinueEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .origin(market.engine.pendingContinue())
                        .encodedLength());
    }

    /** Time passes to the engine's next deadline, and is logged. */
    List<String> tick() {
        market.nowNs = Math.max(market.nowNs, market.engine.nextDeadlineNs());
        return send(
                new TickEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .encodedLength());
    }

    /** An account with its own flags, of the sample firm, and a session that uses it. */
    void member(final String name, final int accountFlags, final int sessionFlags) {
        new CommandBatch(market, 0, 0)
                .account(name, SampleMarket.FIRM, accountFlags)
                .session(
                        new CommandBatch.Session(
                                name,
                                SampleMarket.FIRM,
                                name,
                                sessionFlags,
                                new byte[SessionTable.SALT_LENGTH],
                                new byte[SessionTable.SECRET_LENGTH]))
                .commit();
        market.events.take();
    }

    void deposit(final String account, final long cash, final String symbol, final long lots) {
        new CommandBatch(market, 0, 0)
                .cash(account, SampleMarket.CURRENCY, cash)
                .holding(account, symbol, lots)
                .commit();
        market.events.take();
    }

    int session(final String name) {
        return market.engine.sessions().find(Ascii.pack(name));
    }

    int cashSlot(final String account) {
        final int dollars = Ascii.packInt(SampleMarket.CURRENCY);
        return market.engine.cash().find(accountNumber(account), dollars);
    }

    int holdingSlot(final String account) {
        return market.engine.holdings().find(accountNumber(account), 1);
    }

    long free(final String account) {
        final int flags = market.engine.accounts().flags(accountNumber(account));
        return market.engine.cash().free(cashSlot(account), flags);
    }

    int accountNumber(final String account) {
        return market.engine.accounts().find(Ascii.pack(account), Ascii.pack(account, 8));
    }
}
