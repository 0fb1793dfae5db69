package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.OrderRequest;
import io.spindle.mgmt.model.OrderRequest.Status;
import io.spindle.mgmt.model.OrderRequest.Step;
import io.spindle.oms.OrderState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The most recent requests to enter or replace an order; older ones are in the database.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class RequestHistory {
    private final Map<OrderId, OrderRequest> requests;

    RequestHistory(final int maxRequests) {
        requests = new Recent<>(maxRequests);
    }

    /** What the event says about the request that the order was, if it says anything. */
    public static Optional<Step> step(final Order order) {
        final Status status =
                switch (order.cause()) {
                    case QUEUED -> Status.QUEUED;
                    case HELD -> Status.HELD;
                    case SUBMITTED -> Status.SUBMITTED;
                    case ACCEPTED, REPLACED -> Status.ACCEPTED;
                    case REJECTED -> ended(order.state());
                    default -> null;
                };
        return Optional.ofNullable(status)
                .map(known -> new Step(known, order.reason(), order.sequence(), order.timeNs()));
    }

    private static Status ended(final OrderState state) {
        return switch (state) {
            case EXPIRED -> Status.EXPIRED;
            case CANCELLED -> Status.CANCELLED;
            default -> Status.REJECTED;
        };
    }

    void put(final Order order) {
        step(order).ifPresent(step -> put(order, step));
    }

    private void put(final Order order, final Step step) {
        final OrderRequest known = requests.get(order.id());
        final List<Step> history = new ArrayList<>();
        if (known == null) {
            history.add(received(order));
        } else {
            history.addAll(known.history());
        }
        history.add(step);
        final boolean accepted = step.status() == Status.ACCEPTED;
        requests.put(order.id(), request(order, accepted ? order.orderReference() : 0, history));
    }

    private static Step received(final Order order) {
        return new Step(Status.RECEIVED, "", order.sequence(), order.timeNs());
    }

    private static OrderRequest request(
            final Order order, final long orderReference, final List<Step> history) {
        return new OrderRequest(
                order.id(),
                order.origin(),
                order.firm(),
                order.account(),
                order.instrument().symbol(),
                orderReference,
                history);
    }

    public Optional<OrderRequest> find(final OrderId id) {
        return Optional.ofNullable(requests.get(id));
    }

    /** Those that pass, the latest received first. */
    public List<OrderRequest> list(final Predicate<OrderRequest> filter) {
        return requests.values().stream().filter(filter).toList().reversed();
    }
}
