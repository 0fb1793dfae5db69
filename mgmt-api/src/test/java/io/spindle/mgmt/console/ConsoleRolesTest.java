package io.spindle.mgmt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.Call;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Nobody is offered at the console what their key may not do. */
@Tag("campaign")
@Timeout(600)
class ConsoleRolesTest extends ConsoleFixture {
    /** What changes the page and nothing else. */
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "Skip to content|Market|Orders( \\d+)?|Authorise( \\d+)?|Controls|Start of day"
                            + "|System|help-open|leave|as-at|symbol|order-filter|timeline-order"
                            + "|Show|.+ timeline|stage|hlog");

    /** The views, each with something that shows that it is there. */
    private static final List<List<String>> VIEWS =
            List.of(
                    List.of("book", "9.9900"),
                    List.of("orders", "TEST00-0-1"),
                    List.of("queue", "600"),
                    List.of("instruments", "SPDL"),
                    List.of("gate", "open"),
                    List.of("checks", "order port"));

    @Test
    void shouldOfferEachRoleWhatItMayDoAndNothingElse() throws IOException {
        final Map<String, String> controls = new TreeMap<>();
        controls.put("place", "POST /v1/tickets");
        controls.put("Cancel TEST00-0-1", "DELETE /v1/orders/{id}");
        controls.put("kill-preview", "POST /v1/kill-switch");
        controls.put("Halt SPDL", "POST /v1/instruments/{symbol}/state");
        controls.put("Resume BTC", "POST /v1/instruments/{symbol}/state");
        controls.put("day-open-reason", "POST /v1/start-of-day");
        controls.put("day-files", "POST /v1/start-of-day/files");
        controls.put("day-reason", "POST /v1/start-of-day/sign-off");
        controls.put("Release TEST00-0-" + hold(), "POST /v1/authorisations/{id}");
        controls.put(
                "Approve POST /v1/instruments/BTC/state", "POST /v1/instruments/{symbol}/state");
        propose();
        for (final Role role : Role.readers()) {
            final Set<String> may = new TreeSet<>(controls.keySet());
            final String rights = api.as(role).get("/v1/caller").body();
            may.removeIf(control -> !rights.contains('"' + controls.get(control) + '"'));
            final List<String> offered = offered(role);
            final Set<String> known = new TreeSet<>(controls.keySet());
            known.retainAll(offered);
            assertEquals(may, known, role + " is offered " + offered);
            assertTrue(!may.isEmpty() || offered.isEmpty(), role + " is offered " + offered);
        }
    }

    /** Who may look at figures only is shown the view that has them. */
    @Test
    void shouldShowFiguresAloneToWhoMaySeeNothingElse() {
        login(Role.PERFORMANCE);
        browser.see("checks", "order port");
        browser.see("counters", "24");
        for (final String key : List.of("1", "2", "3", "4", "5", "k", "b", "/", "n")) {
            browser.press(key);
        }
        browser.see("checks", "order port");
        browser.see("latency-about", "No event reached this page yet");
        assertEquals(
                List.of("Skip to content", "help-open", "leave", "System", "stage", "hlog"),
                browser.controls());
        assertEquals("", browser.script("return document.getElementById('notice').textContent"));
        assertEquals(
                "",
                browser.script(
                        "return performance.getEntriesByType('resource')"
                                + ".filter(one => one.responseStatus === 403)"
                                + ".map(one => one.name).join()"),
                "refused calls are counted");
    }

    /** An order that waits for an authoriser; returns its number. */
    private int hold() throws IOException {
        market.desk.ask(
                RiskCommands.setRule(
                        UUID.randomUUID(),
                        new RiskCommands.Rule(
                                1, 'A', "", "SPDL", 500, 0, TimeUnit.HOURS.toNanos(1))));
        return market.enter(0, 'B', "SPDL", 600, 9_8000);
    }

    /** A halt whose end waits for a second person. */
    private void propose() {
        market.secondPerson = true;
        final Call risk = api.as(Role.RISK);
        final String state = "{\"state\":\"%s\",\"reason\":\"rumour\"}";
        final String path = "/v1/instruments/BTC/state";
        assertEquals(201, risk.post(path, state.formatted("halted")).status());
        assertEquals(202, risk.post(path, state.formatted("trading")).status());
    }

    /** What the console shows, in all of its views, beyond what is harmless. */
    private List<String> offered(final Role role) {
        login(role);
        final List<String> offered = new ArrayList<>();
        for (int view = 0; view < VIEWS.size(); view++) {
            browser.press(Integer.toString(view + 1));
            browser.see(VIEWS.get(view).getFirst(), VIEWS.get(view).getLast());
            browser.controls().stream()
                    .filter(control -> !HARMLESS.matcher(control).matches())
                    .forEach(offered::add);
        }
        browser.press("k");
        browser.press("b");
        browser.controls().stream()
                .filter(control -> !HARMLESS.matcher(control).matches())
                .forEach(offered::add);
        return offered;
    }
}
