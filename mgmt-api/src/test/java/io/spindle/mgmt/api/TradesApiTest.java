package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

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
        assertEquals(Trade.Status.BUSTED, trades().getFirst().status());
        assertEquals(422, risk.post("/v1/trades/1/bust", "{" + CAUSE).status());
        assertEquals(404, risk.post("/v1/trades/9/bust", "{" + CAUSE).status());
    }

    @Test
    void shouldCorrectAPrice() {
        trade();
        assertEquals(422, risk.post("/v1/trades/1/correct", "{" + CAUSE).status());
        final Reply done = risk.post("/v1/trades/1/correct", "{\"price\":\"9.5\"," + CAUSE);
        assertEquals(201, done.status(), done.body());
        final Trade made = trades().getFirst();
        assertEquals(9_5000, made.price());
        assertEquals(Trade.Status.VALID, made.status());
        assertEquals(1, made.corrects());
        assertEquals("FOES00-0-1", made.taker().order().toString());
        assertEquals(Trade.Status.CORRECTED, trades().getLast().status());
    }

    /** The latest first. */
    private List<Trade> trades() {
        return api.market.view.read(now -> now.trades().list(trade -> true));
    }
}
