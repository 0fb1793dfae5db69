package io.spindle.mgmt.report;

import io.spindle.mgmt.report.Report.Table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** How reports write what is in their cells. */
final class Cells {
    private static final int MONEY = 4;

    /** Columns that hold names, times and words; all others hold numbers. */
    private static final Set<String> TEXT =
            Set.of(
                    "Fill",
                    "Order",
                    "Account",
                    "Symbol",
                    "Side",
                    "Currency",
                    "Time",
                    "Role",
                    "Venue",
                    "Of");

    static final Comparator<List<String>> BY_NAMES =
            Comparator.comparing(names -> String.join("/", names));

    private Cells() {}

    static Table table(final String title, final List<List<String>> rows, final String... columns) {
        return new Table(
                title,
                List.of(columns),
                Arrays.stream(columns).map(column -> !TEXT.contains(column)).toList(),
                rows);
    }

    static String side(final String side) {
        return switch (side) {
            case "B" -> "buy";
            case "S" -> "sell";
            case "T" -> "sell short";
            default -> "sell short exempt";
        };
    }

    static String number(final BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    static String money(final BigDecimal value) {
        return value.setScale(MONEY, RoundingMode.DOWN).toPlainString();
    }
}
