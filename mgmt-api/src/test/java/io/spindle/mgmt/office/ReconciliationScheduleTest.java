package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class ReconciliationScheduleTest {
    private final Market market = new Market();

    @Test
    void shouldLookAgainAfterAnError() throws InterruptedException {
        final CountDownLatch looks = new CountDownLatch(2);
        final Commander commander =
                new Commander(
                        market.desk,
                        market.view,
                        new DataFolder(market.folder),
                        () -> {
                            looks.countDown();
                            throw new OutOfMemoryError("of the test");
                        });
        final Reconciliation reconciliation =
                new Reconciliation(
                        market.view,
                        commander,
                        new TicketDesk(market.desk, market.view),
                        Instant::now);
        try (ReconciliationSchedule schedule =
                new ReconciliationSchedule(
                        reconciliation,
                        new Notes(commander, market.view),
                        market.folder.resolve("reconciliation"))) {
            schedule.start();
            assertTrue(looks.await(30, TimeUnit.SECONDS));
        }
    }
}
