package io.spindle.perf.book;

/** Which prices of a side have orders: a bit for each, and two levels of words over them. */
final class PriceBits {
    private static final int SHIFT = 6;

    private final int maxPrice;
    private final long[] bits;
    private final long[] words;
    private final long[] groups;

    PriceBits(final int maxPrice) {
        this.maxPrice = maxPrice;
        bits = new long[(maxPrice >>> SHIFT) + 1];
        words = new long[(bits.length >>> SHIFT) + 1];
        groups = new long[(words.length >>> SHIFT) + 1];
    }

    void set(final int price) {
        final int word = price >>> SHIFT;
        final long before = bits[word];
        bits[word] = before | 1L << price;
        if (before == 0) {
            words[word >>> SHIFT] |= 1L << word;
            groups[word >>> 2 * SHIFT] |= 1L << (word >>> SHIFT);
        }
    }

    void clear(final int price) {
        final int word = price >>> SHIFT;
        final long after = bits[word] & ~(1L << price);
        bits[word] = after;
        if (after == 0) {
            final int group = word >>> SHIFT;
            words[group] &= ~(1L << word);
            if (words[group] == 0) {
                groups[group >>> SHIFT] &= ~(1L << group);
            }
        }
    }

    /** The next higher price with orders, or the highest price plus one. */
    int next(final int price) {
        final int word = price >>> SHIFT;
        final long above = bits[word] & -2L << price;
        if (above != 0) {
            return (word << SHIFT) + Long.numberOfTrailingZeros(above);
        }
        int group = word >>> SHIFT;
        long left = words[group] & -2L << word;
        if (left == 0) {
            int top = group >>> SHIFT;
            long groupsLeft = groups[top] & -2L << group;
            while (groupsLeft == 0) {
                if (++top == groups.length) {
                    return maxPrice;
                }
                groupsLeft = groups[top];
            }
            group = (top << SHIFT) + Long.numberOfTrailingZeros(groupsLeft);
            left = words[group];
        }
        final int found = (group << SHIFT) + Long.numberOfTrailingZeros(left);
        return (found << SHIFT) + Long.numberOfTrailingZeros(bits[found]);
    }

    /** The next lower price with orders, or −1. */
    int previous(final int price) {
        final int word = price >>> SHIFT;
        final long below = bits[word] & ~(-1L << price);
        if (below != 0) {
            return (word << SHIFT) + highest(below);
        }
        int group = word >>> SHIFT;
        long left = words[group] & ~(-1L << word);
        if (left == 0) {
            int top = group >>> SHIFT;
            long groupsLeft = groups[top] & ~(-1L << group);
            while (groupsLeft == 0) {
                if (--top < 0) {
                    return -1;
                }
                groupsLeft = groups[top];
            }
            group = (top << SHIFT) + highest(groupsLeft);
            left = words[group];
        }
        final int found = (group << SHIFT) + highest(left);
        return (found << SHIFT) + highest(bits[found]);
    }

    private static int highest(final long word) {
        return 63 - Long.numberOfLeadingZeros(word);
    }
}
