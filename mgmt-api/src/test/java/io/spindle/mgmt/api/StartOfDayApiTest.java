package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.DayCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.view.View;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

@Timeout(120)
class StartOfDayApiTest {
    private static final String ACCOUNTS =
            """
            HEADER,accounts,CRM,2026-11-21
            account,firm,shortSelling,margin,tradeUnsettled,desk
            ACME-1,ACME,false,false,false,Rates
            ACME-2,ACME,false,true,false,Credit
            TEST00,FOES,false,false,false,Stolen
            TRAILER,3
            """;
    private static final String CASH =
            """
            HEADER,cash,BANK1,2026-11-21
            account,currency,balance
            ACME-1,USD,5000.25
            TEST00,USD,999.75
            NOBODY,USD,10.00
            TRAILER,3,USD=6010.00
            """;
    private static final String HOLDINGS =
            """
            HEADER,holdings,REG,2026-11-21
            account,symbol,quantity
            ACME-1,SPDL,100
            ACME-1,BTC,0.000250
            ACME-1,NONE,5
            TRAILER,3,SPDL=100,BTC=0.00025,NONE=5
            """;

    private static final String GATE = "/v1/start-of-day/gate";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);
    private final Call risk = api.as(Role.RISK);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldKeepTheMarketClosedUntilTheDayIsSignedOff() {
        open("accounts.CRM", "cash.BANK1");
        assertEquals("true", status("/closed"));
        assertEquals("20261121", status("/tradingDate"));
        api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        assertEquals("ENTRY_DISABLED", operator.get("/v1/orders/TEST00-0-1").text("/reason"));
        assertEquals(409, signOff(false).status());
        assertEquals(
                422,
                risk.post(
                                "/v1/kill-switch",
                                "{\"scope\":\"system\",\"state\":\"active\",\"reason\":\"now\"}")
                        .status());
        load(ACCOUNTS);
        load(CASH);
        final Reply refused = signOff(false);
        assertEquals(409, refused.status());
        assertTrue(refused.text("/detail").startsWith("2 rows are quarantined"), refused.body());
        final Reply signed = signOff(true);
        assertEquals(201, signed.status(), signed.body());
        assertEquals("RISK", signed.text("/day/signedBy"));
        assertEquals("false", status("/closed"));
        api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        assertEquals("accepted", operator.get("/v1/orders/TEST00-0-2").text("/status"));
    }

    /** A power cut may take the command, but clients have seen the session that it began. */
    @Test
    void shouldRememberTheDaysSessionOutsideTheLog() throws IOException {
        open();
        assertEquals(2_026_112_101L, new DataFolder(api.market.folder).newestSession());
    }

    @Test
    void shouldLoadWhatItCanAndQuarantineTheRest() {
        open();
        final Reply accounts = load(ACCOUNTS);
        assertEquals("2", accounts.text("/loaded"));
        assertEquals("5", accounts.text("/quarantined/0/line"));
        assertEquals("the account belongs to TEST", accounts.text("/quarantined/0/reason"));
        assertEquals("Rates", operator.get("/v1/metadata/account/ACME-1").text("/attributes/desk"));
        final Reply cash = load(CASH);
        assertEquals("NOBODY/USD", cash.text("/quarantined/0/key"));
        assertEquals("6010.00", cash.text("/totals/0/file"));
        assertEquals("6000.00", cash.text("/totals/0/loaded"));
        assertEquals("10.00", cash.text("/totals/0/quarantined"));
        assertEquals(0, cash.json().path("remaining").size());
        assertEquals("5000.2500", balance("ACME-1"));
        assertEquals("999.7500", balance("TEST00"));
        final Reply holdings = load(HOLDINGS);
        assertEquals("unknown symbol", holdings.text("/quarantined/0/reason"));
        assertEquals(
                "0.000250",
                operator.get("/v1/holdings?account=ACME-1&symbol=BTC").text("/items/0/quantity"));
        assertEquals("3", status("/quarantined"));
        final Reply report = operator.get("/v1/start-of-day/reports/2026-11-21/cash.BANK1");
        assertEquals("6010.00", report.text("/totals/0/file"));
        assertEquals(404, operator.get("/v1/start-of-day/reports/2026-11-22/cash.X").status());
    }

    @Test
    void shouldChangeNothingWhenAFileIsLoadedAgain() {
        open();
        load(ACCOUNTS);
        load(CASH);
        final Reply again = load(CASH);
        assertEquals(0, again.json().path("differences").size(), again.body());
        assertEquals("5000.2500", balance("ACME-1"));
        load(CASH.replace("NOBODY,USD,10.00\n", "").replace("3,USD=6010", "2,USD=6000"));
        assertEquals("1", status("/quarantined"), "the row that is gone waits no longer");
    }

    @Test
    void shouldSettleARowWhoseKeyHasASlash() {
        open();
        load(CASH);
        final String row = "/v1/quarantine/cash.BANK1.NOBODY%2FUSD?reason=left";
        final Reply settled = risk.delete(row);
        assertEquals("1", settled.text("/quarantined"), settled.body());
    }

    /** A position is booked once: what was refused does not come again by itself. */
    @Test
    void shouldSignOffOnceARefusedMovementIsSettled() {
        operator.post(
                "/v1/feeds/BANK1/updates",
                "{\"updates\":[{\"position\":1,\"account\":\"NOBODY\",\"currency\":\"USD\","
                        + "\"amount\":\"10\"}]}");
        open();
        assertEquals(409, signOff(false).status());
        final String row = "/v1/quarantine/feed.BANK1.1";
        final String reason = "?reason=booked%20by%20hand";
        assertEquals(403, operator.delete(row + reason).status());
        assertEquals("reason", risk.delete(row).text("/errors/0/pointer"));
        assertEquals(404, risk.delete("/v1/quarantine/feed.BANK1.2" + reason).status());
        final Reply settled = risk.delete(row + reason);
        assertEquals(200, settled.status(), settled.body());
        assertEquals("0", settled.text("/quarantined"));
        assertEquals(404, risk.delete(row + reason).status());
        final Reply history = operator.get("/v1/metadata/quarantine/feed.BANK1.1/history");
        assertEquals("NOBODY", history.text("/items/0/attributes/update/account"));
        assertEquals("RISK", history.text("/items/1/author"));
        final Reply audit = api.as(Role.AUDITOR).get("/v1/audit/calls");
        assertTrue(audit.body().contains(row + reason), audit.body());
        assertTrue(audit.body().contains("\"before\":{\"kind\":\"quarantine\""), audit.body());
        assertEquals(201, signOff(false).status());
    }

    @Test
    void shouldOnlySayWhatAFileWouldDo() {
        final long before = api.market.view.read(View.Reading::sequence);
        final Reply dry = operator.post("/v1/start-of-day/files?validate=true&name=c.csv", CASH);
        assertEquals(200, dry.status(), dry.body());
        assertEquals("true", dry.text("/validated"));
        assertEquals("1000000.0000", ourBalance(dry));
        assertEquals(before, api.market.view.read(View.Reading::sequence));
        assertEquals(409, operator.post("/v1/start-of-day/files", CASH).status());
    }

    private static String ourBalance(final Reply report) {
        return report.text("/differences/0/ours").replaceAll("[^0-9.]", "");
    }

    @Test
    void shouldTellFaultsByFileLineAndField() {
        open();
        final Reply faulty =
                operator.post("/v1/start-of-day/files?name=bank.csv", CASH.replace("999.75", "x"));
        assertEquals(422, faulty.status());
        assertEquals("bank.csv:4:balance", faulty.text("/errors/0/pointer"));
        assertEquals(
                409,
                operator.post("/v1/start-of-day/files", CASH.replace("2026-11-21", "2026-11-22"))
                        .status());
    }

    @Test
    void shouldConfirmOpenOrdersInTheirBooks() {
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final Reply report =
                operator.post(
                        "/v1/start-of-day/files?validate=true",
                        """
                        HEADER,orders,VENUE,2026-11-21
                        order,account,symbol,side,price,quantity
                        TEST00-0-1,TEST00,SPDL,B,10.00,90
                        TEST00-0-9,TEST00,SPDL,B,10.00,1
                        TRAILER,2,SPDL=91
                        """);
        assertEquals("not in our books", report.text("/quarantined/0/reason"), report.body());
        assertEquals("quantity", report.text("/differences/0/field"));
        assertEquals("100", report.text("/differences/0/ours"));
    }

    @Test
    void shouldBeginEveryDayClosedWhereThatIsRequired() {
        assertEquals(
                201,
                risk.seen(GATE).put(GATE, "{\"required\":true,\"reason\":\"policy\"}").status());
        assertEquals("true", status("/required"));
        assertEquals("false", status("/closed"));
        open();
        assertEquals(201, signOff(false).status());
        assertEquals(409, signOff(true).status(), "once a day");
        final Reply back =
                operator.post("/v1/start-of-day", "{\"date\":\"2026-11-20\",\"reason\":\"again\"}");
        assertEquals(409, back.status());
    }

    @Test
    void shouldNotOpenANewDayWithTheSignatureOfAnEarlierOne() throws Exception {
        final String gate = "{\"required\":true,\"reason\":\"policy\"}";
        assertEquals(201, risk.seen(GATE).put(GATE, gate).status());
        open();
        assertEquals(201, signOff(false).status());
        api.market.desk.post(DayCommands.dayStart(20261122));
        assertEquals("true", status("/closed"));
        final Reply early = signOff(true);
        assertEquals(409, early.status());
        assertTrue(early.text("/detail").contains("20261122"), early.body());
        assertEquals("true", status("/closed"));
    }

    @Test
    void shouldStayClosedUntilWhatTheyHaveIsWhatWeHave() {
        open();
        final String theirs =
                """
                HEADER,orders,VENUE,2026-11-21
                order,account,symbol,side,price,quantity
                TEST01-0-7,TEST01,SPDL,S,11,5
                TRAILER,1,SPDL=5
                """;
        assertEquals(200, operator.post("/v1/reconciliation", theirs).status());
        assertEquals("orders.VENUE", status("/unreconciled/0"));
        assertEquals(409, signOff(false).status());
        assertEquals("true", status("/closed"));
        final String none =
                """
                HEADER,orders,VENUE,2026-11-21
                order,account,symbol,side,price,quantity
                TRAILER,0
                """;
        assertEquals(200, operator.post("/v1/reconciliation", none).status());
        final Reply signed = signOff(false);
        assertEquals(201, signed.status(), signed.body());
    }

    @Test
    void shouldNotLiftAnOperatorsStopWithTheSignature() {
        open();
        risk.post(
                "/v1/kill-switch",
                "{\"scope\":\"system\",\"state\":\"halted\",\"reason\":\"fire\"}");
        assertTrue(signOff(false).text("/detail").contains("kill switch"));
    }

    @Test
    void shouldFlagAnAccountThatAnOutsideDebitOverdraws() {
        final Reply debit =
                operator.post(
                        "/v1/feeds/BANK1/updates",
                        "{\"updates\":[{\"position\":1,\"account\":\"TEST00\",\"currency\":\"USD\","
                                + "\"amount\":\"-1000000001\"}]}");
        assertEquals("NONE", debit.text("/outcomes/0/code"), debit.body());
        final Reply balances = operator.get("/v1/balances?account=TEST00");
        assertEquals("true", balances.text("/items/0/overdrawn"));
        api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        assertEquals("INSUFFICIENT_CASH", operator.get("/v1/orders/TEST00-0-1").text("/reason"));
        api.market.enter(0, 'S', "SPDL", 1, 10_0000);
        assertEquals("SHORT_SALE", operator.get("/v1/orders/TEST00-0-2").text("/reason"));
        final Reply events = operator.get("/v1/events?for=status");
        assertTrue(events.body().contains("OVERDRAWN"), events.body());
    }

    private void open(final String... expected) {
        final String list =
                expected.length == 0 ? "" : "\"" + String.join("\",\"", expected) + "\"";
        final Reply reply =
                operator.post(
                        "/v1/start-of-day",
                        "{\"date\":\"2026-11-21\",\"expected\":[" + list + "],\"reason\":\"day\"}");
        assertEquals(201, reply.status(), reply.body());
    }

    private Reply load(final String content) {
        final Reply reply = operator.post("/v1/start-of-day/files?name=file.csv", content);
        assertEquals(200, reply.status(), reply.body());
        return reply;
    }

    private Reply signOff(final boolean accept) {
        return risk.post(
                "/v1/start-of-day/sign-off",
                "{\"acceptQuarantine\":" + accept + ",\"reason\":\"checked\"}");
    }

    private String status(final String pointer) {
        return operator.get("/v1/start-of-day").text(pointer);
    }

    private String balance(final String account) {
        return operator.get("/v1/balances?account=" + account).text("/items/0/balance");
    }
}
