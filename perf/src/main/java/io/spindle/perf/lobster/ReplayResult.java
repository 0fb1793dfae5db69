package io.spindle.perf.lobster;

import java.util.Locale;
import java.util.Optional;

/** How well a venue reproduced a recording. */
final class ReplayResult {
    private static final int[] DEPTHS = {1, 5, 10};

    private final int levels;
    private final long[] equalRows = new long[DEPTHS.length];

    /** Compared: all but the first, which is where the replay starts. */
    private long rows;

    private long executions;
    private long named;
    private String firstDifference;

    /**
     * @param levels how many levels must agree for a row to count as equal
     */
    ReplayResult(final int levels) {
        this.levels = levels;
    }

    void row(final LobsterMessage message, final Ladder recorded, final Ladder own) {
        rows++;
        for (int i = 0; i < DEPTHS.length; i++) {
            if (DEPTHS[i] <= recorded.depth() && own.agrees(recorded, DEPTHS[i])) {
                equalRows[i]++;
            }
        }
        if (firstDifference == null && !own.agrees(recorded, Math.min(levels, recorded.depth()))) {
            firstDifference =
                    "first difference after "
                            + message
                            + "\nrecorded:\n"
                            + recorded
                            + "own:\n"
                            + own;
        }
    }

    /**
     * @param metTheNamed true when all of it was filled by the very order that the file names
     */
    void execution(final boolean metTheNamed) {
        executions++;
        if (metTheNamed) {
            named++;
        }
    }

    /** The two books at the first row that disagreed. */
    Optional<String> firstDifference() {
        return Optional.ofNullable(firstDifference);
    }

    /** One line; a depth that the file does not have is shown as a dash. */
    String line() {
        final StringBuilder text = new StringBuilder("rows=").append(rows);
        for (int i = 0; i < DEPTHS.length; i++) {
            text.append(" top").append(DEPTHS[i]).append('=');
            text.append(DEPTHS[i] <= levels ? percent(share(equalRows[i], rows)) : "-");
        }
        return text.append(" named=")
                .append(percent(share(named, executions)))
                .append(" (")
                .append(named)
                .append('/')
                .append(executions)
                .append(')')
                .toString();
    }

    private static double share(final long part, final long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    /** Rounded down: 100.00 % means all. */
    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.2f%%", Math.floor(share * 10_000) / 100);
    }
}
