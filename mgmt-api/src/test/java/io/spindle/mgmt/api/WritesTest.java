package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Optional;

/** What has to hold before a write becomes a command: scope, version, dryRun, second person. */
@Timeout(120)
class WritesTest {
    private static final String LIMITS = "/v1/limits";
    private static final String OF_TEST00 = LIMITS + "?scope=account&name=TEST00";
    private static final String FIFTY =
            "{\"scope\":\"account\",\"name\":\"TEST00\",\"orderQuantity\":\"50\","
                    + "\"reason\":\"asked by desk\"}";
    private static final String CASH =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"5\",\"reason\":\"gift\"}";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call risk = api.as(Role.RISK);
    private final Call operator = api.as(Role.OPERATOR);
    private final Call admin = api.as(Role.ADMIN);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldChangeAConfigurationOnlyForWhoHasSeenIt() {
        assertEquals("PRECONDITION_REQUIRED", risk.put(LIMITS, FIFTY).text("/code"));
        final Call seen = risk.seen(OF_TEST00);
        final Reply done = seen.put(LIMITS, FIFTY);
        assertEquals(201, done.status(), done.body());
        assertEquals("50", risk.get(OF_TEST00).text("/orderQuantity"));
        assertEquals(
                risk.get(OF_TEST00).response().headers().firstValue("ETag"),
                done.response().headers().firstValue("ETag"));
        final Reply stale = seen.put(LIMITS, FIFTY.replace("50", "60"));
        assertEquals(412, stale.status());
        assertEquals("PRECONDITION_FAILED", stale.text("/code"));
        assertEquals(412, risk.with("If-None-Match", "*").put(LIMITS, FIFTY).status());
    }

    /** The engine has done it and this process does not know of it yet. */
    @Test
    void shouldNameNoVersionThatItHasNotSeen() {
        final Market market = api.market;
        final Late late = new Late(market);
        try (ApiOnMarket lagging = new ApiOnMarket(market, market.context(late))) {
            final Reply done = lagging.as(Role.RISK).seen(OF_TEST00).put(LIMITS, FIFTY);
            assertEquals(201, done.status(), done.body());
            assertEquals(late.sequence(), done.json().at("/sequence").asLong());
            assertEquals(Optional.empty(), done.response().headers().firstValue("ETag"));
        }
    }

    /** To whom it shows no more than was there before, an old version is no word of now. */
    @Test
    void shouldJudgeNothingByWhatItsOwnWriteHasLeftBehind() {
        final Market market = api.market;
        try (ApiOnMarket lagging = new ApiOnMarket(market, market.context(new Late(market)))) {
            final Call seen = lagging.as(Role.RISK).seen(OF_TEST00);
            market.secondPerson = true;
            final String path = "/v1/proposals/" + seen.put(LIMITS, FIFTY).text("/id");
            market.secondPerson = false;
            assertEquals(201, seen.put(LIMITS, FIFTY).status());
            final Reply lost = seen.put(LIMITS, FIFTY.replace("50", "60"));
            assertEquals(503, lost.status(), lost.body());
            assertEquals("UNAVAILABLE", lost.text("/code"));
            final Call judge = lagging.as(Role.ADMIN);
            assertEquals(503, decide(judge, path, "approve").status());
            assertEquals(200, judge.get(path).status(), "it still waits");
            market.tick();
            assertEquals(200, seen.put(LIMITS + "?validate=true", FIFTY).status());
        }
    }

    /** A way to an engine that is one command ahead of the replica. */
    private record Late(Market market) implements ControlPort {
        private long sequence() {
            return market.log.lastSequence() + 1;
        }

        @Override
        public Optional<Answer> ask(final AdminCommand command) {
            return Optional.of(new Answer(0, sequence()));
        }

        @Override
        public void post(final AdminCommand command) {
            throw new AssertionError("not asked for");
        }
    }

    @Test
    void shouldCreateOnlyWhatIsNotThere() {
        final String rule = "/v1/authorisation-rules/3";
        assertEquals(404, risk.get(rule).status());
        assertEquals(412, risk.with("If-Match", "\"x\"").put(rule, hold(50)).status());
        assertEquals(201, risk.with("If-None-Match", "*").put(rule, hold(50)).status());
        assertEquals(412, risk.with("If-None-Match", "*").put(rule, hold(60)).status());
        assertEquals("hold", risk.get(rule).text("/action"));
        assertEquals(201, risk.seen(rule).put(rule, "{\"action\":\"none\"}").status());
        assertEquals(0, risk.get("/v1/authorisation-rules").json().at("/items").size());
    }

    private static String hold(final int quantity) {
        return "{\"action\":\"hold\",\"minQuantity\":\"%d\"}".formatted(quantity);
    }

    @Test
    void shouldRehearseWithoutATrace() {
        final long before = api.market.log.lastSequence();
        final Reply tried = risk.seen(OF_TEST00).put(LIMITS + "?validate=true", FIFTY);
        assertEquals(200, tried.status(), tried.body());
        assertEquals("true", tried.text("/validated"));
        assertEquals("50", tried.text("/after/orderQuantity"));
        assertTrue(tried.json().at("/before/orderQuantity").isMissingNode());
        final Reply cash = operator.post("/v1/balances?validate=true", CASH);
        assertEquals(before, cash.json().at("/sequence").asLong());
        assertEquals(before, api.market.log.lastSequence());
        assertTrue(risk.get(OF_TEST00).json().at("/orderQuantity").isMissingNode());
    }

    @Test
    void shouldRefuseInRehearsalWhatTheEngineWouldRefuse() {
        final String unknown = CASH.replace("TEST00", "NOBODY");
        assertEquals("ACCOUNT", operator.post("/v1/balances?validate=true", unknown).text("/code"));
        assertEquals("ACCOUNT", operator.post("/v1/balances", unknown).text("/code"));
        assertEquals(422, operator.post("/v1/balances?validate=perhaps", CASH).status());
        assertEquals(422, operator.post("/v1/balances?asAt=1", CASH).status());
    }

    @Test
    void shouldWaitForASecondPerson() {
        api.market.secondPerson = true;
        final String before = balance();
        final Reply proposed = operator.post("/v1/balances", CASH);
        assertEquals(202, proposed.status(), proposed.body());
        assertEquals("AdjustCash", proposed.text("/command"));
        assertEquals(before, balance());
        final String path = proposed.response().headers().firstValue("Location").orElseThrow();
        assertEquals("gift", admin.get(path).text("/reason"));
        assertEquals(403, decide(operator, path, "approve").status(), "the maker");
        assertEquals(403, decide(api.as(Role.VIEWER), path, "approve").status());
        final Reply approved = decide(admin, path, "approve");
        assertEquals(201, approved.status(), approved.body());
        assertNotEquals(before, balance());
        assertEquals(404, decide(admin, path, "approve").status(), "once");
    }

    @Test
    void shouldDropWhatTheSecondPersonRejectsOrTheMakerWithdraws() {
        api.market.secondPerson = true;
        final String before = balance();
        for (final Call judge : new Call[] {admin, operator}) {
            final Reply proposed = operator.post("/v1/balances", CASH);
            final String path = "/v1/proposals/" + proposed.text("/id");
            assertEquals(1, admin.get("/v1/proposals").json().at("/items").size());
            assertEquals(204, decide(judge, path, "reject").status());
            assertEquals(404, admin.get(path).status());
        }
        assertEquals(before, balance());
        assertEquals(404, admin.get("/v1/proposals/none").status());
    }

    @Test
    void shouldNotApproveWhatHasChangedMeanwhile() {
        api.market.secondPerson = true;
        final Reply proposed = risk.seen(OF_TEST00).put(LIMITS, FIFTY);
        assertEquals(202, proposed.status(), proposed.body());
        api.market.secondPerson = false;
        final String other = FIFTY.replace("50", "70");
        assertEquals(201, risk.seen(OF_TEST00).put(LIMITS, other).status());
        final Reply late = decide(admin, "/v1/proposals/" + proposed.text("/id"), "approve");
        assertEquals(412, late.status(), late.body());
        assertEquals("70", risk.get(OF_TEST00).text("/orderQuantity"));
    }

    /** The command may be in the log all the same: proposed anew, it would be done twice. */
    @Test
    void shouldSayWhereToLookIfNobodyAnswersAnApproval() {
        final Market market = new Market();
        market.secondPerson = true;
        final ControlPort deaf =
                new ControlPort() {
                    @Override
                    public Optional<Answer> ask(final AdminCommand command) throws IOException {
                        market.desk.ask(command);
                        return Optional.empty();
                    }

                    @Override
                    public void post(final AdminCommand command) throws IOException {
                        market.desk.post(command);
                    }
                };
        try (ApiOnMarket silent = new ApiOnMarket(market, market.context(deaf))) {
            final String id = silent.as(Role.OPERATOR).post("/v1/balances", CASH).text("/id");
            final String path = "/v1/proposals/" + id;
            final String where = "/v1/events?for=requests&from=" + market.log.lastSequence();
            final Call judge = silent.as(Role.ADMIN);
            final Reply approved = decide(judge, path, "approve");
            assertEquals(504, approved.status(), approved.body());
            assertEquals("NO_ANSWER", approved.text("/code"));
            final String detail = approved.text("/detail");
            assertTrue(detail.startsWith("the approval was accepted; whether"), detail);
            assertTrue(detail.contains(id) && detail.contains(where + ","), detail);
            final Reply events = judge.get(where);
            assertEquals(id, events.text("/items/0/key"), events.body());
            assertEquals("NONE", events.text("/items/0/value/code"));
            assertEquals(404, decide(judge, path, "approve").status(), "once");
        }
    }

    @Test
    void shouldRememberAfterARestartWhatWaits() {
        final Market market = new Market();
        market.secondPerson = true;
        final ApiContext context = market.context();
        final String path;
        try (ApiOnMarket before = new ApiOnMarket(market, context)) {
            final Reply proposed = before.as(Role.RISK).seen(OF_TEST00).put(LIMITS, FIFTY);
            path = "/v1/proposals/" + proposed.text("/id");
        }
        try (ApiOnMarket after = new ApiOnMarket(market, context)) {
            assertEquals(403, decide(after.as(Role.RISK), path, "approve").status(), "the maker");
            final Reply approved = decide(after.as(Role.ADMIN), path, "approve");
            assertEquals(201, approved.status(), approved.body());
            assertEquals("50", after.as(Role.RISK).get(OF_TEST00).text("/orderQuantity"));
        }
        try (ApiOnMarket later = new ApiOnMarket(market, context)) {
            assertEquals(404, later.as(Role.ADMIN).get(path).status(), "once");
        }
    }

    @Test
    void shouldStopAtOnceAndReleaseWithASecondPerson() {
        api.market.secondPerson = true;
        final String body = "{\"scope\":\"system\",\"state\":\"%s\",\"reason\":\"drill\"}";
        assertEquals(201, risk.post("/v1/kill-switch", body.formatted("halted")).status());
        final Reply release = risk.post("/v1/kill-switch", body.formatted("active"));
        assertEquals(202, release.status());
        final String path = "/v1/proposals/" + release.text("/id");
        assertEquals(201, decide(admin, path, "approve").status());
        final Reply silent = operator.post("/v1/balances", CASH.replace("gift", " "));
        assertEquals("/reason", silent.text("/errors/0/pointer"));
    }

    @Test
    void shouldTakeARepeatedProposalOnce() {
        api.market.secondPerson = true;
        final Call retry = operator.with("Idempotency-Key", "one");
        final String first = retry.post("/v1/balances", CASH).text("/id");
        assertEquals(first, retry.post("/v1/balances", CASH).text("/id"));
        assertEquals(1, admin.get("/v1/proposals").json().at("/items").size());
    }

    @Test
    void shouldKeepWritersToTheirFirms() {
        final Reply made =
                admin.post(
                        "/v1/keys",
                        "{\"name\":\"foes\",\"roles\":[\"operator\",\"risk\"],"
                                + "\"owners\":[\"FOES\"],\"reason\":\"their own desk\"}");
        final Call foes = api.as(made.text("/key"));
        assertEquals(403, foes.post("/v1/balances", CASH).status());
        assertEquals(201, foes.post("/v1/balances", CASH.replace("TEST", "FOES")).status());
        assertEquals(403, foes.post("/v1/owners", "{\"firm\":\"NEW\"}").status());
        assertEquals(403, foes.get(OF_TEST00).status());
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        assertEquals(404, foes.delete("/v1/orders/TEST00-0-1").status());
        final String halt =
                "{\"scope\":\"%s\",\"name\":\"%s\",\"state\":\"halted\",\"reason\":\"r\"}";
        assertEquals(403, foes.post("/v1/kill-switch", halt.formatted("system", "")).status());
        assertEquals(403, foes.post("/v1/kill-switch", halt.formatted("firm", "TEST")).status());
        assertEquals(201, foes.post("/v1/kill-switch", halt.formatted("firm", "FOES")).status());
        final String preview = "/v1/kill-switch/preview";
        final String firm = "{\"scope\":\"firm\",\"name\":\"%s\"}";
        assertEquals(403, foes.post(preview, firm.formatted("TEST")).status());
        assertEquals(403, foes.post(preview, "{\"scope\":\"system\"}").status());
        assertEquals(200, foes.post(preview, firm.formatted("FOES")).status());
    }

    @Test
    void shouldAuditWhatWasAskedAndWhatBecameOfIt() {
        final Call auditor = api.as(Role.AUDITOR);
        risk.seen(OF_TEST00).put(LIMITS, FIFTY);
        risk.post("/v1/owners", "{\"firm\":\"NEW\"}");
        operator.post(
                "/v1/sessions",
                "{\"session\":\"NEW01\",\"firm\":\"TEST\",\"account\":\"TEST00\","
                        + "\"password\":\"hush\"}");
        operator.post("/v1/owners", "not json");
        final Reply calls = auditor.get("/v1/audit/calls");
        assertEquals("", calls.text("/fault"));
        assertEquals("RISK", calls.text("/items/0/call/caller"));
        assertEquals("asked", calls.text("/items/0/call/event"));
        assertEquals("50", calls.text("/items/0/call/body/orderQuantity"));
        assertEquals("201", calls.text("/items/1/call/status"));
        assertEquals("50", calls.text("/items/1/call/after/orderQuantity"));
        assertTrue(calls.json().at("/items/1/call/before").isObject());
        assertEquals("refused", calls.text("/items/2/call/event"));
        assertEquals("***", calls.text("/items/3/call/body/password"));
        assertFalse(calls.body().contains("hush"));
        assertEquals("BAD_REQUEST", calls.text("/items/6/call/code"));
        assertTrue(calls.text("/head").startsWith("7:"), calls.text("/head"));
        assertEquals("7", auditor.get("/v1/audit/calls?from=6&count=5").text("/items/0/number"));
    }

    private String balance() {
        return operator.get("/v1/balances?account=TEST00").text("/items/0/balance");
    }

    private static Reply decide(final Call judge, final String path, final String decision) {
        return judge.post(
                path, "{\"decision\":\"%s\",\"reason\":\"looked at it\"}".formatted(decision));
    }
}
