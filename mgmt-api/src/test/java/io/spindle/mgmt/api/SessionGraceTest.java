package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.oms.Ascii;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a session's orders outlive its connection: shown as it is, changed by command. */
@Timeout(60)
class SessionGraceTest {
    private static final String PATH = "/v1/sessions/TEST00/grace";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldSetTheGraceOfASession() {
        assertEquals("0", operator.get(PATH).text("/disconnectGraceMs"));
        final String grace = "{\"disconnectGraceMs\":1500}";
        assertEquals(428, operator.put(PATH, grace).status());
        final Reply done = operator.seen(PATH).put(PATH, grace);
        assertEquals(201, done.status(), done.body());
        assertEquals("1500", operator.get(PATH).text("/disconnectGraceMs"));
        assertEquals("1500", operator.get("/v1/sessions/TEST00").text("/disconnectGraceMs"));
        assertEquals("0", operator.get("/v1/sessions/TEST01").text("/disconnectGraceMs"));
        final long graceNs =
                api.market.view.read(
                        now -> {
                            final var sessions = now.engine().sessions();
                            return sessions.graceNs(sessions.find(Ascii.pack("TEST00")));
                        });
        assertEquals(1_500_000_000L, graceNs);
    }

    @Test
    void shouldRefuseWhatIsNoGraceAndWhoMayNotSetIt() {
        final Call seen = operator.seen(PATH);
        for (final String wrong : new String[] {"-1", "86400001", "\"soon\"", "null"}) {
            final String grace = "{\"disconnectGraceMs\":" + wrong + "}";
            assertEquals(422, seen.put(PATH, grace).status(), wrong);
        }
        assertEquals(403, api.as(Role.VIEWER).put(PATH, "{\"disconnectGraceMs\":1}").status());
        assertEquals(404, api.as("foe").get(PATH).status());
        assertEquals(404, operator.get("/v1/sessions/NOBODY/grace").status());
    }
}
