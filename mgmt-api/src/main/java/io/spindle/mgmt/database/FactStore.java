package io.spindle.mgmt.database;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradeBroken;
import io.spindle.mgmt.view.Book;
import io.spindle.mgmt.view.OrderHistory;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Facts as rows. Every statement may be run again with the same facts and changes nothing then, so
 * a writer that does not know whether its last batch arrived just repeats it.
 */
public final class FactStore {
    private static final String UPSERT_ORDER =
            """
            INSERT INTO orders (client_order_id, exchange_order_id, exchange, symbol, side,
                order_type, time_in_force, quantity, price, stop_price, status, filled_quantity,
                average_fill_price, created_at, submitted_at, updated_at, strategy_id,
                parent_order_id, rejection_reason, metadata)
            VALUES (:id, :reference, :exchange, :symbol, :side, :type, :timeInForce, :quantity,
                :price, :stop, :status, :filled, :average, :created, :submitted, :updated,
                :strategy, :parent, :reason, :metadata)
            ON CONFLICT (client_order_id) DO UPDATE SET
                exchange_order_id = excluded.exchange_order_id, side = excluded.side,
                quantity = excluded.quantity, status = excluded.status,
                filled_quantity = excluded.filled_quantity,
                average_fill_price = excluded.average_fill_price,
                submitted_at = CASE WHEN orders.submitted_at < excluded.submitted_at
                    THEN excluded.submitted_at ELSE orders.submitted_at END,
                updated_at = excluded.updated_at, rejection_reason = excluded.rejection_reason
            WHERE orders.updated_at <= excluded.updated_at\
            """;

    private static final String END_REPLACED =
            """
            UPDATE orders SET status = 'cancelled', rejection_reason = :reason,
                updated_at = :updated
            WHERE client_order_id = :id\
            """;

    private static final String INSERT_FILL =
            """
            INSERT INTO fills (fill_id, client_order_id, exchange, symbol, side, quantity, price,
                fee, fee_currency, filled_at, trade_id, is_maker)
            VALUES (:fillId, :order, :exchange, :symbol, :side, :quantity, :price, :fee,
                :currency, :time, :trade, :maker)
            ON CONFLICT (fill_id) DO NOTHING\
            """;

    private static final String INSERT_TRADE =
            """
            INSERT INTO trades (match_number, sequence, symbol, currency, price, quantity,
                traded_at, maker_order, maker_firm, maker_account, maker_side, taker_order,
                taker_firm, taker_account, taker_side, corrects)
            VALUES (:trade, :sequence, :symbol, :currency, :price, :quantity, :time, :makerOrder,
                :makerFirm, :makerAccount, :makerSide, :takerOrder, :takerFirm, :takerAccount,
                :takerSide, :corrects)
            ON CONFLICT (match_number) DO NOTHING\
            """;

    private static final String BREAK_TRADE =
            "UPDATE trades SET broken_at = :time WHERE match_number = :trade";

    /** In front of the point, of the columns that orders are in. */
    private static final int INTEGER_DIGITS = 12;

    private FactStore() {}

    /** Writes the facts in their order, the last state of an order only. */
    static void write(final Handle handle, final List<Fact> facts) {
        final Map<Object, Order> orders = new LinkedHashMap<>();
        for (final Fact fact : facts) {
            if (fact instanceof final Order order) {
                orders.put(order.id(), order);
            }
        }
        writeOrders(handle, List.copyOf(orders.values()));
        endReplaced(handle, facts);
        final List<Trade> trades =
                facts.stream().filter(Trade.class::isInstance).map(Trade.class::cast).toList();
        writeTrades(handle, trades);
        breakTrades(handle, facts);
        HistoryStore.write(handle, facts);
        RequestStore.write(handle, facts);
    }

    private static void writeOrders(final Handle handle, final List<Order> orders) {
        if (orders.isEmpty()) {
            return;
        }
        final PreparedBatch batch = handle.prepareBatch(UPSERT_ORDER);
        for (final Order order : orders) {
            final Instrument instrument = order.instrument();
            final boolean market = order.price() == Long.MAX_VALUE;
            batch.bind("id", order.id().toString())
                    .bind("reference", order.orderReference())
                    .bind("exchange", Order.EXCHANGE)
                    .bind("symbol", instrument.symbol())
                    .bind("side", Character.toString(order.side()))
                    .bind("type", order.kind().type().name().toLowerCase(Locale.ROOT))
                    .bind("stop", stopPrice(order))
                    .bind("strategy", strategy(order))
                    .bind("timeInForce", Character.toString(order.timeInForce()))
                    .bind("quantity", quantity(order))
                    .bind(
                            "price",
                            market ? null : fitting(order.price(), instrument.priceDecimals()))
                    .bind("status", order.state().name().toLowerCase(Locale.ROOT))
                    .bind("filled", decimal(order.executed(), instrument.lotExponent()))
                    .bind(
                            "average",
                            order.executed() == 0
                                    ? null
                                    : decimal(order.averagePrice(), instrument.priceDecimals()))
                    .bind("created", order.createdNs())
                    .bind("submitted", submitted(order))
                    .bind("updated", order.timeNs())
                    .bind("parent", parent(order))
                    .bind("reason", order.reason().isEmpty() ? null : order.reason())
                    .bind("metadata", metadata(order))
                    .add();
        }
        batch.execute();
    }

    /** Never empty: until it is submitted, it stands as if that had been at once. */
    private static long submitted(final Order order) {
        return Math.max(order.createdNs(), order.submittedNs());
    }

    private static BigDecimal stopPrice(final Order order) {
        final long stop = order.kind().stopPrice();
        return stop == 0 ? null : fitting(stop, order.instrument().priceDecimals());
    }

    /** 0 if the column cannot hold it. */
    private static BigDecimal quantity(final Order order) {
        final BigDecimal asked = fitting(order.quantity(), order.instrument().lotExponent());
        return asked == null ? BigDecimal.ZERO : asked;
    }

    private static String strategy(final Order order) {
        final int strategy = order.kind().strategyId();
        return strategy == 0 ? null : Integer.toUnsignedString(strategy);
    }

    /** The order that it is linked with, else the one that it replaced. */
    private static String parent(final Order order) {
        final OrderId parent =
                order.kind().parent() == null ? order.origin() : order.kind().parent();
        return parent == null ? null : parent.toString();
    }

    private static void endReplaced(final Handle handle, final List<Fact> facts) {
        for (final Fact fact : facts) {
            if (fact instanceof final Order order && order.cause() == Order.Cause.REPLACED) {
                handle.createUpdate(END_REPLACED)
                        .bind("id", order.origin().toString())
                        .bind("reason", OrderHistory.REPLACED)
                        .bind("updated", order.timeNs())
                        .execute();
            }
        }
    }

    private static void writeTrades(final Handle handle, final List<Trade> trades) {
        if (trades.isEmpty()) {
            return;
        }
        final PreparedBatch tradeBatch = handle.prepareBatch(INSERT_TRADE);
        final PreparedBatch fillBatch = handle.prepareBatch(INSERT_FILL);
        for (final Trade trade : trades) {
            bindTrade(tradeBatch, trade)
                    .bind("sequence", trade.sequence())
                    .bind("makerOrder", trade.maker().order().toString())
                    .bind("makerFirm", trade.maker().firm())
                    .bind("makerAccount", trade.maker().account())
                    .bind("makerSide", Character.toString(trade.maker().side()))
                    .bind("takerOrder", trade.taker().order().toString())
                    .bind("takerFirm", trade.taker().firm())
                    .bind("takerAccount", trade.taker().account())
                    .bind("takerSide", Character.toString(trade.taker().side()))
                    .bind("corrects", trade.corrects() == 0 ? null : trade.corrects())
                    .add();
            addFill(fillBatch, trade, trade.maker(), "-M");
            addFill(fillBatch, trade, trade.taker(), "-T");
        }
        tradeBatch.execute();
        fillBatch.execute();
    }

    private static void breakTrades(final Handle handle, final List<Fact> facts) {
        for (final Fact fact : facts) {
            if (fact instanceof final TradeBroken broken) {
                handle.createUpdate(BREAK_TRADE)
                        .bind("trade", broken.matchNumber())
                        .bind("time", broken.timeNs())
                        .execute();
            }
        }
    }

    private static void addFill(
            final PreparedBatch batch,
            final Trade trade,
            final Trade.Leg leg,
            final String suffix) {
        if (leg.isVenue()) {
            return; // it has no order here
        }
        bindTrade(batch, trade)
                .bind("fillId", trade.matchNumber() + suffix)
                .bind("order", leg.order().toString())
                .bind("exchange", trade.exchange())
                .bind("side", Character.toString(leg.side()))
                .bind("fee", decimal(leg.fee(), Order.VALUE_DECIMALS))
                .bind("maker", leg.isMaker())
                .add();
    }

    private static PreparedBatch bindTrade(final PreparedBatch batch, final Trade trade) {
        final Instrument instrument = trade.instrument();
        return batch.bind("trade", trade.matchNumber())
                .bind("symbol", instrument.symbol())
                .bind("currency", instrument.currency())
                .bind("price", decimal(trade.price(), instrument.priceDecimals()))
                .bind("quantity", decimal(trade.quantity(), instrument.lotExponent()))
                .bind("time", trade.timeNs());
    }

    /** Replaces the book table by these books. */
    static void writeBooks(final Handle handle, final List<Book> books) {
        handle.execute("DELETE FROM book");
        final PreparedBatch batch =
                handle.prepareBatch(
                        """
                        INSERT INTO book (symbol, side, level, price, quantity, orders, sequence)
                        VALUES (:symbol, :side, :level, :price, :quantity, :orders, :sequence)\
                        """);
        for (final Book book : books) {
            addSide(batch, book, "B", book.bids());
            addSide(batch, book, "S", book.asks());
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void addSide(
            final PreparedBatch batch,
            final Book book,
            final String side,
            final List<Book.Level> levels) {
        final Instrument instrument = book.instrument();
        for (int i = 0; i < levels.size(); i++) {
            final Book.Level level = levels.get(i);
            batch.bind("symbol", instrument.symbol())
                    .bind("side", side)
                    .bind("level", i + 1)
                    .bind("price", decimal(level.price(), instrument.priceDecimals()))
                    .bind("quantity", decimal(level.quantity(), instrument.lotExponent()))
                    .bind("orders", level.orders())
                    .bind("sequence", book.sequence())
                    .add();
        }
    }

    /** What the twenty columns have no place for. */
    private static String metadata(final Order order) {
        return Json.write(
                Map.of(
                        "firm", order.firm(),
                        "account", order.account(),
                        "session", order.id().session(),
                        "clientReference", order.clientOrderId(),
                        "display", Character.toString(order.display()),
                        "capacity", Character.toString(order.capacity())));
    }

    /** Null if the column cannot hold it: who is refused may have asked for anything. */
    private static BigDecimal fitting(final long value, final int decimals) {
        final BigDecimal number = decimal(value, decimals);
        return number.precision() - number.scale() > INTEGER_DIGITS ? null : number;
    }

    static BigDecimal decimal(final long value, final int decimals) {
        return BigDecimal.valueOf(value, decimals);
    }
}
