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

/** Orders that the engine enters slice by slice. */
@Timeout(60)
class AlgorithmsApiTest {
    private static final String TWAP =
            "{\"session\":\"TEST00\",\"kind\":\"twap\",\"side\":\"buy\",\"symbol\":\"SPDL\","
                    + "\"quantity\":\"100\",\"price\":\"10.00\",\"intervalMs\":1000,\"slices\":4}";
    private static final String PATH = "/v1/algorithms";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldStartOneWhoseOrdersNameItAndStopIt() {
        final Reply started = operator.post(PATH, TWAP);
        assertEquals(201, started.status(), started.body());
        assertEquals("TEST00-254-1", started.text("/id"));
        assertEquals("100", started.text("/unsent"));
        api.market.tick();
        final Reply child = operator.get("/v1/orders/TEST00-254-2");
        assertEquals("TEST00-254-1", child.text("/parentOrderId"), child.body());
        assertEquals("25", child.text("/quantity"));
        api.market.enter(1, 'S', "SPDL", 10, 10_0000);
        final Reply working = operator.get(PATH + "/TEST00-254-1");
        assertEquals("partially_filled", working.text("/status"), working.body());
        assertEquals("75", working.text("/unsent"));
        assertEquals("15", working.text("/working"));
        assertEquals("10", working.text("/filled"));
        assertEquals(201, operator.delete(PATH + "/TEST00-254-1").status());
        api.market.finishSlices();
        final Reply ended = operator.get(PATH + "/TEST00-254-1");
        assertEquals("cancelled", ended.text("/status"), ended.body());
        assertEquals("90", ended.text("/cancelled"));
        assertEquals("cancelled", operator.get("/v1/orders/TEST00-254-2").text("/status"));
        assertEquals(422, operator.delete(PATH + "/TEST00-254-1").status());
    }

    @Test
    void shouldFollowTheVolume() {
        operator.post(
                PATH, TWAP.replace("twap", "pov").replace("}", ",\"participationBps\":2000}"));
        api.market.enter(1, 'S', "SPDL", 100, 11_0000);
        api.market.enter(1, 'B', "SPDL", 100, 11_0000);
        api.market.tick();
        assertEquals("20", operator.get("/v1/orders/TEST00-254-2").text("/quantity"));
    }

    @Test
    void shouldStartTheSameOnlyOnce() {
        final Call keyed = operator.with("Idempotency-Key", "once");
        assertEquals("TEST00-254-1", keyed.post(PATH, TWAP).text("/id"));
        assertEquals(
                "TEST00-254-1",
                operator.with("Idempotency-Key", "once").post(PATH, TWAP).text("/id"));
        assertEquals(1, operator.get(PATH).json().at("/items").size());
    }

    @Test
    void shouldSayWhatIsWrong() {
        final Reply empty = operator.post(PATH, "{}");
        assertEquals(422, empty.status());
        assertTrue(empty.body().contains("/intervalMs"), empty.body());
        assertTrue(empty.body().contains("/price"), empty.body());
        final Reply mixed = operator.post(PATH, TWAP.replace("}", ",\"participationBps\":2000}"));
        assertEquals("/participationBps", mixed.text("/errors/0/pointer"), mixed.body());
        final Reply refused = operator.post(PATH, TWAP.replace("10.00", "10.001"));
        assertTrue(refused.body().contains("PRICE"), refused.body());
        assertEquals(200, operator.post(PATH + "?validate=true", TWAP).status());
        assertEquals(0, operator.get(PATH).json().at("/items").size());
    }

    @Test
    void shouldHideItFromOtherFirms() {
        operator.post(PATH, TWAP);
        assertEquals(0, api.as("foe").get(PATH).json().at("/items").size());
        assertEquals(404, api.as("foe").get(PATH + "/TEST00-254-1").status());
    }
}
