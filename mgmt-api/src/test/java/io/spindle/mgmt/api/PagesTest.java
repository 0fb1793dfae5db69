package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class PagesTest {
    private static final String PATH = "/v1/accounts";
    private static final String PAGE = PATH + "?pageSize=1";

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call viewer = api.as(Role.VIEWER);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldCutEveryListIntoPagesOfOneState() {
        api.market.enter(1, 'S', "SPDL", 10, 10_0000);
        api.market.enter(0, 'B', "SPDL", 5, 10_0000);
        api.market.enter(2, 'B', "SPDL", 5, 10_0000);
        for (final String list :
                List.of(
                        "accounts",
                        "balances",
                        "holdings",
                        "orders",
                        "requests",
                        "sessions",
                        "trades")) {
            final JsonNode whole = viewer.get("/v1/" + list).json();
            assertTrue(whole.path("items").size() > 1, list);
            assertEquals("", whole.path("nextPageToken").asText("none"), list);
            assertEquals(whole.path("items"), walk(list, whole), list);
        }
        assertEquals(200, viewer.get("/v1/algorithms?pageSize=1").status());
    }

    /** The items of pages of one, while the market goes on. */
    private ArrayNode walk(final String list, final JsonNode whole) {
        final ArrayNode items = Json.MAPPER.createArrayNode();
        String token = "";
        do {
            final Reply page = viewer.get("/v1/" + list + "?pageSize=1&pageToken=" + token);
            assertEquals(200, page.status(), page.body());
            assertEquals(whole.path("sequence"), page.json().path("sequence"), list);
            assertEquals(
                    whole.path("sequence").asText(),
                    page.response().headers().firstValue("Sequence").orElse("none"));
            page.json().path("items").forEach(item -> items.add(item));
            token = page.text("/nextPageToken");
            api.market.enter(0, 'B', "SPDL", 1, 9_0000);
        } while (!token.isEmpty());
        return items;
    }

    private static int next(final Call caller, final String token) {
        return caller.get(PAGE + "&pageToken=" + token).status();
    }

    @Test
    void shouldLetACallerPushOutTheirOwnListsOnly() {
        final Call operator = api.as(Role.OPERATOR);
        final String theirs = operator.get(PAGE).text("/nextPageToken");
        final String first = viewer.get(PAGE).text("/nextPageToken");
        for (int i = 1; i < Pages.MOST_OF_CALLER; i++) {
            viewer.get(PAGE);
        }
        assertEquals(200, next(viewer, first));
        for (int i = 0; i < 100; i++) {
            viewer.get(PAGE);
        }
        assertEquals(410, next(viewer, first));
        assertEquals(200, next(operator, theirs));
        assertEquals(410, next(viewer, theirs), "not theirs");
    }

    @Test
    void shouldKeepAListWhileItIsRead() {
        final String token = viewer.get(PAGE).text("/nextPageToken");
        for (int i = 0; i < 2 * Pages.MOST_OF_CALLER; i++) {
            viewer.get(PAGE);
            assertEquals(200, next(viewer, token), "page " + i);
        }
    }

    private static void keep(
            final Pages pages, final String name, final String caller, final int items) {
        final List<Integer> all = Collections.nCopies(items, 1);
        pages.keep(new Pages.Place(name, new Pages.Listing(caller, PATH, 1, all, 0), 0));
    }

    private static boolean isKept(final Pages pages, final String name, final String caller) {
        try {
            return pages.find(name + ".1", caller, PATH) != null;
        } catch (final ApiProblem gone) {
            assertEquals(ProblemCode.GONE, gone.kind());
            return false;
        }
    }

    @Test
    void shouldForgetWhatNobodyReads() {
        final AtomicLong nowNs = new AtomicLong();
        final Pages pages = new Pages(nowNs::get, 100);
        keep(pages, "a", "VIEWER", 10);
        keep(pages, "b", "VIEWER", 10);
        nowNs.addAndGet(TimeUnit.MINUTES.toNanos(Pages.MAX_AGE_MINUTES));
        assertTrue(isKept(pages, "a", "VIEWER"));
        nowNs.addAndGet(1);
        assertTrue(isKept(pages, "a", "VIEWER"));
        assertFalse(isKept(pages, "b", "VIEWER"));
    }

    @Test
    void shouldKeepNoMoreItemsThanThereIsRoomFor() {
        final Pages pages = new Pages(System::nanoTime, 100);
        keep(pages, "theirs", "OPERATOR", 30);
        keep(pages, "a", "VIEWER", 40);
        keep(pages, "b", "VIEWER", 30);
        assertTrue(isKept(pages, "a", "VIEWER"));
        keep(pages, "c", "VIEWER", 30);
        assertFalse(isKept(pages, "b", "VIEWER"), "read least of the greatest caller's");
        assertTrue(isKept(pages, "a", "VIEWER"));
        assertTrue(isKept(pages, "c", "VIEWER"));
        assertTrue(isKept(pages, "theirs", "OPERATOR"));
        keep(pages, "long", "VIEWER", 1_000);
        assertTrue(isKept(pages, "long", "VIEWER"));
        assertFalse(isKept(pages, "theirs", "OPERATOR"));
    }

    @Test
    void shouldTakeNoTokenThatItDidNotGive() {
        final String token = viewer.get(PAGE).text("/nextPageToken");
        final String name = token.substring(0, token.indexOf('.'));
        for (final String wrong :
                List.of(name, name + ".0", name + ".3", name + ".-1", name + ".x", ".1")) {
            assertEquals(410, next(viewer, wrong), wrong);
        }
    }
}
