package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What becomes of the rows while the database, the process or the log's end was away. */
@Timeout(600)
abstract class DatabaseLapseContract extends DatabaseFixture {
    @Test
    void shouldGoOnAfterARestartWithoutGapOrDouble() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        writer.close();
        final MemoryLog log = market.log;
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        follow(log);
        assertTrue(writer.written() > 0);
        written();
        assertEquals(2, count("SELECT count(*) FROM orders"));
        assertEquals(2, count("SELECT count(*) FROM fills"));
        assertEquals(log.lastSequence(), count("SELECT sequence FROM position"));
        assertEquals("", writer.gap());
    }

    /** A power cut took the log's end, the database was on the disk, and other commands came. */
    @Test
    void shouldWriteNothingAheadOfALogThatLostItsEnd() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        final long held = writer.written();
        writer.close();
        final Market other = new Market();
        other.enter(0, 'B', "SPDL", 7, 10_0000);
        assertEquals(held, other.log.lastSequence());
        other.enter(0, 'B', "SPDL", 8, 10_0000);
        follow(other.log);
        while (writer.gap().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertTrue(writer.gap().contains("lost its end"), writer.gap());
        assertEquals(held, writer.written());
        assertEquals(1, count("SELECT count(*) FROM orders"));
    }

    @Test
    void shouldSayThatTheLogEndsBelowWhatIsStored() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        writer.close();
        final View replica = new View(EngineConfig.small(), new View.Limits(10, 10));
        write(replica, market.log, market.log.lastSequence(), PLENTY);
        assertEquals("", writer.gap());
        writer.close();
        write(replica, market.log, market.log.lastSequence() - 1, PLENTY);
        assertTrue(writer.gap().contains("lost its end"), writer.gap());
    }

    @Test
    void shouldCatchUpExactlyAfterTheDatabaseHung() throws Exception {
        market.enter(0, 'B', "SPDL", 1, 10_0000);
        written();
        final AutoCloseable hanging = hang();
        try {
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(hangMs());
            while (System.nanoTime() - endNs < 0) {
                market.enter(0, 'B', "SPDL", 2, 10_0000, '0');
                market.enter(2, 'S', "SPDL", 2, 10_0000, '0');
                TimeUnit.MILLISECONDS.sleep(2);
            }
            assertTrue(writer.lag() > 0, "the view went on, the database did not");
        } finally {
            hanging.close();
        }
        written();
        final long entered = market.enter(0, 'B', "SPDL", 1, 9_0000) - 1;
        written();
        assertEquals(2 * entered, count("SELECT count(*) FROM orders"));
        final long trades = market.view.read(now -> now.trades().count());
        assertEquals(trades, count("SELECT count(*) FROM trades"));
        assertEquals(2 * trades, count("SELECT count(*) FROM fills"));
        assertEquals(0, writer.lag());
    }

    /** Nobody waits for the database, however much does not fit in memory. */
    @Test
    void shouldTakeOutOfTheLogWhatDidNotFitInMemory() throws Exception {
        writer.close();
        write(market.view, market.log, market.log.lastSequence(), 100);
        final List<Fact> facts = new ArrayList<>();
        market.view.addListener(facts::add);
        trade(1);
        written();
        final AutoCloseable hanging = hang();
        try {
            trade(500);
            assertTrue(writer.lag() > 500, "the view went on, the database did not");
        } finally {
            hanging.close();
        }
        trade(50);
        written();
        assertTrue(replays.get() > 0, "all of it was in memory");
        trade(1);
        written();
        assertStored(facts);
        writer.close();
        trade(1);
        follow(market.log);
        written();
        assertEquals("", writer.gap());
        assertStored(facts);
    }

    private void trade(final int times) {
        for (int i = 0; i < times; i++) {
            market.enter(0, 'B', "SPDL", 2, 10_0000, '0');
            market.enter(2, 'S', "SPDL", 2, 10_0000, '0');
        }
    }

    private void assertStored(final List<Fact> facts) {
        final Set<String> orders = new HashSet<>();
        final Set<String> balances = new HashSet<>();
        final Set<Long> trades = new HashSet<>();
        for (final Fact fact : facts) {
            switch (fact) {
                case Order order -> orders.add(order.id().toString());
                case Trade trade -> trades.add(trade.matchNumber());
                case Balance one ->
                        balances.add(one.account() + " " + one.currency() + " " + one.sequence());
                default -> {}
            }
        }
        assertTrue(trades.size() > 500, "too few trades");
        assertEquals(orders.size(), count("SELECT count(*) FROM orders"));
        assertEquals(trades.size(), count("SELECT count(*) FROM trades"));
        assertEquals(2 * trades.size(), count("SELECT count(*) FROM fills"));
        assertEquals(balances.size(), count("SELECT count(*) FROM balances"));
        assertEquals(market.log.lastSequence(), count("SELECT sequence FROM position"));
    }

    @Test
    void shouldLeaveTheDatabaseOfAnotherLogAlone() throws InterruptedException {
        final UUID stranger = UUID.randomUUID();
        try (DatabaseWriter other =
                new DatabaseWriter(
                        this::open, stranger, 0, market.view, market.past, sequence -> {})) {
            while (other.gap().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertTrue(other.gap().contains("follows log " + logId), other.gap());
            assertTrue(other.jdbi().isEmpty(), "it is nothing to report from");
        }
    }
}
