package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.VenueScript;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.UUID;

/** Other venues and routing: defined, shown, asked for a comparison. */
@Timeout(60)
class VenuesApiTest {
    private static final String VENUE =
            "{\"enabled\":true,\"perSecond\":100,\"burst\":10,\"timeoutMs\":2000}";
    private static final String PATH = "/v1/venues/XALT";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private void define() {
        done(operator.with("If-None-Match", "*").put(PATH, VENUE));
    }

    @Test
    void shouldDefineAVenueAndShowItsState() {
        assertEquals(404, operator.get(PATH).status());
        define();
        final Reply venue = operator.get(PATH);
        assertEquals("down", venue.text("/state"));
        assertEquals("100", venue.text("/perSecond"));
        assertEquals("2000", venue.text("/timeoutMs"));
        assertEquals("10", venue.text("/tokens"));
        done(operator.seen(PATH).put(PATH, VENUE.replace("true", "false")));
        assertEquals("removed", operator.get("/v1/venues").text("/items/0/state"));
        assertEquals(422, operator.seen(PATH).put(PATH, "{\"perSecond\":1}").status());
        assertEquals(403, api.as(Role.VIEWER).put(PATH, VENUE).status());
        assertEquals(422, operator.get("/v1/venues/TOOLONG").status());
    }

    @Test
    void shouldRefuseToCompareWithAVenueThatIsNotThere() {
        define();
        final Reply reply = operator.post(PATH + "/sync", "{}");
        assertTrue(reply.status() >= 400 && reply.body().contains("VENUE_DOWN"), reply.body());
    }

    @Test
    void shouldSetRoutingOfAnAccountAnInstrumentAndTheMarket() {
        define();
        for (final String path :
                new String[] {
                    "/v1/routing/market/all",
                    "/v1/routing/instrument/SPDL",
                    "/v1/routing/account/TEST00"
                }) {
            assertEquals("none", operator.get(path).text("/strategy"));
            done(
                    operator.seen(path)
                            .put(
                                    path,
                                    "{\"strategy\":\"configured\",\"venue\":\"XALT\","
                                            + "\"maxAgeMs\":500}"));
            assertEquals("configured", operator.get(path).text("/strategy"));
            assertEquals("XALT", operator.get(path).text("/venue"));
            assertEquals("500", operator.get(path).text("/maxAgeMs"));
        }
        api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        assertEquals("ROUTING", operator.get("/v1/orders/TEST00-0-1").text("/reason"));
        final Call foe = api.as("foe");
        assertEquals(404, foe.get("/v1/routing/account/TEST00").status());
        assertEquals(200, foe.get("/v1/routing/account/FOES00").status());
        assertEquals(200, foe.get("/v1/routing/market/all").status());
        assertEquals(404, operator.get("/v1/routing/account/NOBODY").status());
        assertEquals(404, operator.get("/v1/routing/instrument/NONE").status());
        assertEquals(422, operator.get("/v1/routing/planet/MARS").status());
    }

    @Test
    void shouldListATradeAtAVenueWithTheOrderThatIsHere() {
        final VenueScript venue = new VenueScript(api.market.log, "XALT");
        api.market.log.post(
                RoutingCommands.setRouting(UUID.randomUUID(), "", "", 'C', "XALT", 1_000_000_000));
        api.market.enter(0, 'B', "SPDL", 30, 10_0000);
        venue.report('A', 1, 30, 0);
        venue.report('E', 1, 10, 9_9000);
        final Reply trades = operator.get("/v1/trades");
        assertEquals("XALT", trades.text("/items/0/exchange"));
        assertEquals("TEST00-0-1", trades.text("/items/0/taker/order"));
        assertEquals("10", trades.text("/items/0/quantity"));
        final Reply bust =
                api.as(Role.RISK)
                        .post(
                                "/v1/trades/1/bust",
                                "{\"cause\":\"erroneous\",\"reason\":\"fat finger\"}");
        assertEquals(201, bust.status(), bust.body());
        assertEquals("busted", operator.get("/v1/trades").text("/items/0/status"));
    }

    @Test
    void shouldLinkBooksOfOneInstrument() {
        final String instrument =
                "{\"symbol\":\"DUAL\",\"currency\":\"USD\",\"tickSize\":\"0.01\",\"lotSize\":\"1\","
                        + "\"minQuantity\":\"1\",\"maxQuantity\":\"1000\",\"maxPrice\":\"200000\"}";
        done(operator.post("/v1/instruments", instrument));
        final Call risk = api.as(Role.RISK);
        final String path = "/v1/instruments/SPDL/linked";
        final Reply linked =
                risk.seen("/v1/instruments/SPDL/risk").put(path, "{\"other\":\"DUAL\"}");
        done(linked);
        assertEquals("DUAL", risk.get("/v1/instruments/SPDL/risk").text("/linked"));
        assertEquals("SPDL", risk.get("/v1/instruments/DUAL/risk").text("/linked"));
        assertEquals(
                422,
                risk.seen("/v1/instruments/SPDL/risk").put(path, "{\"other\":\"BTC\"}").status());
    }

    private static void done(final Reply reply) {
        assertEquals(201, reply.status(), reply.body());
    }
}
