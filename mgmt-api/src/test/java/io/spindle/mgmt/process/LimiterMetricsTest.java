package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.RoutingCommands;
import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.control.TermsCommands;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** What Prometheus is told of the limiters of sessions, accounts and venues. */
class LimiterMetricsTest {
    @TempDir private Path folder;

    private final Market market = new Market();
    private Metrics metrics;

    @BeforeEach
    void start() {
        metrics =
                new Metrics(
                        new LoopWatch(
                                folder.resolve("counters"),
                                folder.resolve("pid"),
                                System::nanoTime),
                        market.view);
    }

    private void limit(final String session, final char mode, final int perSecond, final int burst)
            throws IOException {
        limit(new Scope(Scope.Kind.SESSION, session), mode, perSecond, burst);
    }

    private void limit(final Scope scope, final char mode, final int perSecond, final int burst)
            throws IOException {
        assertTrue(
                market.desk
                        .ask(
                                TermsCommands.setRate(
                                        UUID.randomUUID(), scope, mode, perSecond, burst))
                        .orElseThrow()
                        .isDone());
    }

    private void enterThree(final int session) {
        for (int i = 0; i < 3; i++) {
            market.enter(session, 'B', "SPDL", 1, 10_0000);
        }
    }

    private void assertTold(
            final String firm,
            final String session,
            final String tokens,
            final String queued,
            final String breaches) {
        final String text = metrics.scrape();
        final String labels = "{firm=\"" + firm + "\",session=\"" + session + "\"} ";
        assertTrue(text.contains("\nspindle_limiter_tokens" + labels + tokens + "\n"), text);
        assertTrue(text.contains("\nspindle_limiter_queued" + labels + queued + "\n"), text);
        assertTrue(
                text.contains("\nspindle_limiter_breaches_total" + labels + breaches + "\n"), text);
    }

    @Test
    void shouldTellTokensQueueAndBreachesOfEverySessionWithALimit() throws IOException {
        assertFalse(metrics.scrape().contains("spindle_limiter"));
        limit("TEST00", 'R', 1, 2);
        limit("FOES00", 'Q', 1, 1);
        assertTold("TEST", "TEST00", "2.0", "0.0", "0.0");
        enterThree(0);
        enterThree(2);
        assertTold("TEST", "TEST00", "0.0", "0.0", "1.0");
        assertTold("FOES", "FOES00", "0.0", "2.0", "2.0");
        assertFalse(metrics.scrape().contains("TEST01"), "it has no limit");
        assertEquals(
                6,
                metrics.scrape()
                        .lines()
                        .filter(line -> line.startsWith("spindle_limiter_"))
                        .count());
    }

    @Test
    void shouldTellOfAccountsTogetherAndNameNone() throws IOException {
        assertContains("spindle_account_limiters 0.0", "spindle_account_limiters_empty 0.0");
        limit(new Scope(Scope.Kind.ACCOUNT, "TEST00"), 'R', 1, 2);
        limit(new Scope(Scope.Kind.ACCOUNT, "FOES00"), 'R', 1, 1);
        enterThree(0);
        enterThree(1);
        assertContains(
                "spindle_account_limiters 2.0",
                "spindle_account_limiters_empty 1.0",
                "spindle_account_limiter_breaches_total 1.0");
        limit(new Scope(Scope.Kind.ACCOUNT, "TEST00"), 'R', 0, 0);
        assertContains(
                "spindle_account_limiters 1.0",
                "spindle_account_limiters_empty 0.0",
                "spindle_account_limiter_breaches_total 1.0");
        assertFalse(metrics.scrape().contains("TEST00"));
    }

    @Test
    void shouldTellTheTokensOfEveryVenueWithALimit() {
        market.log.post(RoutingCommands.defineVenue(UUID.randomUUID(), "XALT", 5, 7, 0, true));
        market.log.post(RoutingCommands.defineVenue(UUID.randomUUID(), "XFRE", 0, 0, 0, true));
        assertContains("spindle_venue_limiter_tokens{venue=\"XALT\"} 7.0");
        assertFalse(metrics.scrape().contains("XFRE"));
        market.log.post(RoutingCommands.defineVenue(UUID.randomUUID(), "XALT", 0, 0, 0, true));
        assertContains("spindle_venue_limiter_tokens{venue=\"XALT\"} NaN");
    }

    private void assertContains(final String... lines) {
        final String text = metrics.scrape();
        for (final String line : lines) {
            assertTrue(text.contains("\n" + line + "\n"), line + " in " + text);
        }
    }

    @Test
    void shouldKeepTheBreachesOfASessionWhoseLimitIsTakenAway() throws IOException {
        limit("TEST00", 'R', 1, 2);
        enterThree(0);
        metrics.scrape();
        limit("TEST00", 'R', 0, 0);
        enterThree(0);
        assertTold("TEST", "TEST00", "NaN", "0.0", "1.0");
        limit("TEST00", 'R', 1, 3);
        assertTold("TEST", "TEST00", "3.0", "0.0", "1.0");
    }
}
