package io.spindle.mgmt.report;

import static io.spindle.mgmt.report.Cells.money;
import static io.spindle.mgmt.report.Cells.number;
import static io.spindle.mgmt.report.Cells.side;
import static io.spindle.mgmt.report.Cells.table;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.report.Report.Table;
import io.spindle.mgmt.report.ReportStore.Execution;
import io.spindle.mgmt.report.ReportStore.Fill;

import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes reports from the database. */
public final class Reports {
    /** Rows are written in the order of the log, whose times never go back. */
    private static final String NEWEST =
            "SELECT COALESCE(MAX(ns), 0) FROM (SELECT MAX(created_at) AS ns FROM orders"
                    + " UNION ALL SELECT MAX(changed_at) FROM balances) AS newest";

    private final Supplier<Jdbi> jdbi;
    private final ReportStore store;

    /**
     * @param jdbi the database, asked for when a report is made
     */
    public Reports(final Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
        store = new ReportStore(jdbi);
    }

    /** The report as the database has it now; for a day that is over that never changes. */
    public Report make(final ReportKind kind, final ReportScope scope) {
        final List<Table> tables =
                switch (kind) {
                    case TRADES -> List.of(trades(scope));
                    case POSITIONS -> List.of(positions(scope));
                    case STATEMENT -> Statements.make(store, scope);
                    case CONTRACT_NOTES -> contractNotes(scope);
                    case BEST_EXECUTION ->
                            List.of(bestExecution(scope), RoutingDecisions.make(jdbi.get(), scope));
                };
        return new Report(kind.title, scope.parameters(), tables);
    }

    /** Up to this sequence everything is in the database; 0 if it follows no log. */
    public long position() {
        return jdbi.get()
                .withHandle(
                        handle ->
                                handle.createQuery("SELECT sequence FROM position")
                                        .mapTo(Long.class)
                                        .findOne()
                                        .orElse(0L));
    }

    /** Whether the database goes on behind a scope's end, so that nothing of it is missing. */
    public boolean isOver(final ReportScope scope) {
        final long newestNs =
                jdbi.get().withHandle(handle -> handle.createQuery(NEWEST).mapTo(Long.class).one());
        return newestNs >= scope.endNs();
    }

    private Table trades(final ReportScope scope) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Fill fill : store.fills(scope)) {
            rows.add(
                    List.of(
                            Times.text(fill.timeNs()),
                            fill.id(),
                            fill.order(),
                            fill.account(),
                            fill.symbol(),
                            side(fill.side()),
                            number(fill.quantity()),
                            number(fill.price()),
                            number(fill.value()),
                            number(fill.fee()),
                            fill.currency(),
                            fill.maker() ? "maker" : "taker",
                            fill.status()));
        }
        return table(
                "Fills",
                rows,
                "Time",
                "Fill",
                "Order",
                "Account",
                "Symbol",
                "Side",
                "Quantity",
                "Price",
                "Value",
                "Fee",
                "Currency",
                "Role",
                "Status");
    }

    /** Sums of one account's fills of one instrument. */
    private static final class Sums {
        private BigDecimal bought = BigDecimal.ZERO;
        private BigDecimal sold = BigDecimal.ZERO;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal received = BigDecimal.ZERO;
        private BigDecimal fees = BigDecimal.ZERO;
        private String currency = "";

        private void add(final Fill fill) {
            currency = fill.currency();
            fees = fees.add(fill.counted(fill.fee()));
            if (fill.isBuy()) {
                bought = bought.add(fill.counted(fill.quantity()));
                paid = paid.add(fill.counted(fill.value()));
            } else {
                sold = sold.add(fill.counted(fill.quantity()));
                received = received.add(fill.counted(fill.value()));
            }
        }

        private BigDecimal net() {
            return bought.subtract(sold);
        }
    }

    private static void add(final Map<List<String>, Sums> sums, final Fill fill) {
        sums.computeIfAbsent(List.of(fill.account(), fill.symbol()), key -> new Sums()).add(fill);
    }

    private Table positions(final ReportScope scope) {
        final Map<List<String>, Sums> sums = new TreeMap<>(Cells.BY_NAMES);
        store.eachFill(scope, 0, fill -> add(sums, fill));
        final List<List<String>> rows = new ArrayList<>();
        sums.forEach(
                (key, sum) ->
                        rows.add(
                                List.of(
                                        key.get(0),
                                        key.get(1),
                                        number(sum.bought),
                                        number(sum.sold),
                                        number(sum.net()),
                                        number(sum.paid),
                                        number(sum.received),
                                        number(sum.fees),
                                        sum.currency)));
        return table(
                "Positions at the end of the day",
                rows,
                "Account",
                "Symbol",
                "Bought",
                "Sold",
                "Position",
                "Paid",
                "Received",
                "Fees",
                "Currency");
    }

    /** A note an account and instrument: its fills, then what is to be paid or received in all. */
    private List<Table> contractNotes(final ReportScope scope) {
        final List<Fill> fills = store.fills(scope);
        final Map<List<String>, Sums> sums = new TreeMap<>(Cells.BY_NAMES);
        fills.forEach(fill -> add(sums, fill));
        final List<Table> notes = new ArrayList<>();
        sums.forEach((key, sum) -> notes.add(note(key, sum, of(key, fills))));
        return notes;
    }

    private static List<Fill> of(final List<String> key, final List<Fill> fills) {
        return fills.stream()
                .filter(fill -> key.equals(List.of(fill.account(), fill.symbol())))
                .toList();
    }

    private static Table note(final List<String> key, final Sums sum, final List<Fill> fills) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Fill fill : fills) {
            final BigDecimal signed = fill.isBuy() ? fill.value().negate() : fill.value();
            rows.add(
                    List.of(
                            Times.text(fill.timeNs()),
                            fill.id(),
                            side(fill.side()),
                            number(fill.quantity()),
                            number(fill.price()),
                            money(fill.value()),
                            money(fill.fee()),
                            money(fill.counted(signed.subtract(fill.fee()))),
                            fill.status()));
        }
        final BigDecimal net = sum.received.subtract(sum.paid).subtract(sum.fees);
        rows.add(
                List.of(
                        "total",
                        "",
                        "",
                        number(sum.net()),
                        "",
                        money(sum.paid.add(sum.received)),
                        money(sum.fees),
                        money(net),
                        ""));
        return table(
                "%s, %s, in %s".formatted(key.get(0), key.get(1), sum.currency),
                rows,
                "Time",
                "Fill",
                "Side",
                "Quantity",
                "Price",
                "Value",
                "Fee",
                "Net",
                "Status");
    }

    private Table bestExecution(final ReportScope scope) {
        final List<List<String>> rows = new ArrayList<>();
        for (final Execution one : store.executions(scope)) {
            final boolean buys = one.side().equals("B");
            final BigDecimal average = one.average();
            final BigDecimal touch = buys ? one.ask() : one.bid();
            final BigDecimal better =
                    touch == null ? null : buys ? touch.subtract(average) : average.subtract(touch);
            rows.add(
                    List.of(
                            Times.text(one.createdNs()),
                            one.order(),
                            one.account(),
                            one.symbol(),
                            side(one.side()),
                            number(one.quantity()),
                            number(one.filled()),
                            number(average),
                            one.bid() == null ? "" : number(one.bid()),
                            one.ask() == null ? "" : number(one.ask()),
                            better == null ? "" : number(better)));
        }
        return table(
                "Orders with fills",
                rows,
                "Time",
                "Order",
                "Account",
                "Symbol",
                "Side",
                "Quantity",
                "Filled",
                "Average price",
                "Bid at entry",
                "Ask at entry",
                "Better by");
    }
}
