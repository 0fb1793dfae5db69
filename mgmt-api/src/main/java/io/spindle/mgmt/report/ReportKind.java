package io.spindle.mgmt.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The reports there are. */
public enum ReportKind {
    /** Every fill of the day. */
    TRADES("Trades"),
    /** What was traded until the day's end, bought and sold, by account and instrument. */
    POSITIONS("Positions"),
    /** Cash and holdings: opening, every change of the day, closing. */
    STATEMENT("Statement"),
    /** What each account bought and sold on the day, with fees, to the cent. */
    CONTRACT_NOTES("Contract notes"),
    /** What each order got, against what the book offered when it came. */
    BEST_EXECUTION("Best execution");

    public final String title;

    ReportKind(final String title) {
        this.title = title;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ReportKind> of(final String label) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
}
