package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    private final Reconciliation desk =
            new Reconciliation(
                    market.view,
                    new Commander(market.desk, market.view, new DataFolder(market.folder), () -> 0),
                    new TicketDesk(market.desk, market.view),
                    this::now);
    private final ExternalFile file = file("2025-11-20");
    private Instant now = Instant.parse("2025-11-20T12:00:00Z");

    private Instant now() {
        return now;
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
    void shouldAskNobodyWhereThereIsNobodyElse() throws Exception {
        assertEquals(List.of(), desk.settle(file, "anna", false).settled());
    }
}
