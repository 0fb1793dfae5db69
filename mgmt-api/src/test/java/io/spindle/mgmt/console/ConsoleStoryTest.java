package io.spindle.mgmt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.security.Role;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What people do at the console, in a real browser, each with the role that it takes: the four
 * flows of R-181 (an order, its match, its change, its confirmation), the morning, authorisation,
 * and the kill switch.
 */
@Tag("campaign")
@Timeout(300)
class ConsoleStoryTest extends ConsoleFixture {
    @TempDir private Path folder;

    /** Flow 1: a broker enters an order at the ticket and sees it in the book. */
    @Test
    void shouldPlaceAnOrderFromTheTicket() {
        login(Role.OPERATOR);
        browser.press("b");
        browser.see("ticket-top", "bid");
        browser.type("ticket-session", "TEST00");
        browser.type("ticket-quantity", "250");
        browser.type("ticket-price", "10.0000");
        browser.click("place");
        browser.see("ticket-result", "accepted");
        browser.see("book", "10.0000");
        browser.picture("flow-1-order-ticket");
    }

    /** Flow 2: somebody takes it; both see the trade at once. */
    @Test
    void shouldShowAMatchAsItHappens() {
        login(Role.VIEWER);
        browser.see("book", "9.9900");
        api.market.enter(2, 'S', "SPDL", 40, 9_9900);
        browser.see("trades", "9.9900");
        browser.see("trades", "FOES00-0-13");
        browser.picture("flow-2-match");
    }

    /**
     * Flow 3: the order is reduced, which its timeline tells, then cancelled from the list, which
     * shows what was asked for.
     */
    @Test
    void shouldCancelAnOrderFromTheList() {
        login(Role.OPERATOR);
        final int mine = api.market.enter(0, 'B', "SPDL", 77, 9_5000);
        browser.press("2");
        browser.type("order-filter", "TEST00-0-" + mine);
        browser.see("orders", "77");
        api.market.cancel(0, mine, 43);
        browser.clickLabelled("TEST00-0-" + mine + " timeline");
        browser.see("timeline", "43 of 77 left at 9.5000");
        browser.picture("flow-3-change");
        browser.clickLabelled("Cancel TEST00-0-" + mine);
        browser.seeNot("orders", "TEST00-0-" + mine);
    }

    /** Flow 4: what became of an order, step by step, and the position that it made. */
    @Test
    void shouldTellAnOrdersHistoryAndConfirmItsTrade() {
        login(Role.VIEWER);
        api.market.enter(2, 'S', "SPDL", 60, 9_9900);
        browser.press("2");
        browser.clickLabelled("TEST00-0-1 timeline");
        browser.see("timeline", "accepted");
        browser.see("timeline", "traded 60 at 9.9900 with FOES00-0-13");
        browser.see("holdings", "60");
        browser.picture("flow-4-confirmation");
    }

    @Test
    void shouldDriveAMorning() throws IOException {
        login(Role.OPERATOR);
        final Path good = folder.resolve("cash.csv");
        Files.writeString(
                good,
                """
                HEADER,cash,BANK1,2026-11-21
                account,currency,balance
                TEST00,USD,1500000.00
                NOBODY,USD,10.00
                TRAILER,2,USD=1500010.00
                """);
        final Path bad = folder.resolve("bad.csv");
        Files.writeString(bad, Files.readString(good).replace("1500000.00", "lots"));
        browser.press("5");
        browser.see("gate", "open");
        browser.type("day-date", "11212026");
        browser.type("day-expected", "cash.BANK1");
        browser.type("day-open-reason", "the morning");
        browser.clickLabelled("Close the market and begin");
        browser.see("gate", "closed");
        browser.see("files", "missing");
        browser.picture("day-1-closed");
        browser.give("day-files", bad);
        browser.clickLabelled("Load files");
        browser.see("day-result", "bad.csv:3:balance");
        browser.picture("day-2-fault");
        browser.clear("day-files");
        browser.give("day-files", good);
        browser.clickLabelled("Load files");
        browser.see("load-report", "nothing changed");
        browser.click("day-validate");
        browser.clickLabelled("Load files");
        browser.see("load-report", "1 loaded");
        browser.see("load-report", "unknown account");
        signOff();
    }

    /** Who loads does not sign off. */
    private void signOff() {
        login(Role.RISK);
        browser.press("5");
        browser.see("gate", "closed");
        browser.type("day-reason", "checked with the bank");
        browser.clickLabelled("Sign off and open the market");
        browser.see("day-result", "quarantined");
        browser.click("day-accept");
        browser.clickLabelled("Sign off and open the market");
        browser.see("gate", "open");
        browser.picture("day-3-signed");
    }

    @Test
    void shouldShowWhenTheMarketOpensByItself() throws IOException, InterruptedException {
        login(Role.VIEWER);
        browser.press("5");
        browser.see("h-calendars", "Calendars");
        final String calendar =
                """
                {"zone":"UTC","phases":[{"at":"00:00","state":"cancel_only"}],
                 "weekdays":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],
                 "specialDays":[{"date":"%s","name":"Founders' Day"}]}
                """
                        .formatted(LocalDate.now(ZoneOffset.UTC).plusDays(1));
        assertEquals(
                200,
                api.as(Role.ADMIN)
                        .with("If-None-Match", "*")
                        .put("/v1/calendars/week", calendar)
                        .status());
        context.office().calendarClock().look(Instant.now());
        browser.see("calendars", "cancel only");
        browser.see("calendar-days", "00:00 cancel only");
        browser.see("calendar-days", "no trading");
        browser.see("calendar-days", "Founders' Day");
        browser.picture("day-4-calendars");
    }

    @Test
    void shouldReleaseAndRefuseHeldOrders() throws IOException {
        login(Role.AUTHORISER);
        api.market.desk.ask(
                RiskCommands.setRule(
                        UUID.randomUUID(),
                        new RiskCommands.Rule(
                                1, 'A', "", "SPDL", 500, 0, TimeUnit.SECONDS.toNanos(90))));
        final int first = api.market.enter(0, 'B', "SPDL", 600, 9_8000);
        final int second = api.market.enter(0, 'B', "SPDL", 700, 9_8000);
        browser.see("count-queue", "2");
        browser.press("3");
        browser.see("queue", "600");
        browser.see("queue", "1:");
        browser.picture("authorise");
        browser.type("queue-reason", "client called");
        browser.clickLabelled("Release TEST00-0-" + first);
        browser.seeNot("queue", "600");
        browser.clickLabelled("Refuse TEST00-0-" + second);
        browser.seeNot("queue", "700");
        assertEquals(
                "rejected",
                api.as(Role.ADMIN).get("/v1/orders/TEST00-0-" + second).text("/status"));
    }

    @Test
    void shouldKillOnlyWhatWasPreviewed() {
        login(Role.RISK);
        api.market.login(0);
        browser.press("k");
        browser.choose("kill-scope", "firm");
        browser.type("kill-name", "TEST");
        browser.type("kill-reason", "runaway algorithm");
        browser.seeDisabled("kill-go");
        browser.click("kill-preview");
        browser.see("blast", "12 open orders, 2 sessions, of them 1 logged in, 0 algorithms");
        browser.picture("kill-1-preview");
        browser.choose("kill-scope", "session");
        browser.seeDisabled("kill-go");
        browser.choose("kill-scope", "firm");
        browser.click("kill-preview");
        browser.click("kill-go");
        browser.see("kill-result", "in effect since sequence");
        api.market.finishSlices();
        final String active = "/v1/orders?onlyActive=true&firm=";
        assertEquals(0, api.as(Role.ADMIN).get(active + "TEST").json().at("/items").size());
        assertEquals(12, api.as(Role.ADMIN).get(active + "FOES").json().at("/items").size());
        browser.press("2");
        browser.see("orders", "FOES00");
        browser.seeNot("orders", "TEST0");
        browser.picture("kill-2-done");
    }

    /**
     * Whoever halts, without a word, may not let it go on alone: another one approves it at his own
     * console.
     */
    @Test
    void shouldHaltAndLetASecondPersonLiftIt() {
        login(Role.RISK);
        api.market.secondPerson = true;
        browser.press("4");
        browser.see("instruments", "trading");
        browser.clickLabelled("Halt SPDL");
        browser.see("instruments", "halted");
        browser.clickLabelled("Resume SPDL");
        browser.see("notice", "/reason");
        browser.type("state-reason", "rumour");
        browser.clickLabelled("Resume SPDL");
        browser.see("notice", "second person");
        browser.press("3");
        browser.see("proposals", "rumour");
        browser.picture("second-person-1-asked");
        browser.clickLabelled("Approve POST /v1/instruments/SPDL/state");
        browser.see("notice", "a second person has to approve it");
        login(Role.OPERATOR);
        browser.press("3");
        browser.see("proposals", "rumour");
        browser.clickLabelled("Approve POST /v1/instruments/SPDL/state");
        browser.seeNot("proposals", "rumour");
        browser.press("4");
        browser.seeNot("instruments", "halted");
        browser.picture("second-person-2-approved");
    }

    @Test
    void shouldTravelToAnEarlierMomentAndBack() {
        login(Role.VIEWER);
        browser.see("book", "9.9900");
        browser.slide("as-at", 20);
        browser.see("as-at-text", "20");
        browser.seeNot("book", "10.1200");
        browser.picture("as-at");
        browser.slide("as-at", 1);
        browser.see("book-empty", "not defined yet");
        browser.press("n");
        browser.see("book", "10.1200");
    }

    @Test
    void shouldBeReadableInLightAndDarkAndByEverybody() {
        login(Role.ADMIN);
        for (final String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (int view = 1; view <= 6; view++) {
                browser.press(Integer.toString(view));
                browser.see("fact-sequence", Long.toString(api.market.log.lastSequence()));
                browser.see("count-orders", "24");
                browser.picture("view-" + view + "-" + scheme);
            }
        }
        browser.size(420, 900);
        for (int view = 1; view <= 6; view++) {
            browser.press(Integer.toString(view));
            browser.picture("view-" + view + "-narrow");
            assertFalse(browser.overflows(), "view " + view + " is wider than a narrow window");
        }
        browser.size(1440, 1000);
        browser.press("?");
        browser.see("help", "kill switch");
        assertEquals(List.of(), browser.problems());
    }
}
