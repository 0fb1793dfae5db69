package io.spindle.mgmt.report;

import static io.spindle.mgmt.report.Cells.number;
import static io.spindle.mgmt.report.Cells.table;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.report.Report.Table;
import io.spindle.mgmt.report.ReportStore.Amount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What accounts had in the morning, what changed, and what they had in the evening. */
final class Statements {
    private Statements() {}

    static List<Table> make(final ReportStore store, final ReportScope scope) {
        return List.of(
                movements("Cash", scope, store.balances(scope)),
                movements("Holdings", scope, store.holdings(scope)));
    }

    /** Opening and closing are told even where the day changed nothing. */
    private static Table movements(
            final String title, final ReportScope scope, final List<Amount> amounts) {
        final Map<List<String>, List<Amount>> byThing = new TreeMap<>(Cells.BY_NAMES);
        amounts.forEach(
                one ->
                        byThing.computeIfAbsent(
                                        List.of(one.account(), one.of()), key -> new ArrayList<>())
                                .add(one));
        final List<List<String>> rows = new ArrayList<>();
        byThing.forEach(
                (key, all) -> {
                    BigDecimal last = BigDecimal.ZERO;
                    final List<List<String>> changes = new ArrayList<>();
                    BigDecimal opening = BigDecimal.ZERO;
                    for (final Amount one : all) {
                        if (one.timeNs() < scope.startNs()) {
                            opening = one.amount();
                        } else {
                            changes.add(
                                    line(
                                            key,
                                            Times.text(one.timeNs()),
                                            Long.toString(one.sequence()),
                                            one.amount().subtract(last),
                                            one.amount()));
                        }
                        last = one.amount();
                    }
                    rows.add(line(key, "opening", "", BigDecimal.ZERO, opening));
                    rows.addAll(changes);
                    rows.add(line(key, "closing", "", last.subtract(opening), last));
                });
        return table(title, rows, "Account", "Of", "Time", "Sequence", "Change", "Balance");
    }

    private static List<String> line(
            final List<String> key,
            final String time,
            final String sequence,
            final BigDecimal change,
            final BigDecimal balance) {
        return List.of(key.get(0), key.get(1), time, sequence, number(change), number(balance));
    }
}
