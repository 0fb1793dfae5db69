package io.spindle.mgmt.report;

import io.spindle.mgmt.report.Report.Parameter;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * What a report is about.
 *
 * @param date a day in UTC
 * @param account empty for all
 * @param symbol empty for all
 * @param firms whose data may be in it; empty for all
 */
public record ReportScope(LocalDate date, String account, String symbol, Set<String> firms) {
    public static ReportScope day(final LocalDate date) {
        return new ReportScope(date, "", "", Set.of());
    }

    long startNs() {
        return TimeUnit.DAYS.toNanos(date.toEpochDay());
    }

    long endNs() {
        return TimeUnit.DAYS.toNanos(date.toEpochDay() + 1);
    }

    boolean includes(final String firm) {
        return firms.isEmpty() || firms.contains(firm);
    }

    List<Parameter> parameters() {
        final List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("date", date.toString()));
        if (!account.isEmpty()) {
            parameters.add(new Parameter("account", account));
        }
        if (!symbol.isEmpty()) {
            parameters.add(new Parameter("symbol", symbol));
        }
        if (!firms.isEmpty()) {
            parameters.add(new Parameter("firms", String.join(" ", new TreeSet<>(firms))));
        }
        return parameters;
    }
}
