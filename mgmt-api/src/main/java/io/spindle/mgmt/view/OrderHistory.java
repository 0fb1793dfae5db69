package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.OrderState;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every open order and the most recent of the ended ones; older ones are in the database.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class OrderHistory {
    /** Why an order ended that another one took the place of. */
    public static final String REPLACED = "REPLACED";

    private final Map<OrderId, Order> open = new LinkedHashMap<>();
    private final Recent<OrderId, Order> ended;
    private boolean beganLate;

    OrderHistory(final int maxEnded) {
        ended = new Recent<>(maxEnded);
    }

    void put(final Order order) {
        if (order.origin() != null) {
            final Order original = open.remove(order.origin());
            if (original != null) {
                ended.put(
                        original.id(),
                        original.ended(
                                Order.Cause.CANCELED,
                                OrderState.CANCELLED,
                                REPLACED,
                                order.sequence(),
                                order.timeNs()));
            }
        }
        if (order.isTerminal()) {
            open.remove(order.id());
            ended.put(order.id(), order);
        } else {
            open.put(order.id(), order);
        }
    }

    /** What had ended before it began is not here. */
    void beginLate() {
        beganLate = true;
    }

    /** Whether orders that ended may be missing here. */
    public boolean hasForgotten() {
        return beganLate || ended.hasForgotten();
    }

    public int openCount() {
        return open.size();
    }

    public Optional<Order> find(final OrderId id) {
        return Optional.ofNullable(open.get(id)).or(() -> Optional.ofNullable(ended.get(id)));
    }

    /** Those that pass, the latest change first. */
    public List<Order> list(final boolean onlyOpen, final Predicate<Order> filter) {
        final Stream<Order> all =
                onlyOpen
                        ? open.values().stream()
                        : Stream.concat(open.values().stream(), ended.values().stream());
        return all.filter(filter)
                .sorted(
                        Comparator.comparingLong(Order::sequence)
                                .thenComparingLong(Order::orderReference)
                                .reversed())
                .toList();
    }
}
