package io.spindle.perf.book;

import org.apache.commons.statistics.descriptive.Median;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Rounds of several engines over one stream, and what follows from them. Ratios are taken inside a
 * round; of many rounds the median counts. A round in which the floor was not as far from
 * exchange-core as it usually is was disturbed, and does not count.
 */
final class BookComparison {
    private static final double USUAL_LOW = 0.18;
    private static final double USUAL_HIGH = 0.35;
    private static final int SMALL = 10_000;
    private static final int MEDIUM = 500_000;
    private static final double SLOW_LIMIT = 1.2;

    private final int resting;
    private final boolean moves;
    private final List<Map<BookEngine, BookResult>> rounds = new ArrayList<>();

    /**
     * @param resting orders in the book, on which the limits depend
     * @param moves whether orders move in it, for which nothing is known to be usual
     */
    BookComparison(final int resting, final boolean moves) {
        this.resting = resting;
        this.moves = moves;
    }

    /** Adds a round and says how it went. */
    String add(final List<BookResult> results) {
        final Map<BookEngine, BookResult> round = new EnumMap<>(BookEngine.class);
        results.forEach(result -> round.put(result.engine(), result));
        final String words =
                results.stream().map(BookResult::toString).collect(Collectors.joining(", "));
        if (isDisturbed(round)) {
            return words + ": disturbed, not counted";
        }
        rounds.add(round);
        return words;
    }

    private boolean isDisturbed(final Map<BookEngine, BookResult> round) {
        if (moves
                || resting > SMALL
                || !round.containsKey(BookEngine.FLOOR)
                || !round.containsKey(BookEngine.EXCHANGE_CORE)) {
            return false;
        }
        final double distance = ratio(round, BookEngine.FLOOR, BookEngine.EXCHANGE_CORE);
        return distance < USUAL_LOW || distance > USUAL_HIGH;
    }

    private static double ratio(
            final Map<BookEngine, BookResult> round, final BookEngine of, final BookEngine to) {
        return round.get(of).nsPerCommand() / round.get(to).nsPerCommand();
    }

    /** One line for each limit. */
    String verdict() {
        final StringBuilder words = new StringBuilder();
        if (has(BookEngine.SPINDLE, BookEngine.FLOOR)) {
            final double limit = resting > SMALL && resting <= MEDIUM ? 1.5 : 1.3;
            words.append(line("to the floor", BookEngine.SPINDLE, BookEngine.FLOOR, limit, false));
        }
        if (has(BookEngine.EXCHANGE_CORE, BookEngine.SPINDLE)) {
            final double limit = resting > SMALL && resting <= MEDIUM ? 5 : 3;
            words.append(
                    line(
                            "faster than exchange-core",
                            BookEngine.EXCHANGE_CORE,
                            BookEngine.SPINDLE,
                            limit,
                            true));
        }
        final long slowFloor = slow(BookEngine.FLOOR);
        if (slowFloor > 0 && has(BookEngine.SPINDLE, BookEngine.FLOOR)) {
            final long slow = slow(BookEngine.SPINDLE);
            words.append(
                    ("over 20 µs: %d, floor %d, ratio %.2f (limit %.1f: %s);"
                                    + " median round %d, floor %d%n")
                            .formatted(
                                    slow,
                                    slowFloor,
                                    (double) slow / slowFloor,
                                    SLOW_LIMIT,
                                    met(slow <= SLOW_LIMIT * slowFloor),
                                    medianSlow(BookEngine.SPINDLE),
                                    medianSlow(BookEngine.FLOOR)));
        }
        return words.toString();
    }

    private boolean has(final BookEngine one, final BookEngine other) {
        return !rounds.isEmpty()
                && rounds.stream().allMatch(r -> r.containsKey(one) && r.containsKey(other));
    }

    private long slow(final BookEngine engine) {
        return slowCounts(engine).sum();
    }

    private LongStream slowCounts(final BookEngine engine) {
        return rounds.stream()
                .filter(round -> round.containsKey(engine))
                .mapToLong(round -> round.get(engine).slow());
    }

    /** What one burst from outside the process does not move. */
    private long medianSlow(final BookEngine engine) {
        return (long) Median.withDefaults().evaluate(slowCounts(engine).asDoubleStream().toArray());
    }

    private String line(
            final String what,
            final BookEngine of,
            final BookEngine to,
            final double limit,
            final boolean atLeast) {
        final double[] ratios =
                rounds.stream().mapToDouble(round -> ratio(round, of, to)).toArray();
        final double median = Median.withDefaults().evaluate(ratios);
        Arrays.sort(ratios);
        return "%s: %.2f, from %.2f to %.2f in %d rounds (limit %.1f: %s)%n"
                .formatted(
                        what,
                        median,
                        ratios[0],
                        ratios[ratios.length - 1],
                        ratios.length,
                        limit,
                        met(atLeast ? median >= limit : median <= limit));
    }

    private static String met(final boolean met) {
        return met ? "met" : "not met";
    }
}
