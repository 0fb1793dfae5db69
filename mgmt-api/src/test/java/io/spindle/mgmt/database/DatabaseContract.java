package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.AlgorithmCommands;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.OrderId;

import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The tables and their writer, on whatever database {@link #open} gives. */
@Timeout(600)
abstract class DatabaseContract extends DatabaseLapseContract {
    private static final List<String> ORDER_COLUMNS =
            List.of(
                    "client_order_id",
                    "exchange_order_id",
                    "exchange",
                    "symbol",
                    "side",
                    "order_type",
                    "time_in_force",
                    "quantity",
                    "price",
                    "stop_price",
                    "status",
                    "filled_quantity",
                    "average_fill_price",
                    "created_at",
                    "submitted_at",
                    "updated_at",
                    "strategy_id",
                    "parent_order_id",
                    "rejection_reason",
                    "metadata");

    private static final List<String> FILL_COLUMNS =
            List.of(
                    "fill_id",
                    "client_order_id",
                    "exchange",
                    "symbol",
                    "side",
                    "quantity",
                    "price",
                    "fee",
                    "fee_currency",
                    "filled_at",
                    "trade_id",
                    "is_maker");

    @Test
    void shouldHaveExactlyTheListedColumns() {
        assertEquals(ORDER_COLUMNS, columns("orders"));
        assertEquals(FILL_COLUMNS, columns("fills"));
    }

    @Test
    void shouldStoreAnOrderAsItBecomes() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 9_9900);
        market.enter(0, 'B', "NONE", 1, 1);
        written();
        final Map<String, Object> order = row("orders", "client_order_id = 'TEST00-0-1'");
        assertEquals("partially_filled", order.get("status"));
        assertEquals("limit", order.get("order_type"));
        assertDecimal("40", order.get("filled_quantity"));
        assertDecimal("10.0000", order.get("average_fill_price"));
        assertTrue(order.get("metadata").toString().contains("\"account\":\"TEST00\""));
        final Map<String, Object> rejected = row("orders", "client_order_id = 'TEST00-0-2'");
        assertEquals("rejected", rejected.get("status"));
        assertEquals("SYMBOL", rejected.get("rejection_reason"));
    }

    @Test
    void shouldStoreWhenAHeldOrderWasReleased() throws InterruptedException {
        final RiskCommands.Rule hold =
                new RiskCommands.Rule(1, 'A', "", "SPDL", 20, 0, TimeUnit.SECONDS.toNanos(90));
        market.log.post(RiskCommands.setRule(UUID.randomUUID(), hold));
        market.enter(0, 'B', "SPDL", 30, 10_0000);
        final String entered = Long.toString(market.log.timeNs(market.log.lastSequence()));
        written();
        assertDecimal(entered, row("orders", "1 = 1").get("submitted_at"));
        final OrderId id = new OrderId("TEST00", 0, 1);
        final RiskCommands.Target held =
                market.view.read(now -> RiskCommands.Target.find(now, id).orElseThrow());
        market.log.post(RiskCommands.authorise(UUID.randomUUID(), held, true, "OPS"));
        final String released = Long.toString(market.log.timeNs(market.log.lastSequence()));
        market.cancel(0, 1, 0);
        written();
        final Map<String, Object> order = row("orders", "1 = 1");
        assertDecimal(entered, order.get("created_at"));
        assertDecimal(released, order.get("submitted_at"));
        assertEquals("cancelled", order.get("status"));
    }

    @Test
    void shouldStoreBothFillsOfATradeUnderOneTradeId() throws InterruptedException {
        market.enter(0, 'B', "BTC", 100, 3);
        market.enter(2, 'S', "BTC", 40, 3);
        written();
        assertEquals(2, count("SELECT count(*) FROM fills"));
        assertEquals(1, count("SELECT count(DISTINCT trade_id) FROM fills"));
        final Map<String, Object> maker = row("fills", "client_order_id = 'TEST00-0-1'");
        assertDecimal("0.00000003", maker.get("price"));
        assertDecimal("0.000040", maker.get("quantity"));
        assertEquals("FOES00", row("trades", "1 = 1").get("taker_account"));
    }

    @Test
    void shouldEndAReplacedOrderAndLinkItsHeir() throws InterruptedException {
        final int first = market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.replace(0, first, 150, 10_0100);
        written();
        assertEquals("cancelled", row("orders", "client_order_id = 'TEST00-0-1'").get("status"));
        assertEquals(
                "TEST00-0-1",
                row("orders", "client_order_id = 'TEST00-0-2'").get("parent_order_id"));
    }

    @Test
    void shouldShowTheBookAtTheSequenceItNames() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        final Map<String, Object> level = row("book", "symbol = 'SPDL'");
        assertDecimal("10", level.get("price"));
        assertEquals(1, ((Number) level.get("level")).intValue());
    }

    @Test
    void shouldRefuseAFillWithoutItsOrder() {
        assertThrows(
                UnableToExecuteStatementException.class,
                () ->
                        database.jdbi()
                                .useHandle(
                                        handle ->
                                                handle.execute(
                                                        "INSERT INTO fills VALUES ('1', 'nobody',"
                                                                + " 'X', 'S', 'B', 1, 1, 0, 'USD',"
                                                                + " 1, 1, true)")));
    }

    /** Who is refused may have asked for anything. */
    @Test
    void shouldStoreWhateverWasRefused() throws InterruptedException {
        market.enter(0, '\0', "SPDL", 1, 10_0000);
        market.enter(0, 'B', "SPDL", 1, 10_0000, '\0');
        market.enter(0, 'B', "\0".repeat(8), 1, 10_0000);
        market.enter(0, 'B', "SPDL", 1, 9_000_000_000_000_000_000L);
        written();
        assertEquals(4, count("SELECT count(*) FROM orders WHERE status = 'rejected'"));
        assertEquals("?", row("orders", "client_order_id = 'TEST00-0-1'").get("side"));
        assertEquals("?", row("orders", "client_order_id = 'TEST00-0-2'").get("time_in_force"));
        assertEquals("????????", row("orders", "client_order_id = 'TEST00-0-3'").get("symbol"));
        assertNull(row("orders", "client_order_id = 'TEST00-0-4'").get("price"));
    }

    /** Sequence and account written one behind the other would be the same text. */
    @Test
    void shouldKeepTheBalancesOfAccountsWithNumbersForNames() {
        final List<Fact> facts =
                List.of(
                        new Balance("11", "TEST", "USD", 5, 0, 0, 0, 0, 5, 10, 1),
                        new Balance("1", "TEST", "USD", 7, 0, 0, 0, 0, 7, 101, 2));
        database.jdbi().useHandle(handle -> HistoryStore.write(handle, facts));
        assertEquals(2, count("SELECT count(*) FROM balances WHERE changed_at < 10"));
    }

    @Test
    void shouldUseTheListedIndexes() {
        for (final String column :
                List.of("status", "strategy_id", "created_at", "exchange = 'X' AND symbol")) {
            assertTrue(usesIndex("SELECT * FROM orders WHERE " + column + " = 'x'"), column);
        }
        assertTrue(usesIndex("SELECT * FROM fills WHERE client_order_id = 'x'"));
        assertTrue(usesIndex("SELECT * FROM fills WHERE filled_at = '1'"));
    }

    /** Whether the planner finds an index for it. */
    abstract boolean usesIndex(String query);

    @Test
    void shouldKeepEveryBalanceAndHoldingByItsSequence() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        written();
        final long trade = market.log.lastSequence();
        final String at = " AND sequence = " + trade;
        assertDecimal("999600", row("balances", "account = 'TEST00'" + at).get("balance"));
        assertDecimal("-40", row("holdings", "account = 'FOES00'" + at).get("quantity"));
        assertDecimal("10", row("entry_quotes", "client_order_id = 'FOES00-0-1'").get("bid"));
    }

    @Test
    void shouldStoreEveryStepOfARequestOnce() throws InterruptedException {
        final int first = market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.replace(0, first, 150, 10_0100);
        market.enter(0, 'B', "NONE", 1, 1);
        written();
        assertEquals(3, count("SELECT count(*) FROM request_steps"));
        assertEquals("accepted", row("request_steps", "request_id = 'TEST00-0-2'").get("status"));
        assertEquals("SYMBOL", row("request_steps", "request_id = 'TEST00-0-3'").get("reason"));
    }

    @Test
    void shouldStoreAnAlgorithmAsItBecomes() throws InterruptedException, IOException {
        final Ticket order =
                new Ticket(0, 'B', "SPDL", 100, 10_0000, '0', 'Y', "A1", Ticket.Options.none());
        market.log.post(
                AlgorithmCommands.start(
                        UUID.randomUUID(),
                        "TEST00",
                        order,
                        new AlgorithmCommands.Schedule(0, 1_000_000_000, 4, 0)));
        market.tick();
        market.enter(1, 'S', "SPDL", 10, 10_0000);
        written();
        final Map<String, Object> stored = row("algorithms", "algorithm_id = 'TEST00-254-1'");
        assertEquals("partially_filled", stored.get("status"));
        assertDecimal("10", stored.get("filled_quantity"));
        assertEquals(
                "TEST00-254-1",
                row("orders", "client_order_id = 'TEST00-254-2'").get("parent_order_id"));
    }
}
