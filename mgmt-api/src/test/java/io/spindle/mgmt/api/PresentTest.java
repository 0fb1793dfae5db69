package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.FutureTask;

/** What is judged by what is there, while this process does not know all of the log. */
@Timeout(120)
class PresentTest {
    private static final String LIMITS = "/v1/limits";
    private static final String OF_TEST00 = LIMITS + "?scope=account&name=TEST00";
    private static final String FIFTY =
            "{\"scope\":\"account\",\"name\":\"TEST00\",\"orderQuantity\":\"50\","
                    + "\"reason\":\"asked by desk\"}";
    private static final String CASH =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"5\",\"reason\":\"gift\"}";
    private static final String APPROVE = "{\"decision\":\"approve\",\"reason\":\"looked at it\"}";
    private static final String CALENDAR =
            "{\"zone\":\"Europe/Vienna\",\"weekdays\":[\"monday\"],"
                    + "\"phases\":[{\"at\":\"09:00\",\"state\":\"trading\"}],"
                    + "\"specialDays\":[]}";
    private static final String ORDERS =
            """
            HEADER,orders,VENUE,2025-11-20
            order,account,symbol,side,price,quantity
            TRAILER,0
            """;

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call risk = api.as(Role.RISK);
    private final Call operator = api.as(Role.OPERATOR);
    private final Call admin = api.as(Role.ADMIN);

    @AfterEach
    void stop() {
        api.close();
    }

    private String proposed(final Reply reply) {
        assertEquals(202, reply.status(), reply.body());
        return "/v1/proposals/" + reply.text("/id");
    }

    @Test
    void shouldJudgeByNothingButThePresent() {
        final Call seen = risk.seen(OF_TEST00);
        final Call kept = admin.seen("/v1/report-retention");
        api.market.secondPerson = true;
        final String proposal = proposed(seen.put(LIMITS, FIFTY));
        api.market.secondPerson = false;
        final long before = api.market.log.lastSequence();
        api.market.logEnd = Long.MAX_VALUE;
        unknown(seen.put(LIMITS, FIFTY));
        unknown(admin.post(proposal, APPROVE));
        unknown(risk.post("/v1/start-of-day/sign-off", "{\"reason\":\"r\"}"));
        final Call fresh = admin.with("If-None-Match", "*");
        unknown(fresh.put("/v1/calendars/vienna", CALENDAR));
        unknown(fresh.put("/v1/notifications/log", "{\"type\":\"log\"}"));
        unknown(kept.put("/v1/report-retention", "{\"days\":30}"));
        assertEquals(before, api.market.log.lastSequence());
        api.market.logEnd = before;
        assertEquals(201, admin.post(proposal, APPROVE).status());
        assertEquals(200, fresh.put("/v1/calendars/vienna", CALENDAR).status());
        assertEquals(201, fresh.put("/v1/notifications/log", "{\"type\":\"log\"}").status());
        assertEquals(200, kept.put("/v1/report-retention", "{\"days\":30}").status());
    }

    private static void unknown(final Reply reply) {
        assertEquals(503, reply.status(), reply.body());
        assertEquals("UNAVAILABLE", reply.text("/code"));
    }

    /** What would seem to be missing here may be in what is not read yet. */
    @Test
    void shouldCompareWithNothingButThePresent() {
        api.market.logEnd = Long.MAX_VALUE;
        final long before = api.market.log.lastSequence();
        unknown(operator.post("/v1/reconciliation", ORDERS));
        assertEquals(before, api.market.log.lastSequence());
        api.market.logEnd = before;
        assertEquals(200, operator.post("/v1/reconciliation", ORDERS).status());
    }

    /** An approval that depends on nothing ends the wait of a change that does. */
    @Test
    void shouldHoldUpNobodyWhileItWaits() throws Exception {
        final Call seen = risk.seen(OF_TEST00);
        api.market.secondPerson = true;
        final String proposal = proposed(operator.post("/v1/balances", CASH));
        api.market.secondPerson = false;
        api.market.logEnd = api.market.log.lastSequence() + 1;
        final FutureTask<Reply> change = new FutureTask<>(() -> seen.put(LIMITS, FIFTY));
        Thread.ofVirtual().start(change);
        final Call auditor = api.as(Role.AUDITOR);
        while (!auditor.get("/v1/audit/calls").body().contains(LIMITS)) {
            Thread.onSpinWait();
        }
        assertEquals(201, admin.post(proposal, APPROVE).status());
        final Reply changed = change.get();
        assertEquals(201, changed.status(), changed.body());
    }
}
