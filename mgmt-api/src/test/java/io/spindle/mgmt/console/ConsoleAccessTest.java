package io.spindle.mgmt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.Browser;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The console for who sees little, and for who has no mouse. */
@Tag("campaign")
@Timeout(600)
class ConsoleAccessTest extends ConsoleFixture {
    /** WCAG 2.2, success criterion 1.4.3, level AA. */
    private static final double LEAST_CONTRAST = 4.5;

    private static final int VIEWS = 6;

    /** Each text to be seen, behind its contrast; a canvas knows every way to write a colour. */
    private static final String CONTRASTS =
            """
            const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
                .getContext('2d', { willReadFrequently: true });
            const paint = colour => { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); };
            const light = () => {
                const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data]
                    .map(byte => byte / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            };
            const contrast = (one, ink) => {
                const grounds = [];
                for (let at = one; at; at = at.parentElement) {
                    grounds.unshift(getComputedStyle(at).backgroundColor);
                }
                grounds.forEach(paint);
                const ground = light();
                paint(ink);
                const text = light();
                return (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
            };
            const found = [];
            const look = (one, ink, text) => found.push(
                `${contrast(one, ink).toFixed(2)} ${one.tagName} ${one.id} ${text.trim()}`);
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const { data, parentElement: one } = walker.currentNode;
                if (data.trim() && one.checkVisibility()
                        && !one.closest(':disabled, .hidden, option')) {
                    const style = getComputedStyle(one);
                    look(one, one instanceof SVGElement ? style.fill : style.color, data);
                }
            }
            for (const one of document.querySelectorAll('input, select')) {
                if (one.checkVisibility() && !one.disabled && !one.matches('.segmented input')) {
                    look(one, getComputedStyle(one).color, 'value');
                    if (one.placeholder) {
                        look(one, getComputedStyle(one, '::placeholder').color, one.placeholder);
                    }
                }
            }
            return found;
            """;

    private static void assertLegible(final String where) {
        final List<String> texts = Browser.texts(browser.script(CONTRASTS));
        assertTrue(texts.size() > 5, where + ": " + texts);
        assertEquals(List.of(), texts.stream().filter(ConsoleAccessTest::isFaint).toList(), where);
    }

    private static boolean isFaint(final String text) {
        return Double.parseDouble(text.substring(0, text.indexOf(' '))) < LEAST_CONTRAST;
    }

    @Test
    void shouldStandOutFromItsBackgroundInLightAndDark() throws IOException {
        hold();
        for (final String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            browser.open(api.port());
            assertLegible(scheme + ", logged out");
            login(Role.ADMIN);
            for (int view = 1; view <= VIEWS; view++) {
                show(view);
                assertLegible(scheme + ", view " + view);
            }
            browser.press("k");
            browser.choose("kill-scope", "system");
            browser.click("kill-preview");
            browser.see("blast", "open orders");
            if (scheme.equals("light")) {
                browser.clickLabelled("Halt SPDL");
            }
            browser.clickLabelled("Resume SPDL");
            browser.see("notice", "/reason");
            assertLegible(scheme + ", before a kill");
            browser.press("2");
            browser.clickLabelled("TEST00-0-1 timeline");
            browser.see("timeline", "accepted");
            browser.press("?");
            browser.see("help", "kill switch");
            assertLegible(scheme + ", help");
        }
    }

    /** An order that waits, so that there is something to decide. */
    private void hold() throws IOException {
        market.desk.ask(
                RiskCommands.setRule(
                        UUID.randomUUID(),
                        new RiskCommands.Rule(
                                1, 'A', "", "SPDL", 500, 0, TimeUnit.HOURS.toNanos(1))));
        market.enter(0, 'B', "SPDL", 600, 9_8000);
    }

    private static void show(final int view) {
        final List<String> sign =
                switch (view) {
                    case 1 -> List.of("book", "9.9900");
                    case 2 -> List.of("orders", "TEST00-0-1");
                    case 3 -> List.of("queue", "600");
                    case 4 -> List.of("instruments", "SPDL");
                    case 5 -> List.of("gate", "open");
                    default -> List.of("checks", "order port");
                };
        browser.press(Integer.toString(view));
        browser.see(sign.getFirst(), sign.getLast());
    }

    @Test
    void shouldShowTheFocusOfAllThatCanBeUsedAndNameIt() throws IOException {
        hold();
        login(Role.ADMIN);
        for (int view = 1; view <= VIEWS; view++) {
            show(view);
            assertEquals(List.of(), browser.unnamed(), "view " + view);
            assertEquals(List.of(), browser.unreached(), "view " + view);
        }
    }

    /** From the key to the order in the book: Tab, Enter, and what is typed into fields. */
    @Test
    void shouldPlaceAnOrderWithoutAMouse() {
        browser.open(api.port());
        browser.tabTo("key");
        browser.keys(Role.OPERATOR.name(), Keys.ENTER);
        browser.seeFilled("ticket-session");
        browser.tabTo("ticket-session");
        browser.keys("TEST00");
        browser.tabTo("ticket-quantity");
        browser.keys("250");
        browser.tabTo("ticket-price");
        browser.keys("10.0000");
        browser.tabTo("place");
        browser.keys(Keys.ENTER);
        browser.see("ticket-result", "accepted");
        browser.see("book", "10.0000");
    }
}
