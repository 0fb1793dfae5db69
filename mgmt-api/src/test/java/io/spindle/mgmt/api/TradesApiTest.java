package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TradesApiTest {
    private static final String CAUSE = "\"cause\":\"erroneous\",\"reason\":\"fat finger\"}";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call risk = api.as(Role.RISK);

    @AfterEach
    void stop() {
        api.close();
    }

    private void trade() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(2, 'S', "SPDL", 100, 10_0000);
    }

    @Test
    void shouldTakeATradeBackOnce() {
        trade();
        final Reply done = risk.post("/v1/trades/1/bust", "{" + CAUSE);
        assertEquals(201, done.status(), done.body());
        assertEquals(422, risk.post("/v1/trades/1/bust", "{" + CAUSE).status());
        assertEquals(404, risk.post("/v1/trades/9/bust", "{" + CAUSE).status());
    }

    @Test
    void shouldCorrectAPrice() {
        trade();
        assertEquals(422, risk.post("/v1/trades/1/correct", "{" + CAUSE).status());
        final Reply done = risk.post("/v1/trades/1/correct", "{\"price\":\"9.5\"," + CAUSE);
        assertEquals(201, done.status(), done.body());
    }
}
