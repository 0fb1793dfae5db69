package io.spindle.mgmt.latency;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/** The few that took longest in each stage of an interval. */
final class Slowest {
    /** Of a stage, in an interval. */
    static final int KEPT = 10;

    private final Map<Stage, Queue<Outlier>> kept = new EnumMap<>(Stage.class);

    Slowest() {
        for (final Stage stage : Stage.values()) {
            kept.put(stage, new PriorityQueue<>(KEPT, Comparator.comparing(Outlier::tookNs)));
        }
    }

    void add(final Stage stage, final long sequence, final long timeNs, final long tookNs) {
        final Queue<Outlier> longest = kept.get(stage);
        if (longest.size() == KEPT) {
            if (longest.peek().tookNs() >= tookNs) {
                return;
            }
            longest.poll();
        }
        longest.add(new Outlier(stage, sequence, timeNs, tookNs));
    }

    /** In no order. */
    List<Outlier> list() {
        return kept.values().stream().flatMap(Queue::stream).toList();
    }

    void clear() {
        kept.values().forEach(Queue::clear);
    }
}
