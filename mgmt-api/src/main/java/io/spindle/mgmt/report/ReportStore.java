package io.spindle.mgmt.report;

import org.jdbi.v3.core.Jdbi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What reports read: fills, balances, holdings and orders of a scope, by sequence. */
final class ReportStore {
    /** What a fill is to its day. */
    enum Role {
        HOLDS,

        /** Taken back before the scope's end: told, not counted. */
        BROKEN,

        /** Of an earlier day, taken back on this one: counts with the other sign. */
        REVERSED
    }

    /** A fill with what its trade knows of it. */
    record Fill(
            String id,
            String order,
            String account,
            String firm,
            String symbol,
            String side,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal value,
            BigDecimal fee,
            String currency,
            long timeNs,
            boolean maker,
            Role role,
            boolean corrected) {
        boolean isBuy() {
            return side.equals("B");
        }

        /** In words: empty while the trade holds. */
        String status() {
            return role == Role.HOLDS ? "" : corrected ? "corrected" : "busted";
        }

        /** What it adds to the sums of its scope, of an amount of its own. */
        BigDecimal counted(final BigDecimal amount) {
            return switch (role) {
                case HOLDS -> amount;
                case BROKEN -> BigDecimal.ZERO;
                case REVERSED -> amount.negate();
            };
        }
    }

    /**
     * What an account had of something, after a command.
     *
     * @param of a currency or a symbol
     */
    record Amount(
            String account,
            String firm,
            String of,
            long sequence,
            long timeNs,
            BigDecimal amount) {}

    /**
     * An order that traded on the day, as its fills until the day's end made it. What is taken back
     * or corrected later does not change how it was executed.
     *
     * @param value Σ price × quantity, not rounded
     */
    record Execution(
            String order,
            String account,
            String firm,
            String symbol,
            String side,
            BigDecimal quantity,
            BigDecimal filled,
            BigDecimal value,
            BigDecimal bid,
            BigDecimal ask,
            long createdNs) {
        BigDecimal average() {
            return value.divide(filled, AVERAGE, RoundingMode.HALF_UP);
        }

        private Execution and(final Execution later) {
            return new Execution(
                    order,
                    account,
                    firm,
                    symbol,
                    later.side,
                    quantity,
                    filled.add(later.filled),
                    value.add(later.value),
                    bid,
                    ask,
                    createdNs);
        }
    }

    /** The engine books values in whole 10^-4, rounded down. */
    private static final int MONEY = 4;

    private static final int AVERAGE = 8;

    private static final int FETCHED = 1_000;

    private static final String FILLS =
            """
            SELECT f.fill_id, f.client_order_id, f.symbol, f.side, f.quantity, f.price, f.fee,
                f.fee_currency, f.filled_at, f.is_maker,
                CASE WHEN f.filled_at < :from THEN 'REVERSED' WHEN t.broken_at < :to THEN 'BROKEN'
                     ELSE 'HOLDS' END AS role,
                EXISTS (SELECT 1 FROM trades c WHERE c.corrects = t.match_number) AS corrected,
                CASE WHEN f.client_order_id = t.maker_order THEN t.maker_account
                     ELSE t.taker_account END AS account,
                CASE WHEN f.client_order_id = t.maker_order THEN t.maker_firm
                     ELSE t.taker_firm END AS firm
            FROM fills f JOIN trades t ON t.match_number = f.trade_id
            WHERE (f.filled_at >= :from AND f.filled_at < :to
                    OR f.filled_at < :from AND t.broken_at >= :from AND t.broken_at < :to)
                AND (:symbol = '' OR f.symbol = :symbol)
            ORDER BY t.sequence, t.match_number, f.fill_id""";

    /**
     * The last amounts before the scope, and every change in it: of a long past the database hands
     * over a row for each account and thing, and nothing else of it comes into memory.
     */
    private static final String AMOUNTS =
            """
            SELECT account, firm, %1$s AS thing, sequence, changed_at, %2$s AS amount
            FROM %3$s
            WHERE changed_at >= :from AND changed_at < :to AND firm <> ''
                AND (:account = '' OR account = :account)
            UNION ALL
            SELECT h.account, h.firm, h.%1$s, h.sequence, h.changed_at, h.%2$s
            FROM %3$s h
                JOIN (
                    SELECT account, firm, %1$s AS thing, MAX(sequence) AS newest
                    FROM %3$s
                    WHERE changed_at < :from AND firm <> ''
                        AND (:account = '' OR account = :account)
                    GROUP BY account, firm, %1$s) morning
                ON h.account = morning.account AND h.%1$s = morning.thing
                    AND h.sequence = morning.newest
            ORDER BY account, thing, sequence""";

    /** A row a fill, summed by us: SQLite would make floating point numbers of the decimals. */
    private static final String EXECUTIONS =
            """
            SELECT o.client_order_id, o.symbol, f.side, o.quantity, f.quantity AS filled, f.price,
                o.created_at, q.bid, q.ask,
                CASE WHEN t.maker_order = o.client_order_id THEN t.maker_account
                     ELSE t.taker_account END AS account,
                CASE WHEN t.maker_order = o.client_order_id THEN t.maker_firm
                     ELSE t.taker_firm END AS firm
            FROM orders o
                JOIN fills f ON f.client_order_id = o.client_order_id
                JOIN trades t ON t.match_number = f.trade_id
                LEFT JOIN entry_quotes q ON q.client_order_id = o.client_order_id
            WHERE f.filled_at < :to AND t.corrects IS NULL
                AND o.client_order_id IN (
                    SELECT d.client_order_id
                    FROM fills d JOIN trades c ON c.match_number = d.trade_id
                    WHERE d.filled_at >= :from AND d.filled_at < :to AND c.corrects IS NULL)
                AND (:symbol = '' OR o.symbol = :symbol)
            ORDER BY o.created_at, o.client_order_id, t.sequence, t.match_number, f.fill_id""";

    private final Supplier<Jdbi> jdbi;

    ReportStore(final Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
    }

    /** Fills of the scope, and what then was taken back. */
    List<Fill> fills(final ReportScope scope) {
        final List<Fill> fills = new ArrayList<>();
        eachFill(scope, scope.startNs(), fills::add);
        return fills;
    }

    /**
     * Goes through the fills from a time on, until the scope's end, and what then was taken back. A
     * transaction, for only there PostgreSQL hands over {@value #FETCHED} rows at a time.
     *
     * @param reader keeps what it needs: nothing else does
     */
    void eachFill(final ReportScope scope, final long fromNs, final Consumer<Fill> reader) {
        jdbi.get()
                .useTransaction(
                        handle ->
                                handle.createQuery(FILLS)
                                        .setFetchSize(FETCHED)
                                        .bind("from", fromNs)
                                        .bind("to", scope.endNs())
                                        .bind("symbol", scope.symbol())
                                        .map((row, context) -> fill(row))
                                        .forEach(
                                                fill -> {
                                                    if (isFor(scope, fill.account, fill.firm)) {
                                                        reader.accept(fill);
                                                    }
                                                }));
    }

    private static boolean isFor(final ReportScope scope, final String account, final String firm) {
        return scope.includes(firm)
                && (scope.account().isEmpty() || scope.account().equals(account));
    }

    private static Fill fill(final ResultSet row) throws SQLException {
        final BigDecimal quantity = decimal(row, "quantity");
        final BigDecimal price = decimal(row, "price");
        return new Fill(
                row.getString("fill_id"),
                row.getString("client_order_id"),
                row.getString("account"),
                row.getString("firm"),
                row.getString("symbol"),
                row.getString("side"),
                quantity,
                price,
                quantity.multiply(price).setScale(MONEY, RoundingMode.DOWN),
                decimal(row, "fee"),
                row.getString("fee_currency"),
                row.getLong("filled_at"),
                row.getBoolean("is_maker"),
                Role.valueOf(row.getString("role")),
                row.getBoolean("corrected"));
    }

    /** Cash as it was before the scope, and after each change in it. */
    List<Amount> balances(final ReportScope scope) {
        return amounts(scope, AMOUNTS.formatted("currency", "balance", "balances"));
    }

    /** The same of holdings. */
    List<Amount> holdings(final ReportScope scope) {
        return amounts(scope, AMOUNTS.formatted("symbol", "quantity", "holdings")).stream()
                .filter(one -> scope.symbol().isEmpty() || scope.symbol().equals(one.of))
                .toList();
    }

    private List<Amount> amounts(final ReportScope scope, final String query) {
        return jdbi.get()
                .withHandle(
                        handle ->
                                handle
                                        .createQuery(query)
                                        .bind("from", scope.startNs())
                                        .bind("to", scope.endNs())
                                        .bind("account", scope.account())
                                        .map(
                                                (row, context) ->
                                                        new Amount(
                                                                row.getString("account"),
                                                                row.getString("firm"),
                                                                row.getString("thing"),
                                                                row.getLong("sequence"),
                                                                row.getLong("changed_at"),
                                                                decimal(row, "amount")))
                                        .list()
                                        .stream()
                                        .filter(one -> scope.includes(one.firm))
                                        .toList());
    }

    /** Those that traded on the day, in the order in which they came. */
    List<Execution> executions(final ReportScope scope) {
        final List<Execution> fills =
                jdbi.get()
                        .withHandle(
                                handle ->
                                        handle.createQuery(EXECUTIONS)
                                                .bind("from", scope.startNs())
                                                .bind("to", scope.endNs())
                                                .bind("symbol", scope.symbol())
                                                .map((row, context) -> execution(row))
                                                .list());
        final Map<String, Execution> orders = new LinkedHashMap<>();
        for (final Execution fill : fills) {
            orders.merge(fill.order, fill, Execution::and);
        }
        return orders.values().stream().filter(one -> isFor(scope, one.account, one.firm)).toList();
    }

    private static Execution execution(final ResultSet row) throws SQLException {
        final BigDecimal filled = decimal(row, "filled");
        return new Execution(
                row.getString("client_order_id"),
                row.getString("account"),
                row.getString("firm"),
                row.getString("symbol"),
                row.getString("side"),
                decimal(row, "quantity"),
                filled,
                filled.multiply(decimal(row, "price")),
                decimal(row, "bid"),
                decimal(row, "ask"),
                row.getLong("created_at"));
    }

    /** SQLite keeps decimals as text, PostgreSQL with trailing zeros: both come out alike. */
    private static BigDecimal decimal(final ResultSet row, final String column)
            throws SQLException {
        final String text = row.getString(column);
        return text == null ? null : new BigDecimal(text).stripTrailingZeros();
    }
}
