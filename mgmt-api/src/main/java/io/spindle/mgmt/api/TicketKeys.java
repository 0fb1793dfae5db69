package io.spindle.mgmt.api;

import io.spindle.mgmt.control.TicketDesk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Under which numbers tickets were sent for an {@code Idempotency-Key}; the latest. Thread-safe.
 */
final class TicketKeys {
    private static final int MAX_KEYS = 100_000;

    private final Map<UUID, List<Optional<TicketDesk.Sent>>> placed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        final Map.Entry<UUID, List<Optional<TicketDesk.Sent>>> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    synchronized Optional<List<Optional<TicketDesk.Sent>>> known(final UUID request) {
        return Optional.ofNullable(placed.get(request));
    }

    /** In the places of their tickets; nothing where none was sent. */
    synchronized void remember(final UUID request, final List<TicketDesk.Placed> tickets) {
        placed.put(request, tickets.stream().map(TicketDesk.Placed::sent).toList());
    }
}
