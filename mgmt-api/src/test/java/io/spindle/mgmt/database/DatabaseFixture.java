package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small market whose facts are written to a database, and looks at its tables. */
abstract class DatabaseFixture {
    static final int PLENTY = 500_000;

    @TempDir Path folder;
    final Market market = new Market();
    final UUID logId = UUID.randomUUID();

    /** How often the log was read again. */
    final AtomicInteger replays = new AtomicInteger();

    Database database;
    DatabaseWriter writer;

    /** Opens the same database each time; empty at first. */
    abstract Database open();

    /** Makes the database answer nobody; it lives all the same. */
    abstract AutoCloseable hang() throws Exception;

    /** How long a database that hangs does so. */
    abstract long hangMs();

    @BeforeEach
    void start() throws InterruptedException {
        write(market.view, market.log, market.log.lastSequence(), PLENTY);
    }

    /** Opens the database and writes to it what becomes true in the view. */
    final void write(final View view, final MemoryLog log, final long logEnd, final int maxWaiting)
            throws InterruptedException {
        database = open();
        writer =
                new DatabaseWriter(
                        () -> database, logId, logEnd, view, past(log), sequence -> {}, maxWaiting);
        while (writer.jdbi().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private TimeTravel past(final MemoryLog log) {
        return new TimeTravel(
                () -> new View(EngineConfig.small(), new View.Limits(1_000, 1_000)),
                view -> {
                    replays.incrementAndGet();
                    return log.reader();
                },
                log::lastSequence);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    /** As the next management process does. */
    final void follow(final MemoryLog log) throws InterruptedException {
        final View replica = new View(EngineConfig.small(), new View.Limits(10, 10));
        write(replica, log, log.lastSequence(), PLENTY);
        for (long sequence = 1; sequence <= log.lastSequence(); sequence++) {
            final long next = sequence;
            replica.update(() -> log.feed(replica, next));
        }
    }

    final void written() throws InterruptedException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(400);
        while (writer.written() < market.log.lastSequence()) {
            assertTrue(deadline - System.nanoTime() > 0, "not written: " + writer.trouble());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    final String plan(final String query, final String column) {
        return database.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery(query)
                                        .map((row, context) -> row.getString(column))
                                        .list())
                .toString();
    }

    final List<String> columns(final String table) {
        return database.jdbi()
                .withHandle(
                        handle ->
                                handle.queryMetadata(
                                                meta -> meta.getColumns(null, null, table, null))
                                        .map((row, context) -> row.getString("COLUMN_NAME"))
                                        .list());
    }

    final Map<String, Object> row(final String table, final String where) {
        return database.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery("SELECT * FROM " + table + " WHERE " + where)
                                        .mapToMap()
                                        .one());
    }

    final long count(final String query) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    static void assertDecimal(final String expected, final Object actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(new BigDecimal(actual.toString())));
    }
}
