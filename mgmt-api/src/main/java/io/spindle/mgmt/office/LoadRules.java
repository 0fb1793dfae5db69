package io.spindle.mgmt.office;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Account;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.office.ExternalFile.Row;
import io.spindle.mgmt.view.View;
import io.spindle.oms.AccountTable;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the rows of each kind of file are held against a replica, and turned into commands. */
final class LoadRules {
    private static final int ACCOUNT_LENGTH = 16;
    private static final int FIRM_LENGTH = 4;

    private LoadRules() {}

    static Load.Rule of(final ExternalFile file, final View.Reading now) {
        return switch (file.kind()) {
            case ACCOUNTS -> accounts(now);
            case CASH -> cash(now);
            case HOLDINGS -> holdings(now);
            case ORDERS -> orders(now);
            case FILLS ->
                    throw new IllegalArgumentException("fills are reconciled, they are not loaded");
        };
    }

    private static Map<String, Account> accountsOf(final View.Reading now) {
        return now.ledger().accounts().stream()
                .collect(Collectors.toMap(Account::code, Function.identity()));
    }

    private static Load.Rule accounts(final View.Reading now) {
        final Map<String, Account> known = accountsOf(now);
        final Set<String> firms = new HashSet<>(now.ledger().firms());
        return (row, load) -> {
            final String code = row.text("account");
            final String firm = row.text("firm");
            final Account account = known.get(code);
            if (code.length() > ACCOUNT_LENGTH || firm.length() > FIRM_LENGTH) {
                load.quarantine(row, "account or firm is too long");
            } else if (account != null && !account.firm().equals(firm)) {
                load.quarantine(row, "the account belongs to " + account.firm());
            } else {
                load.take(row, account == null ? Map.of() : terms(account), terms(row));
                if (firms.add(firm)) {
                    load.command(batch -> batch.firm(firm));
                }
                if (account == null || !terms(account).equals(terms(row))) {
                    load.command(batch -> batch.account(code, firm, flags(row)));
                }
                describe(row, now.metadata().find("account", code), load);
            }
        };
    }

    private static Map<String, String> terms(final Account account) {
        return Map.of(
                "shortSelling", Boolean.toString(account.shortSelling()),
                "margin", Boolean.toString(account.margin()),
                "tradeUnsettled", Boolean.toString(account.tradeUnsettled()));
    }

    private static Map<String, String> terms(final Row row) {
        return Map.of(
                "shortSelling", row.text("shortSelling"),
                "margin", row.text("margin"),
                "tradeUnsettled", row.text("tradeUnsettled"));
    }

    private static int flags(final Row row) {
        return (row.flag("shortSelling") ? AccountTable.FLAG_SHORT_SELLING : 0)
                | (row.flag("margin") ? AccountTable.FLAG_MARGIN : 0)
                | (row.flag("tradeUnsettled") ? AccountTable.FLAG_TRADE_UNSETTLED : 0);
    }

    /** Columns that we do not know are kept as they are, for those who do. */
    private static void describe(final Row row, final Optional<Metadata> known, final Load load) {
        final Map<String, String> more = new LinkedHashMap<>(row.values());
        FileKind.ACCOUNTS.columns.forEach(more::remove);
        if (!more.isEmpty()) {
            final String attributes = Json.write(more);
            if (known.filter(entry -> entry.attributes().equals(attributes)).isEmpty()) {
                load.note(row.text("account"), attributes);
            }
        }
    }

    private static Load.Rule cash(final View.Reading now) {
        final Set<String> known = accountsOf(now).keySet();
        final Map<String, Balance> balances =
                now.ledger().cash().stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.account() + "/" + one.currency(),
                                        Function.identity()));
        return (row, load) -> {
            final String account = row.text("account");
            final String currency = row.text("currency");
            final Optional<Long> wanted = scaled(row.number("balance"), Balance.DECIMALS);
            if (!known.contains(account)) {
                load.quarantine(row, "unknown account");
            } else if (!currency.matches("[A-Z0-9]{3,4}")) {
                load.quarantine(row, "no currency code");
            } else if (wanted.isEmpty()) {
                load.quarantine(row, "more than " + Balance.DECIMALS + " decimals, or too large");
            } else {
                final Balance cash = balances.get(account + "/" + currency);
                final long before = cash == null ? 0 : cash.amount();
                load.take(row, amount("balance", before, 4), amount("balance", wanted.get(), 4));
                if (wanted.get() != before) {
                    load.command(batch -> batch.cash(account, currency, wanted.get() - before));
                }
            }
        };
    }

    private static Load.Rule holdings(final View.Reading now) {
        final Set<String> known = accountsOf(now).keySet();
        final Map<String, Holding> positions =
                now.ledger().holdings().stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.account() + "/" + one.instrument().symbol(),
                                        Function.identity()));
        final Map<String, Instrument> instruments =
                now.instruments().stream()
                        .collect(Collectors.toMap(Instrument::symbol, Function.identity()));
        return (row, load) -> {
            final String account = row.text("account");
            final Instrument instrument = instruments.get(row.text("symbol"));
            if (!known.contains(account) || instrument == null) {
                load.quarantine(row, instrument == null ? "unknown symbol" : "unknown account");
                return;
            }
            final int decimals = instrument.lotExponent();
            final Optional<Long> wanted = scaled(row.number("quantity"), decimals);
            if (wanted.isEmpty()) {
                load.quarantine(row, "more than " + decimals + " decimals, or too large");
                return;
            }
            final Holding position = positions.get(row.key(FileKind.HOLDINGS));
            final long before = position == null ? 0 : position.lots();
            load.take(
                    row,
                    amount("quantity", before, decimals),
                    amount("quantity", wanted.get(), decimals));
            if (wanted.get() != before) {
                final long change = wanted.get() - before;
                load.command(batch -> batch.holding(account, instrument.symbol(), change));
            }
        };
    }

    /** The log keeps open orders and their places in the book; a file only confirms them. */
    private static Load.Rule orders(final View.Reading now) {
        return (row, load) -> {
            final Optional<Order> order =
                    OrderId.parse(row.text("order"))
                            .flatMap(id -> now.orders().find(id))
                            .filter(found -> !found.isTerminal());
            if (order.isEmpty()) {
                load.quarantine(row, "not in our books");
            } else {
                load.take(row, Statement.of(order.get()), Statement.of(row, FileKind.ORDERS));
            }
        };
    }

    private static Map<String, String> amount(
            final String column, final long value, final int decimals) {
        return Map.of(column, Decimals.text(value, decimals));
    }

    private static Optional<Long> scaled(final BigDecimal number, final int decimals) {
        try {
            return Optional.of(number.setScale(decimals).unscaledValue().longValueExact());
        } catch (final ArithmeticException unfit) {
            return Optional.empty();
        }
    }
}
