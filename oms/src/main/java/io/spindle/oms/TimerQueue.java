package io.spindle.oms;

/**
 * Deadlines in log time, one for each id at most: a binary heap ordered by deadline, then id, so
 * that what comes next never depends on the heap's layout.
 */
final class TimerQueue {
    private static final int DEADLINE = 0;
    private static final int ID = 8;
    private static final int ENTRY_LENGTH = 16;
    private static final int POSITION_LENGTH = 4;

    /** Entries 1 … size; entry 0 is not used, so that position 0 means "no timer". */
    private final Slab heap;

    private final Slab positions;

    TimerQueue(final EngineState state, final int ids) {
        this.heap = state.slab(ENTRY_LENGTH, ids + 1);
        this.positions = state.slab(POSITION_LENGTH, ids);
        heap.limit(1);
        positions.limit(ids);
    }

    boolean isEmpty() {
        return heap.limit() == 1;
    }

    /** The earliest deadline, {@link Long#MAX_VALUE} when there is none. */
    long nextDeadlineNs() {
        return isEmpty() ? Long.MAX_VALUE : heap.getLong(1, DEADLINE);
    }

    /** Whose deadline is the earliest; not to be asked when empty. */
    int nextId() {
        return heap.getInt(1, ID);
    }

    /** Sets or moves the deadline of an id. */
    void set(final int id, final long deadlineNs) {
        int position = positions.getInt(id, 0);
        if (position == 0) {
            position = heap.limit();
            heap.limit(position + 1);
            place(position, deadlineNs, id);
        } else {
            heap.putLong(position, DEADLINE, deadlineNs);
        }
        sink(rise(position));
    }

    /** The deadline of an id, {@link Long#MAX_VALUE} without one. */
    long deadlineNs(final int id) {
        final int position = positions.getInt(id, 0);
        return position == 0 ? Long.MAX_VALUE : heap.getLong(position, DEADLINE);
    }

    void clear(final int id) {
        final int position = positions.getInt(id, 0);
        if (position == 0) {
            return;
        }
        positions.putInt(id, 0, 0);
        final int last = heap.limit() - 1;
        heap.limit(last);
        if (position != last) {
            place(position, heap.getLong(last, DEADLINE), heap.getInt(last, ID));
            sink(rise(position));
        }
    }

    private int rise(final int from) {
        int position = from;
        while (position > 1 && isBefore(position, position >> 1)) {
            swap(position, position >> 1);
            position >>= 1;
        }
        return position;
    }

    private void sink(final int from) {
        int position = from;
        while (true) {
            int first = position << 1;
            if (first >= heap.limit()) {
                return;
            }
            if (first + 1 < heap.limit() && isBefore(first + 1, first)) {
                first++;
            }
            if (!isBefore(first, position)) {
                return;
            }
            swap(first, position);
            position = first;
        }
    }

    private boolean isBefore(final int a, final int b) {
        final long deadlineA = heap.getLong(a, DEADLINE);
        final long deadlineB = heap.getLong(b, DEADLINE);
        return deadlineA < deadlineB
                || deadlineA == deadlineB && heap.getInt(a, ID) < heap.getInt(b, ID);
    }

    private void swap(final int a, final int b) {
        final long deadline = heap.getLong(a, DEADLINE);
        final int id = heap.getInt(a, ID);
        place(a, heap.getLong(b, DEADLINE), heap.getInt(b, ID));
        place(b, deadline, id);
    }

    private void place(final int position, final long deadlineNs, final int id) {
        heap.putLong(position, DEADLINE, deadlineNs);
        heap.putInt(position, ID, id);
        positions.putInt(id, 0, position);
    }
}
