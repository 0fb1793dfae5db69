package io.spindle.mgmt.view;

import org.agrona.collections.Long2LongHashMap;

import java.util.Arrays;

/**
 * Entries in the order in which they were last seen to change, each once. Changes are numbered from
 * 1; an entry that changes again gets a new number, and its old place is let go.
 *
 * <p><i>Guarded by</i> the {@link View}.
 */
final class ChangeList {
    private static final int NONE = 0;

    private final Long2LongHashMap newest = new Long2LongHashMap(NONE);
    private long[] entries = new long[1_024];
    private long[] numbers = new long[entries.length];
    private long[] sequences = new long[entries.length];
    private int size;
    private long last;

    /**
     * @param sequence not before that of the call before
     */
    void add(final long entry, final long sequence) {
        if (size == entries.length) {
            compact();
        }
        last++;
        entries[size] = entry;
        numbers[size] = last;
        sequences[size] = sequence;
        size++;
        newest.put(entry, last);
    }

    /** Keeps the newest place of each entry, and room for as many again. */
    private void compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (isNewest(i)) {
                entries[kept] = entries[i];
                numbers[kept] = numbers[i];
                sequences[kept] = sequences[i];
                kept++;
            }
        }
        size = kept;
        if (kept > entries.length / 2) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
            numbers = Arrays.copyOf(numbers, entries.length);
            sequences = Arrays.copyOf(sequences, entries.length);
        }
    }

    /** Number of the last change. */
    long last() {
        return last;
    }

    /** Number of the last change that was seen at a sequence or before it. */
    long lastAt(final long sequence) {
        final int place = firstAbove(sequences, sequence);
        return place == 0 ? NONE : numbers[place - 1];
    }

    /** Place of the first change behind a number. */
    int behind(final long number) {
        return firstAbove(numbers, number);
    }

    private int firstAbove(final long[] values, final long value) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (values[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    int size() {
        return size;
    }

    int capacity() {
        return entries.length;
    }

    /** Whether the entry at a place has not changed again. */
    boolean isNewest(final int place) {
        return newest.get(entries[place]) == numbers[place];
    }

    long entry(final int place) {
        return entries[place];
    }

    long number(final int place) {
        return numbers[place];
    }
}
