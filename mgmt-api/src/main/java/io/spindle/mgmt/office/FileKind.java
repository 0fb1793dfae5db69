package io.spindle.mgmt.office;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file from outside may be about: its columns, what names a row, and what is summed up. */
public enum FileKind {
    /** From a CRM; further columns become the account's metadata. */
    ACCOUNTS(List.of("account", "firm", "shortSelling", "margin", "tradeUnsettled"), 1, "", ""),
    /** From a bank: what each account has, in total. */
    CASH(List.of("account", "currency", "balance"), 2, "balance", "currency"),
    /** From a registry: what each account holds, in total. */
    HOLDINGS(List.of("account", "symbol", "quantity"), 2, "quantity", "symbol"),
    /** Open orders, quantity being what is left, in the order of their priority. */
    ORDERS(
            List.of("order", "account", "symbol", "side", "price", "quantity"),
            1,
            "quantity",
            "symbol"),
    /** One side of a trade a row. */
    FILLS(
            List.of("fill", "order", "account", "symbol", "side", "quantity", "price"),
            1,
            "quantity",
            "symbol");

    private static final List<String> NUMBERS = List.of("balance", "quantity", "price");
    private static final List<String> FLAGS = List.of("shortSelling", "margin", "tradeUnsettled");

    /** The columns it must have, in any order. */
    public final List<String> columns;

    /** The column whose sum is in the trailer, empty for none. */
    public final String summed;

    /** The column by whose values the sums are told apart. */
    public final String summedBy;

    private final int keyLength;

    FileKind(
            final List<String> columns,
            final int keyLength,
            final String summed,
            final String summedBy) {
        this.columns = columns;
        this.keyLength = keyLength;
        this.summed = summed;
        this.summedBy = summedBy;
    }

    /** Whether the column says who buys and who sells. */
    boolean isSide(final String column) {
        return isOfOrders() && column.equals("side");
    }

    /** Whether nothing but a number above zero makes sense in the column. */
    boolean isAboveZero(final String column) {
        return isOfOrders() && isNumber(column);
    }

    private boolean isOfOrders() {
        return this == ORDERS || this == FILLS;
    }

    /** The columns that name a row. */
    List<String> key() {
        return columns.subList(0, keyLength);
    }

    boolean allowsMoreColumns() {
        return this == ACCOUNTS;
    }

    static boolean isNumber(final String column) {
        return NUMBERS.contains(column);
    }

    static boolean isFlag(final String column) {
        return FLAGS.contains(column);
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FileKind> of(final String label) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
}
