package io.spindle.mgmt.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.TickEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A day is filed whole or not at all. */
@Timeout(120)
class ReportArchiveTest {
    private static final LocalDate DAY =
            LocalDate.ofEpochDay(MemoryLog.START_NS / TimeUnit.DAYS.toNanos(1));

    @TempDir Path folder;
    private final Market market = new Market();

    /** How many more questions the database answers before it is gone. */
    private final AtomicInteger answers = new AtomicInteger();

    private Database database;
    private Reports reports;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("spindle.db"));
        reports = new Reports(this::answer);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Jdbi answer() {
        if (answers.getAndDecrement() <= 0) {
            throw new IllegalStateException("the database is gone");
        }
        return database.jdbi();
    }

    @Test
    void shouldFileADayThatFailedOnceMore() throws IOException {
        final Path archive = folder.resolve("reports");
        final Path day = archive.resolve(DAY.toString());
        answers.set(3);
        assertThrows(
                IllegalStateException.class, () -> new ReportArchive(reports, archive).file(DAY));
        assertFalse(Files.exists(day));
        answers.set(Integer.MAX_VALUE);
        passADay();
        try (BackOffice office = office()) {
            office.reportClock().run();
        }
        for (final ReportKind kind : ReportKind.values()) {
            assertTrue(Files.exists(day.resolve(kind.label() + ".csv")), kind.title);
            assertTrue(Files.exists(day.resolve(kind.label() + ".html")), kind.title);
        }
        assertEquals(List.of(day), list(archive));
    }

    @Test
    void shouldLeaveNothingOfAnAttemptThatFailed() throws IOException {
        final Path archive = folder.resolve("reports");
        final Path day = archive.resolve(DAY.toString());
        final Path half = Files.createDirectories(archive.resolve("." + DAY + ".new"));
        Files.writeString(half.resolve("gossip.csv"), "half of it");
        answers.set(Integer.MAX_VALUE);
        new ReportArchive(reports, archive).file(DAY);
        new ReportArchive(reports, archive).file(DAY);
        assertEquals(List.of(day), list(archive));
        assertEquals(2 * ReportKind.values().length, list(day).size());
    }

    private BackOffice office() throws IOException {
        return new BackOffice(
                folder, market.view, market.events, market.desk, reports, () -> true, () -> 0);
    }

    /** The log goes on at the same time of the next day. */
    private void passADay() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final int length =
                new TickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).limit();
        final long next = market.log.lastSequence() + 1;
        final long timeNs = market.log.timeNs(next) + TimeUnit.DAYS.toNanos(1);
        market.view.update(
                () -> {
                    market.view.onCommand(next, timeNs, buffer, 0, length);
                    return 1;
                });
    }

    private static List<Path> list(final Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.toList();
        }
    }
}
