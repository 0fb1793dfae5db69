package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Order;

import java.util.List;

/** What accounts own, as the API shows it. */
public final class LedgerJson {
    private LedgerJson() {}

    /** A page of cash by account and currency, all true at one sequence. */
    public record Balances(long sequence, List<Balance> items, String nextPageToken) {}

    /**
     * Cash of an account in one currency; free is what a new order may use; overdrawn if there is
     * less than none.
     */
    public record Balance(
            String account,
            String firm,
            String currency,
            String balance,
            String reserved,
            String unsettledIn,
            String unsettledOut,
            String margin,
            String free,
            boolean overdrawn) {
        public static Balance of(final io.spindle.mgmt.model.Balance cash) {
            return new Balance(
                    cash.account(),
                    cash.firm(),
                    cash.currency(),
                    money(cash.amount()),
                    money(cash.reserved()),
                    money(cash.unsettledIn()),
                    money(cash.unsettledOut()),
                    money(cash.margin()),
                    money(cash.free()),
                    cash.free() < 0);
        }
    }

    /** A page of holdings by account and instrument, all true at one sequence. */
    public record Holdings(long sequence, List<Holding> items, String nextPageToken) {}

    /**
     * A holding; position is the sum of fills, cost and profit are in the currency.
     *
     * @param free what a new sell may use without selling short
     * @param overdrawn fewer than none are free, and the account may not sell short
     * @param mark price of the last trade, else the reference; absent without either
     * @param unrealised what the position would make at the mark; absent without one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Holding(
            String account,
            String firm,
            String symbol,
            String quantity,
            String openBuy,
            String openSell,
            String free,
            boolean overdrawn,
            String position,
            String cost,
            String realised,
            String mark,
            String unrealised,
            String currency) {
        public static Holding of(final io.spindle.mgmt.model.Holding holding) {
            final var instrument = holding.instrument();
            return new Holding(
                    holding.account(),
                    holding.firm(),
                    instrument.symbol(),
                    instrument.quantity(holding.lots()),
                    instrument.quantity(holding.openBuy()),
                    instrument.quantity(holding.openSell()),
                    instrument.quantity(holding.free()),
                    holding.overdrawn(),
                    instrument.quantity(holding.position()),
                    money(holding.cost()),
                    money(holding.realised()),
                    holding.mark() == 0 ? null : instrument.price(holding.mark()),
                    holding.unrealised() == null ? null : money(holding.unrealised()),
                    instrument.currency());
        }
    }

    private static String money(final long amount) {
        return Decimals.text(amount, Order.VALUE_DECIMALS);
    }
}
