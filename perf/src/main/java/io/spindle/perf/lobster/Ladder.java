package io.spindle.perf.lobster;

import java.util.Arrays;
import java.util.Locale;

/** The best levels of a book, best first; a level that is not there has size 0. */
final class Ladder {
    private static final String EMPTY = "-";

    private final long[][] prices;
    private final long[][] sizes;
    private final int depth;

    Ladder(final int depth) {
        this.depth = depth;
        this.prices = new long[2][depth];
        this.sizes = new long[2][depth];
    }

    /** A line of a LOBSTER book file: ask price, ask size, bid price, bid size, level by level. */
    static Ladder parse(final String line) {
        final String[] cells = line.split(",");
        final Ladder ladder = new Ladder(cells.length / 4);
        for (int level = 0; level < ladder.depth; level++) {
            final int cell = 4 * level;
            ladder.set('S', level, Long.parseLong(cells[cell]), Long.parseLong(cells[cell + 1]));
            ladder.set(
                    'B', level, Long.parseLong(cells[cell + 2]), Long.parseLong(cells[cell + 3]));
        }
        return ladder;
    }

    int depth() {
        return depth;
    }

    long price(final char side, final int level) {
        return prices[row(side)][level];
    }

    long size(final char side, final int level) {
        return sizes[row(side)][level];
    }

    boolean isPresent(final char side, final int level) {
        return size(side, level) != 0;
    }

    void set(final char side, final int level, final long price, final long size) {
        prices[row(side)][level] = size == 0 ? 0 : price;
        sizes[row(side)][level] = size;
    }

    void clear() {
        for (int side = 0; side < 2; side++) {
            Arrays.fill(prices[side], 0);
            Arrays.fill(sizes[side], 0);
        }
    }

    /** True when a price lies outside what this ladder shows of a side that it shows in full. */
    boolean isBeyond(final char side, final long price) {
        final int last = depth - 1;
        return isPresent(side, last)
                && (side == 'B' ? price < price(side, last) : price > price(side, last));
    }

    /** True when both show the same on the best {@code levels} of both sides. */
    boolean agrees(final Ladder other, final int levels) {
        for (int side = 0; side < 2; side++) {
            if (!Arrays.equals(prices[side], 0, levels, other.prices[side], 0, levels)
                    || !Arrays.equals(sizes[side], 0, levels, other.sizes[side], 0, levels)) {
                return false;
            }
        }
        return true;
    }

    /** One line a level: {@code bid size, bid price, ask price, ask size}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(80 * depth);
        for (int level = 0; level < depth; level++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%10s %12s | %-12s %-10s%n",
                            sizeText('B', level),
                            priceText('B', level),
                            priceText('S', level),
                            sizeText('S', level)));
        }
        return text.toString();
    }

    private String priceText(final char side, final int level) {
        final long price = price(side, level);
        return isPresent(side, level)
                ? String.format(Locale.ROOT, "%d.%04d", price / 10_000, price % 10_000)
                : EMPTY;
    }

    private String sizeText(final char side, final int level) {
        return isPresent(side, level) ? Long.toString(size(side, level)) : EMPTY;
    }

    private static int row(final char side) {
        return side == 'B' ? 0 : 1;
    }
}
