package io.spindle.mgmt.control;

import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.AdminCancelEncoder;
import io.spindle.oms.command.AuthoriseEncoder;
import io.spindle.oms.command.SetAuthorisationRuleEncoder;
import io.spindle.oms.command.SetEntryStateEncoder;
import io.spindle.oms.command.SetLimitsEncoder;

import java.util.Optional;
import java.util.UUID;

/** What may be asked of risk: the kill switch, mass cancel, limits, and order authorisation. */
public final class RiskCommands {
    private static final byte OPERATOR = 2;

    private RiskCommands() {}

    /**
     * The kill switch, and its release.
     *
     * @param state A active, R reduce only, C cancel only, H halted
     */
    public static AdminCommand setEntryState(
            final UUID request,
            final Scope scope,
            final char state,
            final boolean cancelOrders,
            final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetEntryStateEncoder command = new SetEntryStateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(scope.kind().letter)
                            .state((byte) state)
                            .cancelOrders((short) (cancelOrders ? 1 : 0))
                            .authority(OPERATOR)
                            .firm(scope.firm())
                            .accountHigh(scope.accountHigh())
                            .accountLow(scope.accountLow())
                            .username(scope.username())
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }

    /** Cancels all open orders of the scope, of one symbol or of all (empty). */
    public static AdminCommand cancelAll(
            final UUID request, final Scope scope, final String symbol, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AdminCancelEncoder command = new AdminCancelEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(scope.kind().letter)
                            .firm(scope.firm())
                            .accountHigh(scope.accountHigh())
                            .accountLow(scope.accountLow())
                            .username(scope.username())
                            .symbol(Ascii.pack(symbol))
                            .orderReference(0)
                            .session(0)
                            .userRefIdx((short) 0)
                            .userRefNum(0)
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }

    /**
     * An order as commands name it: by reference, and by where to look for it.
     *
     * @param reference must be the order's, or the command is refused
     */
    public record Target(long reference, int session, int userRefIdx, long userRefNum) {
        /** The open order with this id. */
        public static Optional<Target> find(final View.Reading now, final OrderId id) {
            final int session = now.engine().sessions().find(Ascii.pack(id.session()));
            return now.orders()
                    .find(id)
                    .filter(order -> !order.isTerminal())
                    .map(
                            order ->
                                    new Target(
                                            order.orderReference(),
                                            session,
                                            id.userRefIdx(),
                                            id.userRefNum()));
        }
    }

    public static AdminCommand cancelOrder(
            final UUID request, final Target order, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AdminCancelEncoder command = new AdminCancelEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(Scope.Kind.SYSTEM.letter)
                            .firm(0)
                            .accountHigh(Ascii.BLANK)
                            .accountLow(Ascii.BLANK)
                            .username(Ascii.BLANK)
                            .symbol(Ascii.BLANK)
                            .orderReference(order.reference)
                            .session(order.session)
                            .userRefIdx((short) order.userRefIdx)
                            .userRefNum(order.userRefNum)
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }

    /** Releases a held order to the book, or refuses it. */
    public static AdminCommand authorise(
            final UUID request, final Target order, final boolean release, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AuthoriseEncoder command = new AuthoriseEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .orderReference(order.reference)
                            .session(order.session)
                            .userRefIdx((short) order.userRefIdx)
                            .release((short) (release ? 1 : 0))
                            .userRefNum(order.userRefNum)
                            .operatorId(Ascii.pack(operator));
                    return command.limit();
                });
    }

    /**
     * Limits of a scope; null = none.
     *
     * @param orderNotional in 10^-4 of the currency, as is exposure
     * @param alike equal orders within a second
     * @param warnPercent early warning at this part of a limit, 0 = none
     */
    public record Limits(
            Long openOrders,
            Long orderQuantity,
            Long orderNotional,
            Long position,
            Long exposure,
            Long alike,
            int warnPercent) {}

    public static AdminCommand setLimits(
            final UUID request, final Scope scope, final Limits limits) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetLimitsEncoder command = new SetLimitsEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .scope(scope.kind().letter)
                            .firm(scope.firm())
                            .accountHigh(scope.accountHigh())
                            .accountLow(scope.accountLow())
                            .username(scope.username())
                            .openOrders(orNone(limits.openOrders))
                            .orderQuantity(orNone(limits.orderQuantity))
                            .orderNotional(orNone(limits.orderNotional))
                            .position(orNone(limits.position))
                            .exposure(orNone(limits.exposure))
                            .alike(orNone(limits.alike))
                            .warnPercent((short) limits.warnPercent);
                    return command.limit();
                });
    }

    private static long orNone(final Long limit) {
        return limit == null ? SetLimitsEncoder.openOrdersNullValue() : limit;
    }

    /**
     * A rule of the authorisation table; rules are tried by number and the first that fits decides.
     *
     * @param number 1 … 64
     * @param action P pass, A hold for authorisation, F fail, 0 = no rule
     * @param account empty = any, as is symbol
     * @param minNotional in 10^-4 of the currency
     */
    public record Rule(
            int number,
            char action,
            String account,
            String symbol,
            long minQuantity,
            long minNotional,
            long holdNs) {}

    public static AdminCommand setRule(final UUID request, final Rule rule) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetAuthorisationRuleEncoder command = new SetAuthorisationRuleEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .rule((short) rule.number)
                            .action((byte) rule.action)
                            .accountHigh(Ascii.pack(rule.account))
                            .accountLow(Ascii.pack(rule.account, Long.BYTES))
                            .symbol(Ascii.pack(rule.symbol))
                            .minQuantity(rule.minQuantity)
                            .minNotional(rule.minNotional)
                            .holdNs(rule.holdNs);
                    return command.limit();
                });
    }
}
