package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.Overtaken;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What moves money or lifts a block by files, days, feeds and states, where two people are. */
@Timeout(120)
class SecondPersonTest {
    private static final String NO_ORDERS =
            """
            HEADER,orders,VENUE,2025-11-20
            order,account,symbol,side,price,quantity
            TRAILER,0
            """;
    private static final String CASH =
            """
            HEADER,cash,BANK1,2026-11-21
            account,currency,balance
            TEST00,USD,999.75
            TRAILER,1,USD=999.75
            """;
    private static final String SETTLE = "/v1/reconciliation?settle=true";
    private static final String DAY = "/v1/start-of-day";
    private static final String GATE = DAY + "/gate";
    private static final String STATE = "/v1/instruments/SPDL/state";
    private static final String UPDATES = "/v1/feeds/BANK1/updates";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);
    private final Call risk = api.as(Role.RISK);
    private final Call admin = api.as(Role.ADMIN);

    @BeforeEach
    void haveTwoPeople() {
        api.market.secondPerson = true;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldSettleOnlyWhatSomebodyElseHasCompared() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Reply silent = operator.post(SETTLE, NO_ORDERS);
        assertEquals("reason", silent.text("/errors/0/pointer"), silent.body());
        final String settle = SETTLE + "&reason=agreed";
        assertTrue(refused(operator.post(settle, NO_ORDERS)).contains("without settle"));
        assertEquals(200, operator.post("/v1/reconciliation", NO_ORDERS).status());
        refused(operator.post(settle, NO_ORDERS));
        assertEquals("accepted", operator.get("/v1/orders/TEST00-0-1").text("/status"));
        assertEquals(200, admin.post("/v1/reconciliation", NO_ORDERS).status());
        final Reply settled = operator.post(settle, NO_ORDERS);
        assertEquals(200, settled.status(), settled.body());
        assertEquals("ADMIN", settled.text("/comparisons/1/by"), settled.body());
        assertEquals("cancelled", operator.get("/v1/orders/TEST00-0-1").text("/status"));
    }

    @Test
    void shouldSettleOnScheduleOnlyWhenTwoAgree() {
        final String path = "/v1/reconciliation/schedule";
        final String settles = "{\"everySeconds\":60,\"settle\":true%s}";
        final Reply silent = operator.seen(path).put(path, settles.formatted(""));
        assertEquals("/reason", silent.text("/errors/0/pointer"), silent.body());
        final Reply asked =
                operator.seen(path).put(path, settles.formatted(",\"reason\":\"agreed\""));
        assertEquals("false", operator.get("/v1/reconciliation").text("/schedule/settle"));
        approve(asked, operator, admin);
        assertEquals("true", operator.get("/v1/reconciliation").text("/schedule/settle"));
        final Reply stops = operator.seen(path).put(path, "{\"everySeconds\":60,\"settle\":false}");
        assertEquals(201, stops.status(), stops.body());
        assertEquals("false", operator.get("/v1/reconciliation").text("/schedule/settle"));
    }

    @Test
    void shouldNotLetADayBeSignedOffByWhoOpenedIt() {
        open(admin);
        assertTrue(refused(signOff(admin)).contains("opened the day"));
        assertEquals("true", operator.get(DAY).text("/closed"));
        final Reply signed = signOff(risk);
        assertEquals(201, signed.status(), signed.body());
        assertEquals("false", signed.text("/closed"));
    }

    /** Nor by whose file somebody else has loaded once more since. */
    @Test
    void shouldNotLetADayBeSignedOffByWhoLoadedForIt() {
        open(operator);
        for (final Call loader : new Call[] {admin, operator}) {
            final Reply loaded = loader.post(DAY + "/files", CASH);
            assertEquals(200, loaded.status(), loaded.body());
        }
        refused(signOff(admin));
        assertEquals(
                "[\"ADMIN\",\"OPERATOR\"]",
                operator.get(DAY).json().at("/files/0/loaded/loadedBy").toString());
        assertEquals(201, signOff(risk).status());
    }

    /** Nor by whose load came to no end behind its rows. */
    @Test
    void shouldNotLetADayBeSignedOffByWhoseLoadBroke() throws IOException {
        open(operator);
        final Path reports = api.market.folder.resolve("start-of-day");
        Files.createDirectories(reports);
        final Path inTheWay = Files.createFile(reports.resolve("2026-11-21"));
        assertEquals(500, admin.post(DAY + "/files", CASH).status());
        assertEquals("999.7500", balance());
        refused(signOff(admin));
        assertEquals("", operator.get(DAY).text("/files/0/loaded/checksum"));
        Files.delete(inTheWay);
        assertEquals(200, operator.post(DAY + "/files", CASH).status());
        refused(signOff(admin));
        assertEquals(201, signOff(risk).status());
    }

    @Test
    void shouldNotCountALoadThatCameToNoEnd() throws IOException {
        operator.post(
                DAY, "{\"date\":\"2026-11-21\",\"expected\":[\"cash.BANK1\"],\"reason\":\"day\"}");
        final Path reports = api.market.folder.resolve("start-of-day");
        Files.createDirectories(reports);
        Files.createFile(reports.resolve("2026-11-21"));
        assertEquals(500, admin.post(DAY + "/files", CASH).status());
        assertEquals("cash.BANK1", operator.get(DAY).text("/missing/0"));
        assertEquals(409, signOff(risk).status());
    }

    @Test
    void shouldLetOneCloseTheGateAndTwoTakeItAway() {
        final String gate = "{\"required\":%s,\"reason\":\"policy\"}";
        final Reply closes = risk.seen(GATE).put(GATE, gate.formatted("true"));
        assertEquals(201, closes.status(), closes.body());
        assertEquals("true", operator.get(DAY).text("/required"));
        final Reply asked = risk.seen(GATE).put(GATE, gate.formatted("false"));
        assertEquals("true", operator.get(DAY).text("/required"));
        approve(asked, risk, admin);
        assertEquals("false", operator.get(DAY).text("/required"));
    }

    @Test
    void shouldHaltAtOnceAndResumeWithASecondPerson() {
        assertEquals(201, state("halted").status());
        final Reply asked = state("trading");
        assertEquals("SetTradingState", asked.text("/command"), asked.body());
        assertEquals(202, state("quotation_only").status());
        assertEquals(202, state("cancel_only").status());
        assertEquals(202, state("closed").status(), "the clock opens what is closed");
        assertEquals("H", operator.get("/v1/instruments/SPDL").text("/tradingState"));
        approve(asked, operator, risk);
        assertEquals("T", operator.get("/v1/instruments/SPDL").text("/tradingState"));
        assertEquals(201, state("cancel_only").status());
        assertEquals(202, state("closed").status());
        approve(state("trading"), operator, risk);
        assertEquals(201, state("closed").status());
        approve(state("trading"), operator, risk);
        assertEquals(201, state("paused").status());
        assertEquals(201, state("trading").status(), "the end of a call lifts nothing");
        final Reply tried =
                operator.post(
                        STATE + "?validate=true", "{\"state\":\"trading\",\"reason\":\"news\"}");
        assertEquals("false", tried.text("/needsSecondPerson"), tried.body());
    }

    /** The engine knows of it before this process does. */
    @Test
    void shouldNotLiftAHaltOfWhichItHasNotHeard() {
        final Market market = api.market;
        final Overtaken late = new Overtaken(market.desk, () -> market.state("SPDL", 'H'));
        try (ApiOnMarket lagging = new ApiOnMarket(market, market.context(late))) {
            final Call alone = lagging.as(Role.OPERATOR);
            for (final String state : new String[] {"trading", "paused", "closed", "cancel_only"}) {
                market.state("SPDL", 'Q');
                final Reply reply = alone.post(STATE, body(state));
                assertEquals(412, reply.status(), reply.body());
                assertEquals("PRECONDITION_FAILED", reply.text("/code"));
                assertEquals("H", operator.get("/v1/instruments/SPDL").text("/tradingState"));
            }
            market.state("SPDL", 'Q');
            assertEquals(201, alone.post(STATE, body("halted")).status(), "a halt is never late");
            approve(alone.post(STATE, body("trading")), alone, lagging.as(Role.RISK));
            assertEquals("T", operator.get("/v1/instruments/SPDL").text("/tradingState"));
        }
    }

    @Test
    void shouldTightenABlockAtOnceAndLoosenItWithASecondPerson() {
        assertEquals(201, kill("firm", "TEST", "reduce_only").status());
        assertEquals(201, kill("firm", "TEST", "halted").status());
        assertEquals(202, kill("firm", "TEST", "cancel_only").status());
        assertEquals(202, kill("firm", "TEST", "reduce_only").status());
        assertEquals(201, kill("firm", "TEST", "halted").status());
        assertEquals(201, kill("firm", "FOES", "reduce_only").status(), "another one's block");
        assertEquals("halted", operator.get("/v1/kill-switch").text("/items/0/state"));
        final Reply asked = kill("firm", "TEST", "cancel_only");
        approve(asked, risk, admin);
        assertEquals("cancel_only", operator.get("/v1/kill-switch").text("/items/0/state"));
    }

    @Test
    void shouldBookNothingOfASourceThatNobodyHasOpened() {
        final String before = balance();
        assertTrue(refused(operator.post(UPDATES, update(1))).contains("/v1/feeds/BANK1"));
        final Reply asked = operator.put("/v1/feeds/BANK1", "{\"reason\":\"contract\"}");
        refused(operator.post(UPDATES, update(1)));
        assertEquals(before, balance());
        approve(asked, operator, admin);
        final Reply booked = operator.post(UPDATES, update(1));
        assertEquals("NONE", booked.text("/outcomes/0/code"), booked.body());
        assertNotEquals(before, balance());
    }

    @Test
    void shouldGoOnWithASourceThatIsOlderThanTheSecondPerson() {
        api.market.secondPerson = false;
        assertEquals(200, operator.post(UPDATES, update(1)).status());
        api.market.secondPerson = true;
        assertEquals("2", operator.post(UPDATES, update(2)).text("/position"));
    }

    @Test
    void shouldLetNobodyMakeASecondPersonOfTheirOwn() {
        final String key = "{\"name\":\"bert\",\"roles\":[\"%s\"],\"reason\":\"r\"}";
        final Reply made = admin.post("/v1/keys", key.formatted("risk"));
        assertEquals("false", made.text("/details/active"), made.body());
        final Call bert = api.as(made.text("/key"));
        assertEquals(401, bert.get("/v1/proposals").status());
        final String activation = "/v1/keys/" + made.text("/details/id") + "/activation";
        assertEquals(403, admin.post(activation, "").status(), "their own");
        assertEquals(403, api.as(Role.AUDITOR).post(activation, "").status());
        assertEquals("bert", operator.get("/v1/keys").text("/items/0/name"), "it waits");
        assertEquals(200, operator.post(activation, "").status());
        assertEquals(200, bert.get("/v1/proposals").status());
        assertEquals(0, operator.get("/v1/keys").json().at("/items").size());
        final String reader = key.formatted("viewer").replace("bert", "anna");
        assertEquals("true", admin.post("/v1/keys", reader).text("/details/active"));
    }

    @Test
    void shouldLetOnlyAnAdministratorAgreeWhereThereIsASecondOne() {
        api.market.secondPerson = false;
        final String key = "{\"name\":\"%s\",\"roles\":[\"admin\"],\"reason\":\"r\"}";
        final Call anna = api.as(admin.post("/v1/keys", key.formatted("anna")).text("/key"));
        final Reply made = admin.post("/v1/keys", key.formatted("bert"));
        final String activation = "/v1/keys/" + made.text("/details/id") + "/activation";
        assertEquals(403, risk.post(activation, "").status());
        assertEquals(200, anna.post(activation, "").status());
    }

    private static String refused(final Reply reply) {
        assertEquals(403, reply.status(), reply.body());
        assertEquals("SECOND_PERSON", reply.text("/code"));
        return reply.text("/detail");
    }

    private static void approve(final Reply asked, final Call maker, final Call other) {
        assertEquals(202, asked.status(), asked.body());
        final String path = "/v1/proposals/" + asked.text("/id");
        final String approval = "{\"decision\":\"approve\",\"reason\":\"looked at it\"}";
        assertEquals(403, maker.post(path, approval).status(), "the maker");
        final Reply approved = other.post(path, approval);
        assertEquals(201, approved.status(), approved.body());
    }

    private static void open(final Call who) {
        final Reply opened =
                who.post(DAY, "{\"date\":\"2026-11-21\",\"expected\":[],\"reason\":\"day\"}");
        assertEquals(201, opened.status(), opened.body());
    }

    private static Reply signOff(final Call who) {
        return who.post(DAY + "/sign-off", "{\"reason\":\"checked\"}");
    }

    private Reply state(final String state) {
        return operator.post(STATE, body(state));
    }

    private static String body(final String state) {
        return "{\"state\":\"%s\",\"reason\":\"news\"}".formatted(state);
    }

    private Reply kill(final String scope, final String name, final String state) {
        return risk.post(
                "/v1/kill-switch",
                "{\"scope\":\"%s\",\"name\":\"%s\",\"state\":\"%s\",\"reason\":\"drill\"}"
                        .formatted(scope, name, state));
    }

    private static String update(final int position) {
        return "{\"updates\":[{\"position\":"
                + position
                + ",\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"10\"}]}";
    }

    private String balance() {
        return operator.get("/v1/balances?account=TEST00").text("/items/0/balance");
    }
}
