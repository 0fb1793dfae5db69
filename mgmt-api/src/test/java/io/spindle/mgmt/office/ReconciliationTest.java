package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            HEADER,orders,VENUE,%s
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
        try {
            return ExternalFileReader.read(
                    "orders.csv", FORMAT.formatted(date).getBytes(StandardCharsets.UTF_8));
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
        assertEquals(Optional.empty(), desk.age());
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        desk.run(file, false, "schedule");
        final ReconciliationSummary found = desk.summaries().get("orders.VENUE");
        assertEquals("2025-11-20T12:00:00Z", found.ranAt());
        assertEquals(1, found.missingThere());
        assertEquals(1, found.ours());
        assertEquals(0, found.theirs());
        now = now.plus(Duration.ofMinutes(5));
        final Reconciliation other = process();
        assertEquals(Map.of("orders.VENUE", found), other.summaries());
        assertEquals(Optional.of(1), other.differences(FileKind.ORDERS));
        assertEquals(Optional.empty(), other.differences(FileKind.CASH));
        assertEquals(Optional.of(Duration.ofMinutes(5)), other.age());
        desk.run(file, false, "schedule");
        assertEquals(Optional.of(Duration.ZERO), desk.age());
        assertEquals(Optional.of(Duration.ofMinutes(5)), other.age(), "it left no note");
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
        final List<String> alerts = new ArrayList<>();
        market.view.addListener(
                fact -> {
                    if (fact instanceof final Alert alert) {
                        assertEquals(Alert.Kind.RECONCILIATION, alert.kind());
                        alerts.add(alert.detail());
                    }
                });
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

    @Test
    void shouldAskNobodyWhereThereIsNobodyElse() throws Exception {
        assertEquals(List.of(), desk.settle(file, "anna", false).settled());
    }
}
