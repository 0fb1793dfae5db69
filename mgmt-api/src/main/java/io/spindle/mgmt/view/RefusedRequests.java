package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.oms.Ascii;
import io.spindle.oms.OrderState;
import io.spindle.oms.OrderType;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

/**
 * Requests that never became an order: what is known of them is in the command, and in the order
 * that one was to replace.
 */
final class RefusedRequests {
    private static final char UNKNOWN = ' ';

    private final EngineNames names;
    private final CommandInHand command;
    private final OrderHistory history;
    private TradingEngine engine;

    RefusedRequests(
            final EngineNames names, final CommandInHand command, final OrderHistory history) {
        this.names = names;
        this.command = command;
        this.history = history;
    }

    void engine(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** As far as a request tells it. */
    private record Asked(
            Instrument instrument,
            String account,
            char side,
            long price,
            long quantity,
            char timeInForce,
            char display,
            char capacity,
            Order.Kind kind) {}

    /** The request in hand as an order that was refused. */
    Order read(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final String clientOrderId) {
        final Asked asked = asked(session, userRefIdx, userRefNum);
        return new Order(
                names.orderId(session, userRefIdx, userRefNum),
                Order.Cause.REJECTED,
                asked.instrument,
                names.firmOfSession(session),
                asked.account,
                asked.side,
                asked.price,
                asked.quantity,
                0,
                0,
                0,
                asked.timeInForce,
                asked.display,
                asked.capacity,
                OrderState.REJECTED,
                clientOrderId,
                0,
                engine.timeNs(),
                0,
                engine.sequence(),
                engine.timeNs(),
                EngineNames.reject(reason),
                null,
                asked.kind);
    }

    private Asked asked(final int session, final int userRefIdx, final int userRefNum) {
        final EnterOrderDecoder entry = command.enterOrder(session, userRefIdx, userRefNum);
        if (entry != null) {
            return entry(session, entry);
        }
        final ReplaceOrderDecoder replacement =
                command.replaceOrder(session, userRefIdx, userRefNum);
        return replacement == null
                ? nothing(session)
                : replacement(session, userRefIdx, replacement);
    }

    private Asked nothing(final int session) {
        return new Asked(
                Instrument.unknown(""),
                names.account(engine.sessions().account(session)),
                UNKNOWN,
                0,
                0,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                new Order.Kind(OrderType.LIMIT, 0, 0, null));
    }

    private Asked entry(final int session, final EnterOrderDecoder entry) {
        final OrderOptionsDecoder options = command.options(entry);
        final int locate = engine.instruments().find(entry.symbol());
        final boolean market = engine.instruments().isMarketPrice(locate, entry.price());
        final String own = names.account(engine.sessions().account(session));
        return new Asked(
                locate == 0
                        ? Instrument.unknown(EngineNames.printable(Ascii.unpack(entry.symbol())))
                        : names.instrument(locate),
                account(session, options, own),
                EngineNames.letter(entry.side()),
                entry.price(),
                entry.quantity(),
                EngineNames.letter(entry.timeInForce()),
                EngineNames.letter(entry.display()),
                EngineNames.letter(entry.capacity()),
                new Order.Kind(
                        market ? OrderType.MARKET : OrderType.LIMIT,
                        0,
                        strategy(options, 0),
                        null));
    }

    /** What the command does not say is the original's, be it gone by now. */
    private Asked replacement(
            final int session, final int userRefIdx, final ReplaceOrderDecoder replacement) {
        final OrderOptionsDecoder options = command.options(replacement);
        final int original = (int) replacement.originalUserRefNum();
        final Asked before =
                history.find(names.orderId(session, userRefIdx, original))
                        .map(RefusedRequests::terms)
                        .orElseGet(() -> nothing(session));
        return new Asked(
                before.instrument,
                account(session, options, before.account),
                before.side,
                replacement.price(),
                replacement.quantity(),
                EngineNames.letter(replacement.timeInForce()),
                EngineNames.letter(replacement.display()),
                before.capacity,
                new Order.Kind(
                        before.kind.type(),
                        before.kind.stopPrice(),
                        strategy(options, before.kind.strategyId()),
                        before.kind.parent()));
    }

    private static Asked terms(final Order order) {
        return new Asked(
                order.instrument(),
                order.account(),
                order.side(),
                order.price(),
                order.quantity(),
                order.timeInForce(),
                order.display(),
                order.capacity(),
                order.kind());
    }

    private String account(
            final int session, final OrderOptionsDecoder options, final String otherwise) {
        return options == null
                        || options.accountHigh() == OrderOptionsDecoder.accountHighNullValue()
                ? otherwise
                : names.accountFor(session, options.accountHigh(), options.accountLow());
    }

    private static int strategy(final OrderOptionsDecoder options, final int otherwise) {
        return options == null || options.strategyId() == OrderOptionsDecoder.strategyIdNullValue()
                ? otherwise
                : (int) options.strategyId();
    }
}
