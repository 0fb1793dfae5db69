package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.report.Reports;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class ReportClockTest {
    private final Market market = new Market();

    @Test
    void shouldLookAgainAfterAnError() throws InterruptedException {
        final CountDownLatch looks = new CountDownLatch(3);
        final Reports reports = new Reports(() -> null);
        try (ReportClock clock =
                new ReportClock(
                        market.view,
                        null,
                        reports,
                        market.folder,
                        () -> {
                            looks.countDown();
                            throw new OutOfMemoryError("of the test");
                        })) {
            clock.start(1, 1);
            assertTrue(looks.await(30, TimeUnit.SECONDS));
        }
    }
}
