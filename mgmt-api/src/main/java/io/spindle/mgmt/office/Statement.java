package io.spindle.mgmt.office;

import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.view.View;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What we would write into a file of a kind: key by key, the values by column. Numbers lose their
 * trailing zeros, so that 10 and 10.00 are the same on both sides.
 */
final class Statement {
    private Statement() {}

    /** What the file says. */
    static SortedMap<String, Map<String, String>> theirs(final ExternalFile file) {
        final SortedMap<String, Map<String, String>> theirs = new TreeMap<>();
        file.rows().forEach(row -> theirs.put(row.key(file.kind()), of(row, file.kind())));
        return theirs;
    }

    /** What we say; fills are those of the file's day, in UTC. */
    static SortedMap<String, Map<String, String>> ours(
            final View.Reading now, final FileKind kind, final LocalDate date) {
        final SortedMap<String, Map<String, String>> ours = new TreeMap<>();
        switch (kind) {
            case ORDERS ->
                    now.orders()
                            .list(true, order -> true)
                            .forEach(order -> ours.put(order.id().toString(), of(order)));
            case FILLS ->
                    now.trades()
                            .list(
                                    trade ->
                                            trade.status() == Trade.Status.VALID
                                                    && day(trade).equals(date))
                            .forEach(
                                    trade -> {
                                        ours.put(trade.matchNumber() + "-M", leg(trade, true));
                                        ours.put(trade.matchNumber() + "-T", leg(trade, false));
                                    });
            case CASH ->
                    now.ledger()
                            .cash()
                            .forEach(
                                    cash ->
                                            ours.put(
                                                    cash.account() + "/" + cash.currency(),
                                                    Map.of(
                                                            "balance",
                                                            number(
                                                                    Decimals.text(
                                                                            cash.amount(), 4)))));
            case HOLDINGS ->
                    now.ledger()
                            .holdings()
                            .forEach(
                                    one ->
                                            ours.put(
                                                    one.account() + "/" + one.instrument().symbol(),
                                                    Map.of(
                                                            "quantity",
                                                            number(
                                                                    one.instrument()
                                                                            .quantity(
                                                                                    one.lots())))));
            case ACCOUNTS ->
                    now.ledger()
                            .accounts()
                            .forEach(one -> ours.put(one.code(), Map.of("firm", one.firm())));
        }
        return ours;
    }

    /** A row's columns, without those that name it. */
    static Map<String, String> of(final ExternalFile.Row row, final FileKind kind) {
        final SortedMap<String, String> values = new TreeMap<>();
        final List<String> columns =
                kind == FileKind.ACCOUNTS ? List.of("account", "firm") : kind.columns;
        for (final String column : columns) {
            if (!kind.key().contains(column)) {
                final String text = row.text(column);
                values.put(column, FileKind.isNumber(column) ? number(text) : text);
            }
        }
        return values;
    }

    static Map<String, String> of(final Order order) {
        return new TreeMap<>(
                Map.of(
                        "account", order.account(),
                        "symbol", order.instrument().symbol(),
                        "side", Character.toString(order.side()),
                        "price", number(order.instrument().price(order.price())),
                        "quantity", number(order.instrument().quantity(order.leaves()))));
    }

    private static Map<String, String> leg(final Trade trade, final boolean maker) {
        final Trade.Leg leg = maker ? trade.maker() : trade.taker();
        return new TreeMap<>(
                Map.of(
                        "order", leg.order().toString(),
                        "account", leg.account(),
                        "symbol", trade.instrument().symbol(),
                        "side", Character.toString(leg.side()),
                        "quantity", number(trade.instrument().quantity(trade.quantity())),
                        "price", number(trade.instrument().price(trade.price()))));
    }

    private static LocalDate day(final Trade trade) {
        return LocalDate.ofEpochDay(Math.floorDiv(trade.timeNs(), TimeUnit.DAYS.toNanos(1)));
    }

    private static String number(final String text) {
        final BigDecimal value = new BigDecimal(text);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
