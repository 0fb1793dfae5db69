package io.spindle.mgmt.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.control.TradeCommands;
import io.spindle.mgmt.database.Database;
import io.spindle.mgmt.database.DatabaseWriter;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.MemoryLog;
import io.spindle.mgmt.testing.VenueScript;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Reports of a small day, on whatever database {@link #open} gives. */
@Timeout(300)
abstract class ReportContract {
    private static final LocalDate DAY =
            LocalDate.ofEpochDay(MemoryLog.START_NS / TimeUnit.DAYS.toNanos(1));

    @TempDir Path folder;
    private final Market market = new Market();
    private DatabaseWriter writer;
    private View replica;
    private long written;
    private Reports reports;
    private Database database;

    abstract Database open() throws Exception;

    @BeforeEach
    void trade() throws Exception {
        database = open();
        reports = new Reports(database::jdbi);
        market.enter(1, 'S', "SPDL", 500, 10_1000);
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 9_9000);
        market.enter(2, 'B', "SPDL", 500, 10_1000);
        replica = new View(EngineConfig.small(), new View.Limits(10, 10));
        writer =
                new DatabaseWriter(
                        () -> database, UUID.randomUUID(), 0, replica, market.past, sequence -> {});
        write();
    }

    private void write() throws InterruptedException {
        for (long sequence = written + 1; sequence <= market.log.lastSequence(); sequence++) {
            final long next = sequence;
            replica.update(() -> market.log.feed(replica, next));
        }
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (writer.written() < market.log.lastSequence()) {
            assertTrue(System.nanoTime() - deadline < 0, writer.trouble());
            TimeUnit.MILLISECONDS.sleep(5);
        }
        written = market.log.lastSequence();
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private String csv(final ReportKind kind, final ReportScope scope) {
        return ReportText.csv(reports.make(kind, scope));
    }

    @Test
    void shouldReportEveryFillInOrder() {
        final String time = Times.text(market.log.timeNs(market.log.lastSequence() - 1));
        assertEquals(
                "Time,Fill,Order,Account,Symbol,Side,Quantity,Price,Value,Fee,Currency,Role,Status\n"
                        + time
                        + ",1-M,TEST00-0-1,TEST00,SPDL,buy,40,10,400,0,USD,maker,\n",
                csv(ReportKind.TRADES, new ReportScope(DAY, "TEST00", "", Set.of())));
        assertEquals(
                5,
                csv(ReportKind.TRADES, ReportScope.day(DAY)).lines().count(),
                "a header, four fills");
        assertEquals(
                1,
                csv(ReportKind.TRADES, new ReportScope(DAY, "", "BTC", Set.of())).lines().count());
        assertEquals(1, csv(ReportKind.TRADES, ReportScope.day(DAY.plusDays(1))).lines().count());
    }

    @Test
    void shouldKnowHowFarTheDatabaseHasCome() {
        assertEquals(market.log.lastSequence(), reports.position());
        assertTrue(reports.isOver(ReportScope.day(DAY.minusDays(1))), "there is more behind it");
        assertFalse(reports.isOver(ReportScope.day(DAY)));
    }

    @Test
    void shouldSumPositions() {
        assertEquals(
                """
                Account,Symbol,Bought,Sold,Position,Paid,Received,Fees,Currency
                FOES00,SPDL,500,40,460,5050,400,0,USD
                TEST00,SPDL,40,0,40,400,0,0,USD
                TEST01,SPDL,0,500,-500,0,5050,0,USD
                """,
                csv(ReportKind.POSITIONS, ReportScope.day(DAY)));
    }

    /** However many there were, each is read, counted and forgotten. */
    @Test
    void shouldGoThroughFillsWhileTheDatabaseStillHandsThemOver() {
        final AtomicReference<StatementContext> query = new AtomicReference<>();
        final List<Boolean> inTransactions = new ArrayList<>();
        database.jdbi()
                .setSqlLogger(
                        new SqlLogger() {
                            @Override
                            public void logAfterExecution(final StatementContext context) {
                                if (context.getRawSql().contains("FROM fills f JOIN trades t")) {
                                    query.set(context);
                                    inTransactions.add(isInTransaction(context));
                                }
                            }
                        });
        final List<Boolean> over = new ArrayList<>();
        new ReportStore(database::jdbi)
                .eachFill(ReportScope.day(DAY), 0, fill -> over.add(isOver(query.get())));
        assertEquals(4, over.size());
        assertFalse(over.getFirst(), "all were read first");
        csv(ReportKind.POSITIONS, ReportScope.day(DAY));
        assertEquals(List.of(true, true), inTransactions, "or PostgreSQL hands over all at once");
    }

    private static boolean isInTransaction(final StatementContext context) {
        try {
            return !context.getConnection().getAutoCommit();
        } catch (final SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean isOver(final StatementContext context) {
        try {
            return context.getStatement().isClosed();
        } catch (final SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void shouldTellOpeningChangesAndClosing() {
        final String statement =
                csv(ReportKind.STATEMENT, new ReportScope(DAY, "TEST00", "", Set.of()));
        assertTrue(statement.contains("TEST00,USD,opening,,0,0\n"), statement);
        assertTrue(statement.contains(",-400,999600\n"), statement);
        assertTrue(statement.contains("TEST00,USD,closing,,999600,999600\n"), statement);
        assertTrue(statement.contains("TEST00,SPDL,closing,,40,40\n"), statement);
        final String next =
                csv(ReportKind.STATEMENT, new ReportScope(DAY.plusDays(1), "TEST00", "", Set.of()));
        assertTrue(next.contains("TEST00,USD,opening,,0,999600\n"), next);
    }

    /** However long the past was, only what was there in the morning comes into memory. */
    @Test
    void shouldReadOfThePastNoMoreThanItsLastAmounts() throws Exception {
        for (int i = 0; i < 20; i++) {
            market.enter(2, 'S', "SPDL", 1, 10_0000);
        }
        write();
        final ReportScope buyer = new ReportScope(DAY, "TEST00", "", Set.of());
        final ReportScope next = new ReportScope(DAY.plusDays(1), "TEST00", "", Set.of());
        final ReportStore store = new ReportStore(database::jdbi);
        assertTrue(store.balances(buyer).size() > 20);
        assertEquals(1, store.balances(next).size());
        assertEquals(1, store.holdings(next).size());
        final String statement = csv(ReportKind.STATEMENT, next);
        assertTrue(
                statement.contains("TEST00,USD,opening,,0,999400\nTEST00,USD,closing,,0,999400\n"),
                statement);
        assertTrue(
                statement.contains("TEST00,SPDL,opening,,0,60\nTEST00,SPDL,closing,,0,60\n"),
                statement);
        assertTrue(csv(ReportKind.STATEMENT, buyer).contains("TEST00,USD,closing,,999400,999400"));
    }

    @Test
    void shouldWriteContractNotesThatTieToTheLedger() {
        final String notes =
                csv(ReportKind.CONTRACT_NOTES, new ReportScope(DAY, "FOES00", "", Set.of()));
        assertTrue(notes.endsWith("total,,,460,,5450.0000,0.0000,-4650.0000,\n"), notes);
    }

    /**
     * On its own day a trade taken back counts for nothing, on a later day with its sign turned.
     */
    @Test
    void shouldMarkWhatWasTakenBack() throws Exception {
        market.log.post(TradeCommands.bust(UUID.randomUUID(), 1, 'E', "ops"));
        market.log.post(TradeCommands.correct(UUID.randomUUID(), 2, 10_0000, 'C', "ops"));
        write();
        final ReportScope foes = new ReportScope(DAY, "FOES00", "", Set.of());
        final String fills = csv(ReportKind.TRADES, foes);
        assertTrue(fills.contains(",1-T,") && fills.contains(",taker,busted\n"), fills);
        assertTrue(fills.contains(",2-T,") && fills.contains(",taker,corrected\n"), fills);
        assertTrue(fills.contains(",3-T,FOES00-0-2,FOES00,SPDL,buy,500,10,5000,0,"), fills);
        final String notes = csv(ReportKind.CONTRACT_NOTES, foes);
        assertTrue(notes.endsWith("total,,,500,,5000.0000,0.0000,-5000.0000,\n"), notes);
        final long tomorrow = TimeUnit.DAYS.toNanos(DAY.toEpochDay() + 1) + 1;
        database.jdbi()
                .useHandle(
                        handle ->
                                handle.execute(
                                        "UPDATE trades SET broken_at = ? WHERE match_number = 1",
                                        tomorrow));
        final ReportScope after = new ReportScope(DAY.plusDays(1), "FOES00", "", Set.of());
        final String reversal = csv(ReportKind.CONTRACT_NOTES, after);
        assertTrue(reversal.contains(",-400.0000,busted\n"), reversal);
        assertTrue(reversal.endsWith("total,,,40,,-400.0000,0.0000,-400.0000,\n"), reversal);
        assertFalse(csv(ReportKind.TRADES, foes).contains("busted"));
    }

    @Test
    void shouldJudgeExecutionByTheQuotesAtEntry() {
        final String execution = csv(ReportKind.BEST_EXECUTION, ReportScope.day(DAY));
        assertTrue(
                execution.contains(",FOES00-0-1,FOES00,SPDL,sell,40,40,10,10,10.1,0\n"), execution);
        assertTrue(
                execution.contains(",FOES00-0-2,FOES00,SPDL,buy,500,500,10.1,10,10.1,0\n"),
                execution);
    }

    /** What a day's report says of an order stays, however the order goes on. */
    @Test
    void shouldNotChangeADayWhenItsOrderTradesOnALaterOne() throws Exception {
        final String first = csv(ReportKind.BEST_EXECUTION, ReportScope.day(DAY));
        assertTrue(first.contains(",TEST00-0-1,TEST00,SPDL,buy,100,40,10,"), first);
        market.enter(2, 'S', "SPDL", 60, 10_0000);
        write();
        final long tomorrow = TimeUnit.DAYS.toNanos(DAY.toEpochDay() + 1) + 1;
        database.jdbi()
                .useHandle(
                        handle -> {
                            handle.execute(
                                    "UPDATE fills SET filled_at = ? WHERE trade_id = 3", tomorrow);
                            handle.execute(
                                    "UPDATE orders SET created_at = ?"
                                            + " WHERE client_order_id = 'FOES00-0-3'",
                                    tomorrow);
                        });
        assertEquals(first, csv(ReportKind.BEST_EXECUTION, ReportScope.day(DAY)));
        final String next = csv(ReportKind.BEST_EXECUTION, ReportScope.day(DAY.plusDays(1)));
        assertTrue(next.contains(",TEST00-0-1,TEST00,SPDL,buy,100,100,10,"), next);
        assertTrue(next.contains(",FOES00-0-3,FOES00,SPDL,sell,60,60,10,"), next);
        assertFalse(next.contains("TEST01-0-1"), next);
    }

    /** A buy of 50 is split: 30 are better at XALT, 20 stay here. */
    @Test
    void shouldTellWhereAnOrderWentAndWhyAndWhatItGotThere() throws Exception {
        final VenueScript venue = new VenueScript(market.log, "XALT");
        market.log.post(
                RoutingCommands.setRouting(
                        UUID.randomUUID(), "", "", 'S', "HOME", TimeUnit.HOURS.toNanos(1)));
        venue.quote("SPDL", 9_8000, 10, 10_0500, 30);
        market.enter(0, 'B', "SPDL", 50, 10_0500);
        venue.report('A', 1, 30, 0);
        venue.report('E', 1, 30, 10_0400);
        market.log.post(TradeCommands.bust(UUID.randomUUID(), 3, 'E', "ops"));
        venue.quote("SPDL", 0, 0, 0, 0);
        market.enter(0, 'B', "SPDL", 1, 9_0000);
        write();
        final ReportScope buyer = new ReportScope(DAY, "TEST00", "", Set.of());
        final String fills = csv(ReportKind.TRADES, buyer);
        assertTrue(
                fills.contains(
                        ",3-T,TEST00-0-2,TEST00,SPDL,buy,30,10.04,301.2,0,USD,taker,busted\n"),
                fills);
        final String execution = csv(ReportKind.BEST_EXECUTION, buyer);
        assertTrue(execution.contains(",TEST00-0-2,TEST00,SPDL,buy,50,30,10.04,"), execution);
        assertTrue(execution.contains(",TEST00-0-2,TEST00,SPDL,buy,SPINDLE,,0,20,"), execution);
        assertTrue(execution.contains(",TEST00-0-2,TEST00,SPDL,buy,XALT,10.05,30,30,"), execution);
        assertTrue(execution.contains(",TEST00-0-3,TEST00,SPDL,buy,XALT,,0,0,"), execution);
        assertEquals(
                "XALT",
                database.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT exchange FROM fills"
                                                                + " WHERE fill_id = '3-T'")
                                                .mapTo(String.class)
                                                .one()));
    }

    @Test
    void shouldShowAFirmItsOwnOnly() {
        final String foes = csv(ReportKind.TRADES, new ReportScope(DAY, "", "", Set.of("FOES")));
        assertFalse(foes.contains("TEST00"), foes);
        assertTrue(foes.contains("FOES00"), foes);
        final String statement =
                csv(ReportKind.STATEMENT, new ReportScope(DAY, "", "", Set.of("FOES")));
        assertFalse(statement.contains("TEST0"), statement);
    }

    @Test
    void shouldMakeTheSameBytesAgainAndForgetOldDays() throws IOException {
        final ReportArchive archive = new ReportArchive(reports, folder);
        archive.file(DAY);
        final Path page = folder.resolve(DAY.toString()).resolve("trades.html");
        final byte[] first = Files.readAllBytes(page);
        archive.file(DAY);
        assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(page)));
        assertTrue(Files.readString(page).contains("<td class=\"n\">10.1</td>"));
        archive.forgetBefore(DAY);
        assertTrue(Files.exists(page));
        archive.forgetBefore(DAY.plusDays(1));
        assertFalse(Files.exists(page.getParent()));
    }

    @Test
    void shouldEscapeWhatIsNoMarkup() {
        final Report report = new Report("<&\">", List.of(), List.of());
        assertTrue(ReportText.html(report).contains("<h1>&lt;&amp;&quot;&gt;</h1>"));
    }
}
