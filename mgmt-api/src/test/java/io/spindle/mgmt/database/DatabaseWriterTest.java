package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** When facts are written, and which are known to be. */
@Timeout(60)
class DatabaseWriterTest {
    @TempDir private Path folder;

    private final UUID logId = UUID.randomUUID();
    private final Market market = new Market();
    private final AtomicBoolean isThere = new AtomicBoolean(true);
    private Database database;
    private DatabaseWriter writer;

    @BeforeEach
    void start() throws InterruptedException {
        begin(market.view, market.past, new ArrayList<>());
        opened();
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private void begin(final View view, final TimeTravel past, final List<Long> told) {
        writer = new DatabaseWriter(this::open, logId, Long.MAX_VALUE, view, past, told::add, 50);
    }

    private Database open() {
        if (!isThere.get()) {
            throw new IllegalStateException("refused by the test");
        }
        database = Database.sqlite(folder.resolve("spindle.db"));
        return database;
    }

    private void opened() throws InterruptedException {
        while (writer.jdbi().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void written() throws InterruptedException {
        while (writer.written() < market.log.lastSequence()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static View blank() {
        return new View(EngineConfig.small(), new View.Limits(10, 10));
    }

    private static void feed(final View view, final MemoryLog log) {
        LongStream.rangeClosed(1, log.lastSequence())
                .forEach(sequence -> view.update(() -> log.feed(view, sequence)));
    }

    private List<String> select(final String query) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    /** Nothing is lost, and the thread that writes is still there. */
    @Test
    void shouldGoOnAfterAnError() throws InterruptedException {
        final AtomicInteger faults = new AtomicInteger(1);
        database.jdbi()
                .setSqlLogger(
                        new SqlLogger() {
                            @Override
                            public void logBeforeExecution(final StatementContext context) {
                                if (faults.getAndDecrement() > 0) {
                                    throw new OutOfMemoryError("of the test");
                                }
                            }
                        });
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        while (!writer.trouble().contains("OutOfMemoryError")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        market.enter(0, 'B', "SPDL", 100, 9_0000);
        written();
        assertEquals(List.of("2"), select("SELECT count(*) FROM orders"));
        while (!writer.trouble().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** A purge that the database knows nothing of must not pass for a quiet time. */
    @Test
    void shouldSayThatTheLogBeginsBehindItsEnd() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        final long held = writer.written();
        assertEquals("", writer.gap());
        writer.close();
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        final List<Long> told = new CopyOnWriteArrayList<>();
        begin(market.view, market.past, told);
        opened();
        assertTrue(writer.gap().contains("ends with sequence " + held), writer.gap());
        assertEquals(List.of(0L, held), told);
    }

    /** Nobody waits for it meanwhile, and more comes than memory holds. */
    @Test
    void shouldWriteWhatCameBeforeTheDatabaseWasThere() throws InterruptedException {
        writer.close();
        isThere.set(false);
        final List<Long> told = new CopyOnWriteArrayList<>();
        begin(market.view, market.past, told);
        for (int i = 0; i < 100; i++) {
            market.enter(0, 'B', "SPDL", 1, 9_0000);
        }
        while (!writer.trouble().contains("refused by the test")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertTrue(writer.jdbi().isEmpty(), "there is none");
        assertEquals(market.log.lastSequence(), writer.lag());
        assertEquals(List.of(0L), told, "nobody knows what it holds");
        isThere.set(true);
        written();
        assertEquals(List.of("100"), select("SELECT count(*) FROM orders"));
        assertEquals("", writer.gap());
        while (!writer.trouble().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void shouldGoOnWhereItEndsThoughTheReplicaIsBeyond() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        writer.close();
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        isThere.set(false);
        final View replica = blank();
        begin(replica, market.past, new ArrayList<>());
        feed(replica, market.log);
        isThere.set(true);
        written();
        assertEquals("", writer.gap());
        assertEquals(
                List.of("partially_filled", "filled"),
                select("SELECT status FROM orders ORDER BY created_at"));
        assertEquals(List.of("2"), select("SELECT count(*) FROM fills"));
    }

    @Test
    void shouldSeeALostEndThoughTheReplicaIsBeyond() throws InterruptedException {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        written();
        final long held = writer.written();
        writer.close();
        final Market other = new Market();
        other.enter(0, 'B', "SPDL", 7, 10_0000);
        other.enter(0, 'B', "SPDL", 8, 10_0000);
        isThere.set(false);
        final View replica = blank();
        begin(replica, other.past, new ArrayList<>());
        feed(replica, other.log);
        isThere.set(true);
        while (writer.gap().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertTrue(writer.gap().contains("lost its end"), writer.gap());
        assertEquals(held, writer.written());
    }
}
