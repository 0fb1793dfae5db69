package io.spindle.mgmt.database;

import io.spindle.mgmt.model.Fact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Facts on their way from the replica's thread, which never waits, to the writer's. At its bound it
 * lets go of everything, and takes nothing more until it is told to.
 */
final class FactQueue {
    /** What {@link #from} says while nothing is taken. */
    static final long NOTHING = Long.MAX_VALUE;

    /**
     * What whole commands caused.
     *
     * @param begin the sequence in front of the first of them
     * @param end behind the last of them
     */
    record Step(long begin, Position end, List<Fact> facts) {
        /** Nothing happens there, but a replica stands there. */
        static Step at(final Position place) {
            return new Step(place.sequence(), place, List.of());
        }

        private int size() {
            return facts.size() + 1;
        }
    }

    private final int bound;
    private final Deque<Step> steps = new ArrayDeque<>();
    private int size;
    private long from = NOTHING;

    /**
     * @param bound facts and steps at which it lets go
     */
    FactQueue(final int bound) {
        this.bound = bound;
    }

    /** Takes everything behind this place from now on; only while the replica stands there. */
    synchronized long takeBehind(final Position place) {
        from = place.sequence();
        add(Step.at(place));
        return from;
    }

    synchronized void add(final Step step) {
        if (from == NOTHING) {
            return;
        }
        steps.add(step);
        size += step.size();
        if (size >= bound) {
            letGo();
        }
    }

    synchronized void letGo() {
        steps.clear();
        size = 0;
        from = NOTHING;
    }

    /** Everything behind this sequence is here, or was and is removed. */
    synchronized long from() {
        return from;
    }

    /** The oldest step; null if there is none. */
    synchronized Step peek() {
        return steps.peek();
    }

    /** Removes the oldest step, if that was not let go meanwhile. */
    synchronized void remove() {
        final Step removed = steps.poll();
        size -= removed == null ? 0 : removed.size();
    }
}
