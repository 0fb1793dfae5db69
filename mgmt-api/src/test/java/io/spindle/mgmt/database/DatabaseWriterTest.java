package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.testing.Market;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** When facts are written, and which are known to be. */
@Timeout(60)
class DatabaseWriterTest {
    @TempDir private Path folder;

    private final UUID logId = UUID.randomUUID();
    private final Market market = new Market();
    private Database database;
    private DatabaseWriter writer;

    @BeforeEach
    void start() {
        open(market.view, new ArrayList<>());
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private void open(final View view, final List<Long> told) {
        database = Database.sqlite(folder.resolve("spindle.db"));
        writer = new DatabaseWriter(database, logId, view, told::add);
    }

    private void written() throws InterruptedException {
        while (writer.written() < market.log.lastSequence()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** The writer may look while a command is applied, between its facts. */
    @Test
    void shouldKeepTheFactsOfACommandThatIsStillBeingApplied() throws InterruptedException {
        writer.close();
        final List<Fact> facts = new ArrayList<>();
        market.view.addListener(facts::add);
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        open(new View(EngineConfig.small(), new View.Limits(10, 10)), new ArrayList<>());
        facts.forEach(writer::on);
        TimeUnit.MILLISECONDS.sleep(200);
        assertTrue(writer.written() < market.log.lastSequence());
        writer.applied(market.log.lastSequence());
        written();
        assertEquals(
                List.of("accepted"),
                database.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery("SELECT status FROM orders")
                                                .mapTo(String.class)
                                                .list()));
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
        final long stored =
                database.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery("SELECT count(*) FROM orders")
                                                .mapTo(Long.class)
                                                .one());
        assertEquals(2, stored);
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
        final List<Long> told = new ArrayList<>();
        open(market.view, told);
        assertTrue(writer.gap().contains("ends with sequence " + held), writer.gap());
        assertEquals(List.of(held), told);
    }
}
