package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.LinkBooksEncoder;
import io.spindle.oms.command.SetAccountFeesEncoder;
import io.spindle.oms.command.SetDisconnectGraceEncoder;
import io.spindle.oms.command.SetFeesEncoder;
import io.spindle.oms.command.SetInstrumentRiskEncoder;
import io.spindle.oms.command.SetRateEncoder;

import java.util.UUID;

/** On which terms members trade: fees, message rates, an instrument's risk, grace. */
public final class TermsCommands {
    private static final int RESTRICTED = 1;
    private static final int REFERENCE_NEEDED = 2;

    private TermsCommands() {}

    /**
     * A schedule's rates, in millionths of a trade's value; negative is a rebate.
     *
     * @param schedule 0 … 255
     */
    public static AdminCommand setFees(
            final UUID request, final int schedule, final int makerPpm, final int takerPpm) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetFeesEncoder command = new SetFeesEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .schedule((short) schedule)
                            .makerPpm(makerPpm)
                            .takerPpm(takerPpm);
                    return command.limit();
                });
    }

    public static AdminCommand setAccountFees(
            final UUID request, final String account, final int schedule) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetAccountFeesEncoder command = new SetAccountFeesEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.pack(account, Long.BYTES))
                            .schedule((short) schedule);
                    return command.limit();
                });
    }

    /** Two books of one instrument, the first of which accounts hold. */
    public static AdminCommand linkBooks(
            final UUID request, final String symbol, final String other) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final LinkBooksEncoder command = new LinkBooksEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .otherSymbol(Ascii.pack(other));
                    return command.limit();
                });
    }

    /**
     * The token bucket of a session or an account.
     *
     * @param mode R reject, Q queue, L log out after repeated breach
     * @param perSecond 0 = no limit
     */
    public static AdminCommand setRate(
            final UUID request,
            final Scope scope,
            final char mode,
            final int perSecond,
            final int burst) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetRateEncoder command = new SetRateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(scope.kind().letter)
                            .mode((byte) mode)
                            .accountHigh(scope.accountHigh())
                            .accountLow(scope.accountLow())
                            .username(scope.username())
                            .perSecond(perSecond)
                            .burst(burst);
                    return command.limit();
                });
    }

    /**
     * An instrument's risk terms.
     *
     * @param bandBps price band around the reference; 0 = none
     * @param marginBps initial margin; 0 = full value
     * @param settlementDays 0 … 3 trading days
     */
    public record InstrumentRisk(
            int bandBps,
            int marginBps,
            int settlementDays,
            boolean restricted,
            boolean referenceNeeded) {}

    public static AdminCommand setInstrumentRisk(
            final UUID request, final String symbol, final InstrumentRisk risk) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetInstrumentRiskEncoder command = new SetInstrumentRiskEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .bandBps(risk.bandBps)
                            .marginBps(risk.marginBps)
                            .settlementDays((short) risk.settlementDays)
                            .flags(
                                    (short)
                                            ((risk.restricted ? RESTRICTED : 0)
                                                    | (risk.referenceNeeded
                                                            ? REFERENCE_NEEDED
                                                            : 0)));
                    return command.limit();
                });
    }

    /** How long a session's orders outlive its connection. */
    public static AdminCommand setDisconnectGrace(
            final UUID request, final String session, final long graceNs) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetDisconnectGraceEncoder command = new SetDisconnectGraceEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .username(Ascii.pack(session))
                            .graceNs(graceNs);
                    return command.limit();
                });
    }
}
