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

/** Fees and rates: shown as they are, changed by command. */
@Timeout(60)
class TermsTest {
    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldChargeAnAccountByItsSchedule() {
        final String schedule = "/v1/fees/7";
        done(operator.seen(schedule).put(schedule, "{\"makerPpm\":-100,\"takerPpm\":300}"));
        assertEquals("-100", operator.get(schedule).text("/makerPpm"));
        assertEquals("7", operator.get("/v1/fees").text("/items/0/schedule"));
        final String account = "/v1/accounts/TEST00/fees";
        done(operator.seen(account).put(account, "{\"schedule\":7}"));
        assertEquals("7", operator.get(account).text("/schedule"));
        assertEquals(404, operator.get("/v1/accounts/NOBODY/fees").status());
        assertEquals(404, api.as("foe").get(account).status());
        assertEquals(422, operator.get("/v1/fees/256").status());
        final Call seen = operator.seen(schedule);
        assertEquals(422, seen.put(schedule, "{\"makerPpm\":1,\"takerPpm\":100001}").status());
        assertEquals(422, seen.put(schedule, "{\"makerPpm\":1}").status());
    }

    @Test
    void shouldLimitASessionAndShowItsTokens() {
        final String path = "/v1/rates/session/TEST00";
        assertTrue(operator.get(path).json().at("/mode").isNull());
        done(operator.seen(path).put(path, "{\"mode\":\"reject\",\"perSecond\":1,\"burst\":2}"));
        for (int i = 0; i < 3; i++) {
            api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        }
        final Reply rate = operator.get(path);
        assertEquals("0", rate.text("/tokens"), rate.body());
        assertEquals("1", rate.text("/breaches"));
        assertEquals("reject", rate.text("/mode"));
        assertEquals("PORT_RATE", operator.get("/v1/orders/TEST00-0-3").text("/reason"));
        assertEquals(6, operator.get("/v1/rates").json().at("/items").size());
        assertEquals(2, api.as("foe").get("/v1/rates").json().at("/items").size());
        assertEquals(404, operator.get("/v1/rates/account/NOBODY").status());
        assertEquals(404, api.as("foe").get(path).status());
        assertEquals(422, operator.get("/v1/rates/planet/MARS").status());
    }

    private static void done(final Reply reply) {
        assertEquals(201, reply.status(), reply.body());
    }
}
