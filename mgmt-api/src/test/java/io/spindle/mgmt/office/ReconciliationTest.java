package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Alert;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.model.Times;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whose comparison lets somebody else settle, and for how long. */
@Timeout(60)
class ReconciliationTest {
    private static final String FORMAT =
            """
            HEADER,orders,%s,%s
            order,account,symbol,side,price,quantity
            TRAILER,0
            """;

    private final Market market = new Market();
    private final Reconciliation desk = process();
    private final ExternalFile file = file("2025-11-20");
    private Instant now = Instant.parse("2025-11-20T12:00:00Z");

    private Instant now() {
        return now;
    }

    private Reconciliation process() {
        return new Reconciliation(
                market.view,
                new Commander(market.desk, market.view, new DataFolder(market.folder), () -> 0),
                new TicketDesk(market.desk, market.view),
                this::now);
    }

    private static ExternalFile file(final String date) {
        return file("VENUE", date);
    }

    private static ExternalFile file(final String source, final String date) {
        return read("orders.csv", FORMAT.formatted(source, date));
    }

    private static ExternalFile read(final String name, final String text) {
        try {
            return ExternalFileReader.read(name, text.getBytes(StandardCharsets.UTF_8));
        } catch (final FaultyFile faulty) {
            throw new AssertionError(faulty);
        }
    }

    private void assertRefused(final String by) {
        final ApiProblem problem =
                assertThrows(ApiProblem.class, () -> desk.settle(file, by, true));
        assertEquals(403, problem.status());
    }

    @Test
    void shouldSettleForAQuarterOfAnHourWhatSomebodyElseCompared() throws Exception {
        assertRefused("anna");
        desk.compare(file, "anna");
        assertRefused("anna");
        desk.compare(file, "bert");
        now = now.plus(Duration.ofMinutes(14));
        assertEquals(List.of(), desk.settle(file, "anna", true).settled());
        now = now.plus(Duration.ofMinutes(1));
        assertRefused("anna");
    }

    @Test
    void shouldNotForgetAComparisonBecauseOthersRan() throws Exception {
        desk.compare(file, "bert");
        desk.compare(file, "anna");
        desk.run(file, false, "schedule");
        final Reconciliation.Result settled = desk.settle(file, "anna", true);
        assertEquals(
                List.of("bert", "anna"),
                settled.comparisons().stream().map(Comparison::by).toList());
    }

    @Test
    void shouldNotTakeTheScheduleOrAnotherFileForASecondPerson() throws Exception {
        desk.run(file, false, "schedule");
        assertRefused("anna");
        desk.compare(file("2025-11-19"), "bert");
        assertRefused("anna");
    }

    @Test
    void shouldTellWhatItFoundAndWhenOverARestart() throws Exception {
        assertEquals(Map.of(), desk.summaries());
        assertEquals(Optional.empty(), desk.age(FileKind.ORDERS));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        desk.run(file, false, "schedule");
        final ReconciliationSummary found = desk.summaries().get("orders.VENUE");
        assertSame(found, desk.summaries().get("orders.VENUE"), "it is made once");
        assertEquals("2025-11-20T12:00:00Z", found.ranAt());
        assertEquals(1, found.missingThere());
        assertEquals(1, found.ours());
        assertEquals(0, found.theirs());
        now = now.plus(Duration.ofMinutes(5));
        final Reconciliation other = process();
        assertEquals(Map.of("orders.VENUE", found), other.summaries());
        assertEquals(Optional.of(1), other.differences(FileKind.ORDERS));
        assertEquals(Optional.empty(), other.differences(FileKind.CASH));
        assertEquals(Optional.of(Duration.ofMinutes(5)), desk.age(FileKind.ORDERS));
        assertEquals(Optional.empty(), desk.age(FileKind.CASH));
        assertEquals(Optional.empty(), other.age(FileKind.ORDERS), "it ran nothing");
        assertEquals("2025-11-20T12:00:00Z", ranAt(other));
        desk.run(file, false, "schedule");
        assertEquals(Optional.of(Duration.ZERO), desk.age(FileKind.ORDERS));
        assertEquals("2025-11-20T12:05:00Z", ranAt(desk));
        assertEquals("2025-11-20T12:00:00Z", ranAt(other), "it left no note");
    }

    private static String ranAt(final Reconciliation desk) {
        return desk.summaries().get("orders.VENUE").ranAt();
    }

    @Test
    void shouldTellTheAgeOfTheSourceThatRanLongestAgo() throws Exception {
        desk.run(file, false, "schedule");
        now = now.plus(Duration.ofMinutes(5));
        desk.run(file("OTHER", "2025-11-20"), false, "schedule");
        assertEquals(Optional.of(Duration.ofMinutes(5)), desk.age(FileKind.ORDERS));
    }

    @Test
    void shouldTakeTheTimeOfANoteThatSaysNone() throws Exception {
        market.desk.ask(
                Commands.annotate(
                        UUID.randomUUID(),
                        new Note(
                                Note.RECONCILIATION,
                                "cash.BANK",
                                "schedule",
                                "{\"date\":\"2025-11-20\",\"checksum\":\"\",\"sequence\":1,"
                                        + "\"missingHere\":2,\"missingThere\":0,\"different\":1,"
                                        + "\"settled\":0}")));
        final ReconciliationSummary old = desk.summaries().get("cash.BANK");
        assertEquals(Times.text(market.log.timeNs(market.log.lastSequence())), old.ranAt());
        assertNull(old.ours());
        assertEquals(Optional.of(3), desk.differences(FileKind.CASH));
    }

    @Test
    void shouldAlertOnceOfDifferencesAndAgainWhenTheyAreOthers() throws Exception {
        final List<String> alerts = alerts();
        desk.run(file, false, "schedule");
        assertEquals(List.of(), alerts);
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        desk.run(file, false, "schedule");
        desk.run(file, false, "schedule");
        final String one =
                "orders.VENUE of 2025-11-20: 0 missing here, 1 missing there, 0 different";
        assertEquals(List.of(one), alerts);
        market.cancel(0, 1, 0);
        market.enter(0, 'B', "SPDL", 50, 10_0000);
        desk.run(file, false, "schedule");
        assertEquals(List.of(one, one), alerts, "as many, but another order");
    }

    private List<String> alerts() {
        final List<String> alerts = new ArrayList<>();
        market.view.addListener(
                fact -> {
                    if (fact instanceof final Alert alert) {
                        assertEquals(Alert.Kind.RECONCILIATION, alert.kind());
                        alerts.add(alert.detail());
                    }
                });
        return alerts;
    }

    @Test
    void shouldNotAlertAgainBecauseAnAmountThatDiffersMoves() throws Exception {
        final List<String> alerts = alerts();
        final ExternalFile holdings =
                read(
                        "holdings.csv",
                        """
                        HEADER,holdings,BANK,2025-11-20
                        account,symbol,quantity
                        TEST00,SPDL,5
                        TRAILER,1,SPDL=5
                        """);
        market.holding("TEST00", "SPDL", 1);
        desk.run(holdings, false, "schedule");
        assertEquals(1, alerts.size());
        market.holding("TEST00", "SPDL", 1);
        desk.run(holdings, false, "schedule");
        assertEquals(1, alerts.size(), alerts.toString());
        market.holding("TEST00", "SPDL", 3);
        desk.run(holdings, false, "schedule");
        market.holding("TEST00", "SPDL", -1);
        final long written = market.log.lastSequence();
        desk.run(holdings, false, "schedule");
        assertTrue(market.log.lastSequence() > written, "it agreed in between");
    }

    @Test
    void shouldNotAlertAgainOfWhatCannotBeSettled() throws Exception {
        final List<String> alerts = alerts();
        final ExternalFile unknown =
                read(
                        "orders.csv",
                        """
                        HEADER,orders,VENUE,2025-11-20
                        order,account,symbol,side,price,quantity
                        A,TEST00,NOSUCH,B,10,1
                        TRAILER,1,NOSUCH=1
                        """);
        desk.run(unknown, true, "schedule");
        assertEquals(1, alerts.size(), alerts.toString());
        final long written = market.log.lastSequence();
        final Reconciliation.Result again = desk.run(unknown, true, "schedule");
        assertEquals(1, again.settled().size());
        assertEquals(written, market.log.lastSequence());
        assertEquals(1, alerts.size(), alerts.toString());
    }

    @Test
    void shouldAskNobodyWhereThereIsNobodyElse() throws Exception {
        assertEquals(List.of(), desk.settle(file, "anna", false).settled());
    }
}
