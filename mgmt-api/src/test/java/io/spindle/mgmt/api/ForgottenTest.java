package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

/** What was there, and is in the database only, is told from what never was. */
@Timeout(120)
class ForgottenTest {
    /** Ended orders, and trades, that the market's view keeps. */
    private static final int KEPT = 1_000;

    private static final String ORDERS = "/v1/orders/";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call viewer = api.as(Role.VIEWER);

    @AfterEach
    void stop() {
        api.close();
    }

    private static void assertForgotten(final Reply reply) {
        assertEquals(410, reply.status(), reply.body());
        assertEquals("FORGOTTEN", reply.text("/code"));
        assertTrue(reply.text("/detail").contains("in the database"), reply.body());
    }

    @Test
    void shouldSayOfAnOrderThatEndedLongAgoWhereItIs() {
        for (int i = 0; i < KEPT; i++) {
            api.market.cancel(0, api.market.enter(0, 'B', "SPDL", 1, 9_0000), 0);
        }
        assertEquals(200, viewer.get(ORDERS + "TEST00-0-1").status());
        api.market.cancel(0, api.market.enter(0, 'B', "SPDL", 1, 9_0000), 0);
        assertEquals(200, viewer.get(ORDERS + "TEST00-0-2").status());
        assertForgotten(viewer.get(ORDERS + "TEST00-0-1"));
        assertForgotten(viewer.get(ORDERS + "TEST00-0-1/explanation"));
        assertEquals(404, api.as("foe").get(ORDERS + "TEST00-0-1").status(), "not theirs");
        for (final String never :
                List.of("TEST00-0-1002", "TEST00-0-0", "TEST00-1-1", "NONE-0-1")) {
            assertEquals(404, viewer.get(ORDERS + never).status(), never);
        }
    }

    @Test
    void shouldSayOfATradeFromLongAgoWhereItIs() {
        for (int i = 0; i < KEPT + 1; i++) {
            api.market.enter(2, 'S', "SPDL", 1, 10_0000);
            api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        }
        assertForgotten(viewer.get("/v1/trades/1"));
        assertEquals(200, viewer.get("/v1/trades/2").status());
        assertEquals(404, viewer.get("/v1/trades/0").status());
        assertEquals(404, viewer.get("/v1/trades/1002").status());
        assertForgotten(
                api.as(Role.RISK)
                        .post(
                                "/v1/trades/1/bust",
                                "{\"cause\":\"erroneous\",\"reason\":\"mistyped\"}"));
    }
}
