package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

/** Metrics of firms are for these firms, and for who sees the whole market. */
@Timeout(60)
class MetricsApiTest {
    private static final String SCRAPED =
            """
            # HELP spindle_limiter_tokens whole tokens left
            # TYPE spindle_limiter_tokens gauge
            spindle_limiter_tokens{firm="FOES",session="FOES00"} 1.0
            spindle_limiter_tokens{firm="TEST",session="TEST00"} 2.0
            spindle_latency_seconds{quantile="0.5",stage="wait"} 0.0
            spindle_sessions_up 2.0
            """;

    private final Market market = new Market();
    private final ApiOnMarket api =
            new ApiOnMarket(market, market.context(List::of, () -> SCRAPED));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldShowTheSeriesOfFirmsToThoseWhoMaySeeThem() {
        assertEquals(SCRAPED, api.as(Role.VIEWER).get("/metrics").body());
        final String others = "spindle_limiter_tokens{firm=\"TEST\",session=\"TEST00\"} 2.0\n";
        assertEquals(SCRAPED.replace(others, ""), api.as("foe").get("/metrics").body());
    }
}
