package io.spindle.mgmt.database;

import static io.spindle.mgmt.database.FactStore.decimal;

import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.EntryQuote;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Holding;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.RoutingQuote;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What accounts had after each command that changed it, and what the book offered to each order.
 * One row a command and balance: what it was in the middle of a command was never true.
 */
final class HistoryStore {
    private static final String BALANCE =
            """
            INSERT INTO balances (account, firm, currency, sequence, changed_at, balance)
            VALUES (:account, :firm, :of, :sequence, :time, :amount)
            ON CONFLICT (account, currency, sequence) DO UPDATE SET balance = excluded.balance\
            """;

    private static final String HOLDING =
            """
            INSERT INTO holdings (account, firm, symbol, sequence, changed_at, quantity)
            VALUES (:account, :firm, :of, :sequence, :time, :amount)
            ON CONFLICT (account, symbol, sequence) DO UPDATE SET quantity = excluded.quantity\
            """;

    private static final String QUOTE =
            """
            INSERT INTO entry_quotes (client_order_id, sequence, bid, ask)
            VALUES (:order, :sequence, :bid, :ask)
            ON CONFLICT (client_order_id) DO NOTHING\
            """;

    private static final String ROUTING =
            """
            INSERT INTO routing_quotes (client_order_id, venue, sequence, decided_at, account, firm,
                symbol, side, price, quantity, share, age_ns)
            VALUES (:order, :venue, :sequence, :time, :account, :firm, :symbol, :side, :price,
                :quantity, :share, :age)
            ON CONFLICT (client_order_id, venue, sequence) DO NOTHING\
            """;

    /** What a row is about. */
    private record Key(long sequence, String account, String of) {}

    private HistoryStore() {}

    /** The same facts again change nothing. */
    static void write(final Handle handle, final List<Fact> facts) {
        final Map<Key, Balance> balances = new LinkedHashMap<>();
        final Map<Key, Holding> holdings = new LinkedHashMap<>();
        final PreparedBatch quotes = handle.prepareBatch(QUOTE);
        final PreparedBatch decisions = handle.prepareBatch(ROUTING);
        for (final Fact fact : facts) {
            switch (fact) {
                case Balance balance ->
                        balances.put(
                                new Key(balance.sequence(), balance.account(), balance.currency()),
                                balance);
                case Holding holding ->
                        holdings.put(
                                new Key(
                                        holding.sequence(),
                                        holding.account(),
                                        holding.instrument().symbol()),
                                holding);
                case EntryQuote quote -> add(quotes, quote);
                case RoutingQuote quote -> add(decisions, quote);
                default -> {}
            }
        }
        final PreparedBatch cash = handle.prepareBatch(BALANCE);
        balances.values()
                .forEach(
                        one ->
                                add(
                                        cash,
                                        one,
                                        one.account(),
                                        one.firm(),
                                        one.currency(),
                                        decimal(one.amount(), Balance.DECIMALS)));
        final PreparedBatch lots = handle.prepareBatch(HOLDING);
        holdings.values()
                .forEach(
                        one ->
                                add(
                                        lots,
                                        one,
                                        one.account(),
                                        one.firm(),
                                        one.instrument().symbol(),
                                        decimal(one.lots(), one.instrument().lotExponent())));
        List.of(cash, lots, quotes, decisions).stream()
                .filter(batch -> batch.size() > 0)
                .forEach(PreparedBatch::execute);
    }

    private static void add(
            final PreparedBatch batch,
            final Fact fact,
            final String account,
            final String firm,
            final String of,
            final BigDecimal amount) {
        batch.bind("account", account)
                .bind("firm", firm)
                .bind("of", of)
                .bind("sequence", fact.sequence())
                .bind("time", fact.timeNs())
                .bind("amount", amount)
                .add();
    }

    private static void add(final PreparedBatch batch, final EntryQuote quote) {
        batch.bind("order", quote.order().toString())
                .bind("sequence", quote.sequence())
                .bind("bid", price(quote.instrument(), quote.bid()))
                .bind("ask", price(quote.instrument(), quote.ask()))
                .add();
    }

    private static void add(final PreparedBatch batch, final RoutingQuote quote) {
        final int exponent = quote.instrument().lotExponent();
        batch.bind("order", quote.order().toString())
                .bind("venue", quote.venue())
                .bind("sequence", quote.sequence())
                .bind("time", quote.timeNs())
                .bind("account", quote.account())
                .bind("firm", quote.firm())
                .bind("symbol", quote.instrument().symbol())
                .bind("side", Character.toString(quote.side()))
                .bind("price", price(quote.instrument(), quote.price()))
                .bind("quantity", decimal(quote.quantity(), exponent))
                .bind("share", decimal(quote.share(), exponent))
                .bind("age", quote.ageNs() < 0 ? null : quote.ageNs())
                .add();
    }

    private static BigDecimal price(final Instrument instrument, final long price) {
        return price == EntryQuote.NONE ? null : decimal(price, instrument.priceDecimals());
    }
}
