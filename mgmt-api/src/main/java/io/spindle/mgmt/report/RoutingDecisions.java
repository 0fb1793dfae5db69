package io.spindle.mgmt.report;

import static io.spindle.mgmt.report.Cells.number;
import static io.spindle.mgmt.report.Cells.side;
import static io.spindle.mgmt.report.Cells.table;

import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.report.Report.Table;

import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What was seen of every place when it was decided where the orders of a day go. */
final class RoutingDecisions {
    private static final String QUOTES =
            """
            SELECT client_order_id, venue, decided_at, account, firm, symbol, side, price, quantity,
                share, age_ns
            FROM routing_quotes
            WHERE decided_at >= :from AND decided_at < :to
                AND (:symbol = '' OR symbol = :symbol)
                AND (:account = '' OR account = :account)
            ORDER BY sequence, client_order_id, venue\
            """;

    private RoutingDecisions() {}

    static Table make(final Jdbi jdbi, final ReportScope scope) {
        final List<List<String>> rows =
                jdbi.withHandle(
                        handle ->
                                handle
                                        .createQuery(QUOTES)
                                        .bind("from", scope.startNs())
                                        .bind("to", scope.endNs())
                                        .bind("symbol", scope.symbol())
                                        .bind("account", scope.account())
                                        .map((row, context) -> row(row, scope))
                                        .list()
                                        .stream()
                                        .flatMap(Optional::stream)
                                        .toList());
        return table(
                "Routing decisions",
                rows,
                "Time",
                "Order",
                "Account",
                "Symbol",
                "Side",
                "Venue",
                "Price",
                "Quoted",
                "Given",
                "Age ns");
    }

    private static Optional<List<String>> row(final ResultSet row, final ReportScope scope)
            throws SQLException {
        if (!scope.includes(row.getString("firm"))) {
            return Optional.empty();
        }
        final String age = row.getString("age_ns");
        return Optional.of(
                List.of(
                        Times.text(row.getLong("decided_at")),
                        row.getString("client_order_id"),
                        row.getString("account"),
                        row.getString("symbol"),
                        side(row.getString("side")),
                        row.getString("venue"),
                        decimal(row.getString("price")),
                        decimal(row.getString("quantity")),
                        decimal(row.getString("share")),
                        age == null ? "" : age));
    }

    /** SQLite keeps decimals as text, PostgreSQL with trailing zeros: both come out alike. */
    private static String decimal(final String text) {
        return text == null ? "" : number(new BigDecimal(text).stripTrailingZeros());
    }
}
