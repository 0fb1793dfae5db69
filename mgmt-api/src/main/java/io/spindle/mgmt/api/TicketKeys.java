package io.spindle.mgmt.api;

import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which orders were placed under an {@code Idempotency-Key}; the latest. Thread-safe. */
final class TicketKeys {
    private static final int MAX_KEYS = 100_000;

    private final Map<UUID, List<Optional<OrderId>>> placed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        final Map.Entry<UUID, List<Optional<OrderId>>> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    synchronized Optional<List<Optional<OrderId>>> known(final UUID request) {
        return Optional.ofNullable(placed.get(request));
    }

    /** In the places of their tickets; nothing where no order was entered or seen. */
    synchronized void remember(final UUID request, final List<Optional<Order>> orders) {
        placed.put(request, orders.stream().map(order -> order.map(Order::id)).toList());
    }
}
