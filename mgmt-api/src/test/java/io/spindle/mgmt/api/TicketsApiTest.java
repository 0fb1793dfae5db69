package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders that an operator enters for a client session. */
@Timeout(60)
class TicketsApiTest {
    private static final String BUY =
            "{\"session\":\"TEST00\",\"side\":\"buy\",\"symbol\":\"SPDL\",\"quantity\":\"100\","
                    + "\"price\":\"10.00\"%s}";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call operator = api.as(Role.OPERATOR);

    @AfterEach
    void stop() {
        api.close();
    }

    private static String buy(final String more) {
        return BUY.formatted(more);
    }

    @Test
    void shouldEnterATicketAndShowTheTopOfTheBook() {
        final Reply placed = operator.post("/v1/tickets", buy(",\"clientOrderId\":\"MINE\""));
        assertEquals(201, placed.status(), placed.body());
        assertEquals("TEST00-255-1", placed.text("/order/id"));
        assertEquals("accepted", placed.text("/order/status"));
        assertEquals("MINE", placed.text("/order/clientOrderId"));
        assertEquals("10.0000", placed.text("/top/bid/price"));
        assertTrue(placed.json().at("/top/ageMs").asLong() >= 0);
        final Reply top = operator.get("/v1/top/SPDL");
        assertEquals("100", top.text("/bid/quantity"));
        assertTrue(top.json().at("/ask").isMissingNode());
        assertEquals(404, operator.get("/v1/top/NONE").status());
    }

    @Test
    void shouldTradeRejectAndHideAsTheEngineSays() {
        api.market.enter(1, 'S', "SPDL", 30, 10_0000);
        final Reply filled =
                operator.post("/v1/tickets", buy(",\"timeInForce\":\"immediate_or_cancel\""));
        assertEquals("30", filled.text("/order/filled"), filled.body());
        assertEquals("cancelled", filled.text("/order/status"));
        final Reply rejected = operator.post("/v1/tickets", buy("").replace("10.00", "10.001"));
        assertEquals("rejected", rejected.text("/order/status"), rejected.body());
        final Reply iceberg =
                operator.post(
                        "/v1/tickets",
                        buy(",\"timeInForce\":\"good_till_cancelled\",\"displayQuantity\":\"10\""));
        assertEquals("accepted", iceberg.text("/order/status"), iceberg.body());
        assertEquals("10", operator.get("/v1/top/SPDL").text("/bid/quantity"));
    }

    @Test
    void shouldReplaceAndCancelATicket() {
        operator.post("/v1/tickets", buy(""));
        final String path = "/v1/tickets/TEST00-255-1";
        final Reply replaced = operator.put(path, buy("").replace("10.00", "9.00"));
        assertEquals(201, replaced.status(), replaced.body());
        assertEquals("TEST00-255-2", replaced.text("/order/id"));
        assertEquals("TEST00-255-1", replaced.text("/order/replaces"));
        assertEquals(404, operator.put(path, buy("")).status(), "it is gone");
        assertEquals(
                422,
                operator.put("/v1/tickets/TEST00-255-2", buy("").replace("buy", "sell")).status());
        final Reply onlyThese =
                operator.put("/v1/tickets/TEST00-255-2", "{\"quantity\":\"7\",\"price\":\"9.10\"}");
        assertEquals(201, onlyThese.status(), onlyThese.body());
        assertEquals("9.1000", onlyThese.text("/order/price"));
        assertEquals("B", onlyThese.text("/order/side"), "what is not said is the original's");
        assertEquals(201, operator.delete("/v1/orders/TEST00-255-3").status());
        api.market.enter(0, 'B', "SPDL", 1, 10_0000);
        assertEquals(404, operator.put("/v1/tickets/TEST00-0-1", buy("")).status(), "a client's");
    }

    @Test
    void shouldKeepPriceAndTimeOfAnOrderThatIsReplacedWithoutThem() {
        operator.post("/v1/tickets", buy(",\"timeInForce\":\"good_till_cancelled\""));
        final Reply smaller = operator.put("/v1/tickets/TEST00-255-1", "{\"quantity\":\"7\"}");
        assertEquals(201, smaller.status(), smaller.body());
        assertEquals("10.0000", smaller.text("/order/price"), smaller.body());
        assertEquals("1", smaller.text("/order/timeInForce"));
        assertEquals("7", smaller.text("/order/quantity"));
        final Reply dearer = operator.put("/v1/tickets/TEST00-255-2", "{\"price\":\"9.5\"}");
        assertEquals("7", dearer.text("/order/quantity"), dearer.body());
        final Reply market = operator.put("/v1/tickets/TEST00-255-3", "{\"price\":\"market\"}");
        assertEquals(201, market.status(), market.body());
        assertEquals("market", market.text("/order/price"), "it is asked for by its name");
    }

    /** Executed or not, what was cancelled of it does not come back with another price. */
    @Test
    void shouldReplaceATicketByWhatWasNotCancelledOfIt() {
        operator.post("/v1/tickets", buy(""));
        cancelTicketDownTo(1, 60);
        final Reply replaced = operator.put("/v1/tickets/TEST00-255-1", "{\"price\":\"9.00\"}");
        assertEquals(201, replaced.status(), replaced.body());
        assertEquals("60", replaced.text("/order/quantity"), replaced.body());
        assertEquals("60", operator.get("/v1/top/SPDL").text("/bid/quantity"));

        api.market.enter(1, 'S', "SPDL", 10, 9_0000);
        cancelTicketDownTo(2, 40);
        assertEquals("30", operator.get("/v1/top/SPDL").text("/bid/quantity"));
        final Reply again = operator.put("/v1/tickets/TEST00-255-2", "{\"price\":\"8.00\"}");
        assertEquals(201, again.status(), again.body());
        assertEquals("30", operator.get("/v1/top/SPDL").text("/bid/quantity"));
    }

    /** As a client would: to so many lots in all, those executed included. */
    private void cancelTicketDownTo(final int number, final long lots) {
        api.market.log.append(
                buffer -> {
                    final CancelOrderEncoder command = new CancelOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                            .session(0)
                            .userRefIdx((short) Ticket.SERIES)
                            .userRefNum(number)
                            .quantity(lots);
                    return command.limit();
                });
    }

    @Test
    void shouldLeaveAHeldTicketAsItIsThatCannotBeReplaced() {
        final Reply rule =
                api.as(Role.RISK)
                        .with("If-None-Match", "*")
                        .put(
                                "/v1/authorisation-rules/1",
                                "{\"action\":\"hold\",\"account\":\"TEST00\","
                                        + "\"minQuantity\":\"50\"}");
        assertEquals(201, rule.status(), rule.body());
        final Reply held = operator.post("/v1/tickets", buy(""));
        assertEquals("pending_submission", held.text("/order/status"), held.body());
        final long before = api.market.log.lastSequence();
        final Reply refused = operator.put("/v1/tickets/TEST00-255-1", "{\"quantity\":\"7\"}");
        assertEquals(422, refused.status(), refused.body());
        assertEquals("REPLACE_NOT_ALLOWED", refused.text("/code"));
        assertEquals(before, api.market.log.lastSequence(), "nothing was sent");
        final String order = "/v1/orders/TEST00-255-1";
        assertEquals("pending_submission", operator.get(order).text("/status"));
        assertEquals(201, operator.delete(order).status(), "a cancel is allowed");
    }

    @Test
    void shouldNameTheFieldsThatItKnowsToWhoMisspellsOne() {
        final Reply misspelt = operator.post("/v1/tickets", "{\"quantitty\":\"1\"}");
        assertEquals(422, misspelt.status(), misspelt.body());
        assertEquals("/quantitty", misspelt.text("/errors/0/pointer"));
        assertTrue(misspelt.text("/errors/0/detail").contains("quantity, session"));
    }

    @Test
    void shouldTellEachOfManyItsOwnResult() {
        final Reply bulk =
                operator.post(
                        "/v1/tickets/bulk",
                        "{\"tickets\":[%s,%s,%s]}"
                                .formatted(buy(""), buy("").replace("10.00", "10.001"), buy("")));
        assertEquals(201, bulk.status(), bulk.body());
        assertEquals("accepted", bulk.text("/items/0/order/status"));
        assertEquals("rejected", bulk.text("/items/1/order/status"));
        assertEquals("accepted", bulk.text("/items/2/order/status"));
        final Reply wrong =
                operator.post("/v1/tickets/bulk", "{\"tickets\":[%s,null,{}]}".formatted(buy("")));
        assertEquals("/1", wrong.text("/errors/0/pointer"), wrong.body());
        assertEquals("/2/session", wrong.text("/errors/1/pointer"));
        assertEquals(422, operator.post("/v1/tickets/bulk", "{\"tickets\":[]}").status());
    }

    @Test
    void shouldShowEachOfManyTheTopOfItsOwnBook() {
        final Reply bulk =
                operator.post(
                        "/v1/tickets/bulk",
                        "{\"tickets\":[%s,%s,%s]}"
                                .formatted(buy(""), buy("").replace("SPDL", "BTC"), buy("")));
        assertEquals(201, bulk.status(), bulk.body());
        assertEquals("SPDL", bulk.text("/items/0/top/symbol"), bulk.body());
        assertEquals("BTC", bulk.text("/items/1/top/symbol"));
        assertEquals("200", bulk.text("/items/2/top/bid/quantity"));
    }

    private static String bracket(final String profitPrice, final String stopLimit) {
        final String sell =
                "{\"session\":\"TEST00\",\"side\":\"sell\",\"symbol\":\"SPDL\","
                        + "\"quantity\":\"100\",\"timeInForce\":\"good_till_cancelled\",%s}";
        return "{\"parent\":%s,\"takeProfit\":%s,\"stopLoss\":%s}"
                .formatted(
                        buy(",\"timeInForce\":\"good_till_cancelled\""),
                        sell.formatted("\"price\":\"" + profitPrice + "\""),
                        sell.formatted("\"price\":\"" + stopLimit + "\",\"stopPrice\":\"9.00\""));
    }

    @Test
    void shouldEnterABracketWhoseChildrenWakeWithTheParentsFill() {
        final Reply placed = operator.post("/v1/tickets/bracket", bracket("11.00", "8.00"));
        assertEquals(201, placed.status(), placed.body());
        for (int i = 0; i < 3; i++) {
            assertEquals("accepted", placed.text("/items/" + i + "/order/status"), placed.body());
        }
        api.market.enter(1, 'S', "SPDL", 100, 10_0000);
        final String profit = placed.text("/items/1/order/id");
        api.market.enter(1, 'B', "SPDL", 100, 11_0000);
        assertEquals("filled", operator.get("/v1/orders/" + profit).text("/status"));
        final String stop = placed.text("/items/2/order/id");
        assertEquals("cancelled", operator.get("/v1/orders/" + stop).text("/status"));
        final Call again = operator.with("Idempotency-Key", "refused");
        final Reply refused = again.post("/v1/tickets/bracket", bracket("11.001", "8.00"));
        assertEquals(201, refused.status());
        assertEquals("rejected", refused.text("/items/1/order/status"));
        assertEquals("CONFLICT", refused.text("/items/0/code"), "never entered");
        assertEquals("CONFLICT", refused.text("/items/2/code"), "never entered");
        final Reply repeated = again.post("/v1/tickets/bracket", bracket("11.001", "8.00"));
        assertEquals(201, repeated.status(), repeated.body());
        assertEquals("CONFLICT", repeated.text("/items/0/code"));
        assertEquals(refused.text("/items/1/order/id"), repeated.text("/items/1/order/id"));
        assertEquals("CONFLICT", repeated.text("/items/2/code"));
        assertEquals(422, operator.post("/v1/tickets/bracket", "{}").status());
    }

    @Test
    void shouldEnterOnceUnderOneKeyAndTryWithoutATrace() {
        final Call retry = operator.with("Idempotency-Key", "k");
        final String first = retry.post("/v1/tickets", buy("")).text("/order/id");
        assertEquals(first, retry.post("/v1/tickets", buy("")).text("/order/id"));
        final String other = buy("").replace("100", "200");
        assertEquals("KEY_REUSED", retry.post("/v1/tickets", other).text("/code"));
        final long before = api.market.log.lastSequence();
        final Reply tried = operator.post("/v1/tickets?validate=true", buy(""));
        assertEquals("accepted", tried.text("/status"), tried.body());
        assertEquals(before, api.market.log.lastSequence());
    }

    @Test
    void shouldFindUnderItsKeyWhatWasEnteredAfterNobodyWaitedAnyMore() {
        final Call retry = operator.with("Idempotency-Key", "late");
        api.market.log.slow(true);
        final Reply unanswered = retry.post("/v1/tickets", buy(""));
        assertEquals(504, unanswered.status(), unanswered.body());
        assertEquals(504, retry.post("/v1/tickets", buy("")).status(), "nor now");
        api.market.log.slow(false);
        final Reply found = retry.post("/v1/tickets", buy(""));
        assertEquals(201, found.status(), found.body());
        assertEquals("accepted", found.text("/order/status"));
        assertEquals(1, operator.get("/v1/orders").json().at("/items").size());
    }

    @Test
    void shouldTryEachOfManyAfterThoseBeforeIt() {
        final long before = api.market.log.lastSequence();
        final String sell = buy(",\"timeInForce\":\"immediate_or_cancel\"").replace("buy", "sell");
        final Reply tried =
                operator.post(
                        "/v1/tickets/bulk?validate=true",
                        "{\"tickets\":[%s,%s,%s]}"
                                .formatted(
                                        buy(""),
                                        buy("").replace("10.00", "10.001"),
                                        sell.replace("TEST00", "TEST01")));
        assertEquals(200, tried.status(), tried.body());
        assertEquals(3, tried.json().at("/items").size());
        assertEquals("accepted", tried.text("/items/0/order/status"), tried.body());
        assertEquals("rejected", tried.text("/items/1/order/status"));
        assertEquals("filled", tried.text("/items/2/order/status"), "by the first of them");
        assertNothingEntered(before);
    }

    @Test
    void shouldTryAWholeBracket() {
        final long before = api.market.log.lastSequence();
        final String tried = "/v1/tickets/bracket?validate=true";
        final Reply good = operator.post(tried, bracket("11.00", "8.00"));
        assertEquals(200, good.status(), good.body());
        for (int i = 0; i < 3; i++) {
            assertEquals("accepted", good.text("/items/" + i + "/order/status"), good.body());
        }
        final String link = good.text("/items/1/order/id");
        assertEquals(link, good.text("/items/0/order/parentOrderId"), good.body());
        final Reply badProfit = operator.post(tried, bracket("11.001", "8.00"));
        assertEquals("accepted", badProfit.text("/items/0/order/status"), badProfit.body());
        assertEquals("rejected", badProfit.text("/items/1/order/status"));
        assertEquals("accepted", badProfit.text("/items/2/order/status"));
        final Reply badStop = operator.post(tried, bracket("11.00", "8.001"));
        assertEquals("accepted", badStop.text("/items/0/order/status"), badStop.body());
        assertEquals("accepted", badStop.text("/items/1/order/status"));
        assertEquals("rejected", badStop.text("/items/2/order/status"));
        assertNothingEntered(before);
    }

    @Test
    void shouldTryEachOfManyThatWouldWaitBehindTheRateLimit() {
        final Call admin = api.as(Role.ADMIN);
        final String path = "/v1/rates/session/TEST00";
        final Reply set =
                admin.seen(path).put(path, "{\"mode\":\"queue\",\"perSecond\":1,\"burst\":1}");
        assertEquals(201, set.status(), set.body());
        final long before = api.market.log.lastSequence();
        final Reply tried =
                operator.post(
                        "/v1/tickets/bulk?validate=true",
                        "{\"tickets\":[%s,%s,%s]}".formatted(buy(""), buy(""), buy("")));
        assertEquals("accepted", tried.text("/items/0/order/status"), tried.body());
        assertEquals("pending_submission", tried.text("/items/1/order/status"), tried.body());
        assertEquals("pending_submission", tried.text("/items/2/order/status"));
        assertNothingEntered(before);
    }

    private void assertNothingEntered(final long before) {
        assertEquals(before, api.market.log.lastSequence());
        assertEquals(0, operator.get("/v1/orders").json().at("/items").size());
    }

    @Test
    void shouldNameWhatIsWrongAndKeepOperatorsToTheirFirms() {
        final Reply wrong =
                operator.post(
                        "/v1/tickets",
                        "{\"session\":\"NOBODY\",\"side\":\"up\",\"symbol\":\"NONE\","
                                + "\"quantity\":\"-1\",\"price\":\"x\",\"timeInForce\":\"soon\"}");
        assertEquals(422, wrong.status());
        assertEquals(6, wrong.json().at("/errors").size(), wrong.body());
        final Reply key =
                api.as(Role.ADMIN)
                        .post(
                                "/v1/keys",
                                "{\"name\":\"foes\",\"roles\":[\"operator\"],"
                                        + "\"owners\":[\"FOES\"],\"reason\":\"desk\"}");
        final Call foes = api.as(key.text("/key"));
        assertEquals(403, foes.post("/v1/tickets", buy("")).status());
        assertEquals(201, foes.post("/v1/tickets", buy("").replace("TEST", "FOES")).status());
    }
}
