package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is said about things now, and what was said before. Older versions than the last hundred of
 * an entry are found by reading {@code asAt}.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
public final class MetadataHistory {
    /** Free metadata of orders that ended is forgotten like the orders themselves. */
    private static final String ORDER = "order";

    private static final int MAX_VERSIONS = 100;

    private final Map<String, Map<String, List<Metadata>>> kinds = new TreeMap<>();
    private final int maxOrders;

    MetadataHistory(final int maxOrders) {
        this.maxOrders = maxOrders;
    }

    /** Remembers it, unless its request was seen before: a repeat changes nothing. */
    boolean put(final Metadata entry) {
        final Map<String, List<Metadata>> entries =
                kinds.computeIfAbsent(entry.kind(), this::entries);
        final List<Metadata> versions =
                entries.computeIfAbsent(entry.key(), key -> new ArrayList<>());
        if (versions.stream().anyMatch(one -> one.request().equals(entry.request()))) {
            return false;
        }
        if (versions.size() == MAX_VERSIONS) {
            versions.removeFirst();
        }
        versions.add(entry);
        return true;
    }

    private Map<String, List<Metadata>> entries(final String kind) {
        if (!kind.equals(ORDER)) {
            return new TreeMap<>();
        }
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<String, List<Metadata>> eldest) {
                return size() > maxOrders;
            }
        };
    }

    public Optional<Metadata> find(final String kind, final String key) {
        return versions(kind, key).stream()
                .reduce((first, last) -> last)
                .filter(Metadata::isDefined);
    }

    /** Every version still known, the oldest first; removals included. */
    public List<Metadata> versions(final String kind, final String key) {
        return List.copyOf(kinds.getOrDefault(kind, Map.of()).getOrDefault(key, List.of()));
    }

    /** All entries of a kind that are defined now. */
    public List<Metadata> list(final String kind) {
        return kinds.getOrDefault(kind, Map.of()).values().stream()
                .map(List::getLast)
                .filter(Metadata::isDefined)
                .toList();
    }

    /** Everything that is defined now. */
    public List<Metadata> list() {
        return kinds.keySet().stream().flatMap(kind -> list(kind).stream()).toList();
    }
}
