package io.spindle.mgmt.view;

import io.spindle.mgmt.model.CancelRefusal;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Order.Cause;
import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.Ascii;
import io.spindle.oms.CancelReason;
import io.spindle.oms.OrderEvents;
import io.spindle.oms.OrderState;
import io.spindle.oms.OrderTable;
import io.spindle.oms.OrderType;
import io.spindle.oms.RestateReason;
import io.spindle.oms.TradingEngine;

import java.util.Optional;

/** Order events as facts; numbers that never arrived made no orders. */
final class OrderFacts implements OrderEvents {
    private final EngineNames names;
    private final OrderHistory history;
    private final FactListener listener;
    private final TradeFacts trades;
    private final RefusedRequests refused;
    private TradingEngine engine;

    /**
     * @param history orders as told so far
     */
    OrderFacts(
            final EngineNames names,
            final CommandInHand command,
            final OrderHistory history,
            final FactListener listener) {
        this.names = names;
        this.history = history;
        this.listener = listener;
        this.trades = new TradeFacts(names, listener);
        this.refused = new RefusedRequests(names, command, history);
    }

    void engine(final TradingEngine newEngine) {
        engine = newEngine;
        trades.engine(newEngine);
        refused.engine(newEngine);
    }

    @Override
    public void onAccepted(final int order) {
        listener.on(names.quote(order));
        emit(order, Cause.ACCEPTED, OrderState.ACCEPTED, "", null);
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        final OrderTable orders = engine.orders();
        final OrderId original =
                names.orderId(orders.session(order), orders.userRefIdx(order), originalUserRefNum);
        emit(order, Cause.REPLACED, living(order), "", original);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean isMaker,
            final long matchNumber) {
        final OrderState state =
                engine.orders().leaves(order) == 0
                        ? OrderState.FILLED
                        : OrderState.PARTIALLY_FILLED;
        emit(order, Cause.EXECUTED, state, "", null);
        trades.executed(order, quantity, price, isMaker, matchNumber);
    }

    @Override
    public void onTradeBroken(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long matchNumber,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        trades.broken(matchNumber, reason);
    }

    @Override
    public void onTradeCorrected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        trades.corrected(matchNumber);
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        if (engine.orders().leaves(order) > 0) {
            emit(order, Cause.CANCELED, living(order), "", null);
        } else {
            final OrderState end =
                    reason == CancelReason.TIMEOUT ? OrderState.EXPIRED : OrderState.CANCELLED;
            emit(order, Cause.CANCELED, end, Character.toString(reason), null);
        }
    }

    @Override
    public void onModified(final int order) {
        emit(order, Cause.MODIFIED, living(order), "", null);
    }

    /** Its reference may be another one now: who names the old one is not understood any more. */
    @Override
    public void onRestated(final int order, final int reason) {
        final Cause cause = reason == RestateReason.TRIGGERED ? Cause.TRIGGERED : Cause.RESTATED;
        emit(order, cause, living(order), "", null);
    }

    @Override
    public void onRejected(
            final int session,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        final int held = engine.orders().find(session, userRefIdx, userRefNum);
        if (held == OrderTable.NONE) {
            final String clientOrderId = Ascii.unpack(clOrdIdHigh, clOrdIdLow);
            listener.on(refused.read(session, userRefIdx, userRefNum, reason, clientOrderId));
        } else {
            final OrderState end = EngineNames.endWhileHeld(reason);
            listener.on(
                    read(held, Cause.REJECTED, end, "", null)
                            .ended(
                                    Cause.REJECTED,
                                    end,
                                    EngineNames.reject(reason),
                                    engine.sequence(),
                                    engine.timeNs()));
        }
    }

    @Override
    public void onCancelRejected(
            final int session, final int userRefIdx, final int userRefNum, final int detail) {
        listener.on(
                new CancelRefusal(
                        names.orderId(session, userRefIdx, userRefNum),
                        names.firmOfSession(session),
                        EngineNames.reject(detail),
                        engine.sequence(),
                        engine.timeNs()));
    }

    /** The order as the engine's table has it now. */
    private Order read(
            final int order,
            final Cause cause,
            final OrderState state,
            final String reason,
            final OrderId origin) {
        final long submittedNs = submittedNs(order, cause, state);
        return read(order, cause, state, reason, origin, submittedNs);
    }

    /**
     * The engine does not keep it. A held order is submitted when it is released, a child when its
     * parent is done and its book trades, a replacement when it replaces, unless it sleeps as the
     * original did. Of what was there before this view it is only known that it was not submitted
     * before it was entered.
     */
    private long submittedNs(final int order, final Cause cause, final OrderState state) {
        if (state == OrderState.PENDING_SUBMISSION) {
            return 0;
        }
        final OrderTable orders = engine.orders();
        final OrderId known =
                names.orderId(
                        orders.session(order), orders.userRefIdx(order), orders.userRefNum(order));
        final Optional<Long> before =
                history.find(known)
                        .filter(one -> one.createdNs() == orders.enteredNs(order))
                        .map(Order::submittedNs);
        final boolean sleeps = orders.options().isChild(order);
        return switch (cause) {
            case ACCEPTED, SUBMITTED ->
                    before.filter(ns -> ns != 0).orElse(sleeps ? 0L : engine.timeNs());
            case REPLACED -> isAsleep(order) ? 0 : engine.timeNs();
            case TRIGGERED -> before.filter(ns -> ns != 0).orElse(engine.timeNs());
            case REJECTED -> before.orElse(0L);
            default -> before.orElse(orders.enteredNs(order));
        };
    }

    /** Not any more once its parent is done, though it may wait for its book to wake it. */
    private boolean isAsleep(final int order) {
        return engine.book(engine.orders().instrument(order)).isAsleep(order);
    }

    private Order read(
            final int order,
            final Cause cause,
            final OrderState state,
            final String reason,
            final OrderId origin,
            final long submittedNs) {
        final OrderTable orders = engine.orders();
        final int session = orders.session(order);
        return new Order(
                names.orderId(session, orders.userRefIdx(order), orders.userRefNum(order)),
                cause,
                names.instrument(orders.instrument(order)),
                names.firmOfSession(session),
                names.account(orders.account(order)),
                orders.side(order),
                orders.price(order),
                orders.quantity(order),
                orders.leaves(order),
                orders.executed(order),
                orders.executedValue(order),
                orders.timeInForce(order),
                orders.display(order),
                orders.capacity(order),
                state,
                Ascii.unpack(orders.clOrdIdHigh(order), orders.clOrdIdLow(order)),
                orders.orderReference(order),
                orders.enteredNs(order),
                submittedNs,
                engine.sequence(),
                engine.timeNs(),
                reason,
                origin,
                kind(order));
    }

    private Order.Kind kind(final int order) {
        final OrderTable orders = engine.orders();
        final int link = orders.options().linkId(order);
        return new Order.Kind(
                OrderType.of(orders, order),
                orders.options().stopPrice(order),
                orders.options().strategyId(order),
                link == 0
                        ? null
                        : names.orderId(orders.session(order), orders.userRefIdx(order), link));
    }

    Order waiting(final int order, final Cause cause) {
        return read(order, cause, OrderState.PENDING_SUBMISSION, "", null);
    }

    /** Wholly with other venues. */
    Order submitted(final int order) {
        return read(order, Cause.SUBMITTED, OrderState.SUBMITTED, "", null);
    }

    /** An open order of which nothing is known but what the engine's table has. */
    Order adopted(final int order) {
        final OrderState state = OrderState.of(engine.orders().state(order));
        if (state == OrderState.PENDING_SUBMISSION) {
            return waiting(order, engine.isOrderQueued(order) ? Cause.QUEUED : Cause.HELD);
        }
        final Cause cause = state == OrderState.SUBMITTED ? Cause.SUBMITTED : Cause.ACCEPTED;
        return read(order, cause, state, "", null, engine.orders().enteredNs(order));
    }

    private void emit(
            final int order,
            final Cause cause,
            final OrderState state,
            final String reason,
            final OrderId origin) {
        listener.on(read(order, cause, state, reason, origin));
    }

    private OrderState living(final int order) {
        return engine.orders().executed(order) > 0
                ? OrderState.PARTIALLY_FILLED
                : OrderState.ACCEPTED;
    }
}
