package io.spindle.perf.lobster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/** Every order that the replay has open, by the file's id, by the venue's number and by price. */
final class RestingOrders {
    private final Map<Long, Resting> byId = new HashMap<>();
    private final Map<Integer, Resting> byNumber = new HashMap<>();
    private final NavigableMap<Long, SequencedSet<Resting>> bids = new TreeMap<>();
    private final NavigableMap<Long, SequencedSet<Resting>> asks = new TreeMap<>();

    void add(final Resting order) {
        byNumber.put(order.number, order);
        if (!order.isSeed()) {
            byId.put(order.id, order);
        }
        side(order.side).computeIfAbsent(order.price, p -> new LinkedHashSet<>()).add(order);
    }

    Resting byNumber(final int number) {
        return byNumber.get(number);
    }

    /**
     * The order that the file calls by this id: its own, else the seed of that price, else null.
     */
    Resting named(final long id, final char side, final long price) {
        final Resting known = byId.get(id);
        if (known != null) {
            return known;
        }
        return level(side, price).stream().filter(Resting::isSeed).findFirst().orElse(null);
    }

    /** Orders at a price, oldest first; a copy. */
    List<Resting> level(final char side, final long price) {
        return List.copyOf(side(side).getOrDefault(price, new LinkedHashSet<>()));
    }

    /** Orders at all prices that the ladder no longer shows; a copy. */
    List<Resting> beyond(final char side, final Ladder ladder) {
        final List<Resting> orders = new ArrayList<>();
        side(side)
                .forEach(
                        (price, level) -> {
                            if (ladder.isBeyond(side, price)) {
                                orders.addAll(level);
                            }
                        });
        return orders;
    }

    List<Resting> all() {
        return List.copyOf(byNumber.values());
    }

    void remove(final Resting order) {
        byNumber.remove(order.number);
        byId.remove(order.id, order);
        final SequencedSet<Resting> level = side(order.side).get(order.price);
        level.remove(order);
        if (level.isEmpty()) {
            side(order.side).remove(order.price);
        }
    }

    private NavigableMap<Long, SequencedSet<Resting>> side(final char side) {
        return side == 'B' ? bids : asks;
    }
}
