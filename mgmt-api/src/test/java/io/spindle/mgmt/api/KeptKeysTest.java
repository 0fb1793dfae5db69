package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is remembered of calls with a key, whose gives way, and what was too long or never came. */
@Timeout(60)
class KeptKeysTest {
    private static final Instant NOW = Instant.parse("2030-01-02T12:00:00Z");
    private static final long MAX_BYTES = 20_000;
    private static final String UPDATE =
            "{\"position\":%d,\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"1\"}";

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("retries.jsonl");
    }

    private Retries retries() throws IOException {
        return new Retries(new RetryFile(file()), () -> NOW, MAX_BYTES);
    }

    private static void keep(final Retries retries, final String caller, final UUID request) {
        final Attempt attempt = retries.begin(caller, request, "body");
        retries.answered(attempt.answered(KeptAnswer.of(201, "done", null)), true);
        retries.end(attempt);
    }

    private static KeptAnswer answer(
            final Retries retries, final String caller, final UUID request) {
        return retries.answer(caller, request, "body").orElse(null);
    }

    @Test
    void shouldForgetAtOnceWhatDidNothing() throws IOException {
        final Retries retries = retries();
        final UUID ticket = UUID.randomUUID();
        keep(retries, "OPERATOR", ticket);
        final UUID refused = UUID.randomUUID();
        retries.end(retries.begin("OPERATOR", refused, "body"));
        retries.end(retries.begin("OPERATOR", refused, "another"));
        for (int i = 0; i < 1_000; i++) {
            retries.end(retries.begin("OPERATOR", UUID.randomUUID(), "body"));
        }
        assertEquals(201, answer(retries, "OPERATOR", ticket).status());
    }

    @Test
    void shouldPushOutTheOldestOfWhoeverHasTheMost() throws IOException {
        final Retries retries = retries();
        final UUID ticket = UUID.randomUUID();
        keep(retries, "OPERATOR", ticket);
        final UUID first = UUID.randomUUID();
        keep(retries, "VIEWER", first);
        assertEquals(201, answer(retries, "VIEWER", first).status());
        for (int i = 0; i < 1_000; i++) {
            keep(retries, "VIEWER", UUID.randomUUID());
        }
        assertNull(answer(retries, "VIEWER", first));
        assertEquals(201, answer(retries, "OPERATOR", ticket).status());
        assertEquals(201, answer(retries(), "OPERATOR", ticket).status(), "after a restart");
    }

    @Test
    void shouldLetAnswersGiveWayInTheFileBeforeTickets() throws IOException {
        final int maxBytes = 40_000;
        final Retries retries =
                new Retries(new RetryFile(file(), maxBytes), () -> NOW, 100 * maxBytes);
        final UUID ticket = UUID.randomUUID();
        final Attempt entered = retries.begin("OPERATOR", ticket, "body");
        final OrderId order = OrderId.parse("TEST00-255-1").orElseThrow();
        retries.sending(entered.sending(new TicketDesk.Sent(order, "T1")));
        retries.end(entered);
        final UUID[] feeds = new UUID[30];
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = UUID.randomUUID();
            final Attempt feed = retries.begin("OPERATOR", feeds[i], "body");
            retries.answered(
                    feed.answered(KeptAnswer.of(200, "x".repeat(maxBytes / 20), null)), true);
            retries.end(feed);
        }
        final Retries next =
                new Retries(new RetryFile(file(), maxBytes), () -> NOW, 100 * maxBytes);
        assertTrue(Files.size(file()) < maxBytes);
        assertEquals(1, next.begin("OPERATOR", ticket, "body").sent().size());
        assertNull(answer(next, "OPERATOR", feeds[0]).body());
        assertEquals(200, answer(next, "OPERATOR", feeds[0]).status());
        final String newest = answer(next, "OPERATOR", feeds[feeds.length - 1]).body();
        assertEquals(maxBytes / 20 + 2, newest.length());
    }

    @Test
    void shouldSayThatALongAnswerIsNotKept() {
        try (ApiOnMarket api = new ApiOnMarket()) {
            final Call keyed = api.as(Role.OPERATOR).with("Idempotency-Key", "batch");
            final String path = "/v1/feeds/BANK1/updates";
            final String body =
                    IntStream.rangeClosed(1, 300)
                            .mapToObj(UPDATE::formatted)
                            .collect(Collectors.joining(",", "{\"updates\":[", "]}"));
            final Reply first = keyed.post(path, body);
            assertEquals(200, first.status(), first.body());
            final long done = api.market.log.lastSequence();
            final Reply again = keyed.post(path, body);
            assertEquals(409, again.status(), again.body());
            assertEquals("CONFLICT", again.text("/code"));
            assertTrue(again.text("/detail").contains("answered 200"), again.body());
            assertEquals(done, api.market.log.lastSequence());
        }
    }

    /** The command is in the log, and the loop's answer is lost. */
    private static ControlPort deaf(final Market market) {
        return new ControlPort() {
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
    }

    @Test
    void shouldSayThatNobodyKnowsWhatBecameOfIt() {
        final Market market = new Market();
        market.secondPerson = true;
        try (ApiOnMarket api = new ApiOnMarket(market, market.context(deaf(market)))) {
            final String asked =
                    api.as(Role.OPERATOR)
                            .post(
                                    "/v1/balances",
                                    "{\"account\":\"TEST00\",\"currency\":\"USD\","
                                            + "\"amount\":\"5\",\"reason\":\"gift\"}")
                            .text("/id");
            final Call judge = api.as(Role.ADMIN).with("Idempotency-Key", "yes");
            final String path = "/v1/proposals/" + asked;
            final String approval = "{\"decision\":\"approve\",\"reason\":\"looked at it\"}";
            assertEquals(504, judge.post(path, approval).status());
            final long done = market.log.lastSequence();
            final Reply again = judge.post(path, approval);
            assertEquals("NO_ANSWER", again.text("/code"), again.body());
            assertTrue(again.text("/detail").startsWith("nobody knows"), again.body());
            assertEquals(done, market.log.lastSequence());
        }
    }

    /** Its engine would answer another body with what became of the first. */
    @Test
    void shouldTakeNoOtherBodyUnderTheKeyOfWhatMayHaveBeenDone() {
        final Market market = new Market();
        try (ApiOnMarket api = new ApiOnMarket(market, market.context(deaf(market)))) {
            final Call keyed = api.as(Role.OPERATOR).with("Idempotency-Key", "owner");
            assertEquals(504, keyed.post("/v1/owners", "{\"firm\":\"NEW\"}").status());
            final Reply other = keyed.post("/v1/owners", "{\"firm\":\"OLD\"}");
            assertEquals("KEY_REUSED", other.text("/code"), other.body());
        }
    }
}
