package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.model.OrderRequest;
import io.spindle.mgmt.model.OrderRequest.Status;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;

/** Requests have a status and a history of their own, apart from the orders they become. */
@Timeout(60)
class RequestsApiTest {
    private final ApiOnMarket api = new ApiOnMarket();

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply request(final String id) {
        return api.as(Role.VIEWER).get("/v1/requests/" + id);
    }

    private List<Status> history(final int number) {
        return api.market.view.read(
                now ->
                        now
                                .requests()
                                .list(one -> one.id().userRefNum() == number)
                                .getFirst()
                                .history()
                                .stream()
                                .map(OrderRequest.Step::status)
                                .toList());
    }

    private void hold() {
        final Reply rule =
                api.as(Role.RISK)
                        .with("If-None-Match", "*")
                        .send(
                                "PUT",
                                "/v1/authorisation-rules/1",
                                "{\"action\":\"hold\",\"account\":\"TEST00\",\"minQuantity\":\"50\"}");
        assertEquals(201, rule.status(), rule.body());
    }

    private void decide(final String order, final String decision) {
        final Reply reply =
                api.as(Role.AUTHORISER)
                        .post(
                                "/v1/authorisations/" + order,
                                "{\"decision\":\"%s\",\"reason\":\"seen\"}".formatted(decision));
        assertEquals(201, reply.status(), reply.body());
    }

    @Test
    void shouldLinkARequestWithTheOrderThatItBecame() {
        final int number = api.market.enter(0, 'B', "SPDL", 10, 10_0000);
        final Reply entered = request("TEST00-0-" + number);
        assertEquals("accepted", entered.text("/status"), entered.body());
        assertEquals("enter", entered.text("/kind"));
        assertEquals("received", entered.text("/history/0/status"));
        assertEquals(
                api.as(Role.VIEWER).get("/v1/orders/TEST00-0-" + number).text("/orderReference"),
                entered.text("/orderReference"));
        api.market.replace(0, number, 20, 9_0000);
        final Reply replaced = request("TEST00-0-2");
        assertEquals("replace", replaced.text("/kind"), replaced.body());
        assertEquals("TEST00-0-1", replaced.text("/replaces"));
    }

    @Test
    void shouldDiscardARefusedRequestWithItsReasonAndNoOrder() {
        api.market.enter(0, 'B', "SPDL", 10, 10_0001);
        final Reply refused = request("TEST00-0-1");
        assertEquals("rejected", refused.text("/status"), refused.body());
        assertEquals("PRICE", refused.text("/history/1/reason"));
        assertEquals(true, refused.json().at("/orderReference").isMissingNode());
    }

    @Test
    void shouldRememberEveryStepOfARequestThatWaited() {
        hold();
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        api.market.enter(0, 'B', "SPDL", 100, 9_0000);
        api.market.enter(0, 'B', "SPDL", 100, 8_0000);
        decide("TEST00-0-1", "release");
        decide("TEST00-0-2", "refuse");
        api.market.cancel(0, 3, 0);
        assertEquals(List.of(Status.RECEIVED, Status.HELD, Status.ACCEPTED), history(1));
        assertEquals(List.of(Status.RECEIVED, Status.HELD, Status.REJECTED), history(2));
        assertEquals(List.of(Status.RECEIVED, Status.HELD, Status.CANCELLED), history(3));
        final Reply refused = api.as(Role.VIEWER).get("/v1/orders/TEST00-0-2");
        assertEquals("SPDL", refused.text("/symbol"), "what it was is not forgotten");
        assertEquals("AUTHORISATION_REFUSED", refused.text("/reason"));
        assertEquals(
                1,
                api.as(Role.VIEWER)
                        .get("/v1/requests?status=cancelled&session=TEST00")
                        .json()
                        .at("/items")
                        .size());
    }

    @Test
    void shouldSayThatARequestWaitsBehindTheRate() {
        final String path = "/v1/rates/session/TEST00";
        final Reply rate =
                api.as(Role.RISK)
                        .seen(path)
                        .send("PUT", path, "{\"mode\":\"queue\",\"perSecond\":1,\"burst\":1}");
        assertEquals(201, rate.status(), rate.body());
        api.market.enter(0, 'B', "SPDL", 10, 10_0000);
        api.market.enter(0, 'B', "SPDL", 10, 10_0000);
        assertEquals(List.of(Status.RECEIVED, Status.QUEUED), history(2));
        assertEquals(0, api.as(Role.VIEWER).get("/v1/authorisations").json().at("/items").size());
    }

    @Test
    void shouldStillKnowWhatWaitsAfterARestartFromASnapshot() throws IOException {
        hold();
        api.market.enter(0, 'B', "SPDL", 100, 10_0000);
        final View restarted = new View(EngineConfig.small(), View.Limits.standard());
        api.market.view.copyTo(restarted);
        restarted.adoptOpenOrders();
        assertEquals(
                Status.HELD,
                restarted.read(now -> now.requests().list(one -> true).getFirst().last().status()));
    }

    /** Only the page that is read is worth a look at each of its orders. */
    @Test
    void shouldSayOfALaterPageWhatMayBeAskedNow() {
        api.market.enter(0, 'B', "SPDL", 10, 9_0000);
        api.market.enter(0, 'B', "SPDL", 10, 9_0000);
        final String path = "/v1/requests?pageSize=1";
        final Reply first = api.as(Role.VIEWER).get(path);
        assertEquals("true", first.text("/items/0/cancelAllowed"), first.body());
        api.market.cancel(0, 1, 0);
        final Reply second =
                api.as(Role.VIEWER).get(path + "&pageToken=" + first.text("/nextPageToken"));
        assertEquals("TEST00-0-1", second.text("/items/0/id"), second.body());
        assertEquals(first.text("/sequence"), second.text("/sequence"));
        assertEquals("false", second.text("/items/0/cancelAllowed"));
        assertEquals("false", second.text("/items/0/amendAllowed"));
        final String then = first.text("/sequence");
        final Reply past = api.as(Role.VIEWER).get(path + "&asAt=" + then);
        final Reply older =
                api.as(Role.VIEWER).get(path + "&pageToken=" + past.text("/nextPageToken"));
        assertEquals("true", older.text("/items/0/cancelAllowed"), older.body());
    }

    @Test
    void shouldHideOthersRequests() {
        api.market.enter(0, 'B', "SPDL", 10, 10_0000);
        assertEquals(404, api.as("foe").get("/v1/requests/TEST00-0-1").status());
        assertEquals(0, api.as("foe").get("/v1/requests").json().at("/items").size());
    }
}
