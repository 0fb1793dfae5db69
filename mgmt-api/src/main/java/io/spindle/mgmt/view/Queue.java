package io.spindle.mgmt.view;

import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The orders of one side of a book, in the order in which they would trade. */
public final class Queue {
    /**
     * An order in its place.
     *
     * @param ahead orders before it at its price, and {@code lotsAhead} what they show
     */
    public record Place(
            OrderId order, String firm, long price, long lots, int ahead, long lotsAhead) {}

    private final List<Place> places = new ArrayList<>();

    private Queue() {}

    static Queue read(
            final TradingEngine engine,
            final EngineNames names,
            final int locate,
            final char side,
            final int limit) {
        final Queue queue = new Queue();
        engine.book(locate)
                .visitOrders(
                        side,
                        (order, price, lots) -> {
                            queue.add(engine.orders(), names, order, price, lots);
                            return queue.places.size() < limit;
                        });
        return queue;
    }

    private void add(
            final OrderTable orders,
            final EngineNames names,
            final int order,
            final long price,
            final long lots) {
        final Place last = places.isEmpty() ? null : places.getLast();
        final boolean sameLevel = last != null && last.price == price;
        final int session = orders.session(order);
        places.add(
                new Place(
                        names.orderId(session, orders.userRefIdx(order), orders.userRefNum(order)),
                        names.firmOfSession(session),
                        price,
                        lots,
                        sameLevel ? last.ahead + 1 : 0,
                        sameLevel ? last.lotsAhead + last.lots : 0));
    }

    public List<Place> places() {
        return List.copyOf(places);
    }

    public Optional<Place> find(final OrderId order) {
        return places.stream().filter(place -> place.order.equals(order)).findFirst();
    }
}
