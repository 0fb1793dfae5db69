package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.control.Ticket;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a repeat under one {@code Idempotency-Key} does: nothing, over restarts too. */
@Timeout(60)
class RetriesTest {
    private static final String BALANCES = "/v1/balances";
    private static final String CASH =
            "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"5\",\"reason\":\"gift\"}";
    private static final String MORE_CASH = CASH.replace("\"5\"", "\"20\"");
    private static final String BUY =
            "{\"session\":\"TEST00\",\"side\":\"buy\",\"symbol\":\"SPDL\",\"quantity\":\"100\","
                    + "\"price\":\"10.00\"}";

    private final Market market = new Market();
    private final ApiContext context = market.context();

    @TempDir private Path folder;

    private ApiOnMarket start() {
        return new ApiOnMarket(market, context);
    }

    private static Call keyed(final ApiOnMarket api) {
        return api.as(Role.OPERATOR).with("Idempotency-Key", "wire-4711");
    }

    @Test
    void shouldCreditOnceHoweverManyRequestsComeBetween() {
        final String first;
        final String credited;
        try (ApiOnMarket api = start()) {
            first = keyed(api).post(BALANCES, CASH).body();
            credited = balance(api);
            for (int i = 0; i < 1_100; i++) {
                market.holding("TEST00", "SPDL", 1);
            }
            assertRepeats(api, first, credited);
        }
        try (ApiOnMarket after = start()) {
            assertRepeats(after, first, credited);
        }
    }

    private static void assertRepeats(
            final ApiOnMarket api, final String answer, final String balance) {
        final Reply again = keyed(api).post(BALANCES, CASH);
        assertEquals(201, again.status(), again.body());
        assertEquals(answer, again.body());
        assertEquals("KEY_REUSED", keyed(api).post(BALANCES, MORE_CASH).text("/code"));
        assertEquals(balance, balance(api));
    }

    @Test
    void shouldNotTakeItsOwnEffectForSomebodyElsesChange() {
        final boolean[] deaf = {true};
        final ControlPort port =
                new ControlPort() {
                    @Override
                    public Optional<Answer> ask(final AdminCommand command) throws IOException {
                        final Optional<Answer> answer = market.desk.ask(command);
                        return deaf[0] ? Optional.empty() : answer;
                    }

                    @Override
                    public void post(final AdminCommand command) throws IOException {
                        market.desk.post(command);
                    }
                };
        try (ApiOnMarket api = new ApiOnMarket(market, market.context(port))) {
            final String cash =
                    CASH.replace("\"reason\"", "\"expectedBalance\":\"1000000\",\"reason\"");
            assertEquals("NO_ANSWER", keyed(api).post(BALANCES, cash).text("/code"));
            final String credited = balance(api);
            assertEquals("1000005.0000", credited);
            deaf[0] = false;
            final Reply again = keyed(api).post(BALANCES, cash);
            assertEquals(201, again.status(), again.body());
            assertEquals(credited, balance(api));
        }
    }

    @Test
    void shouldAnswerARepeatThoughItsOrderIsGone() {
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        try (ApiOnMarket api = start()) {
            final Call risk = api.as(Role.RISK).with("Idempotency-Key", "wire-4712");
            final Reply first = risk.delete("/v1/orders/TEST00-0-1");
            assertEquals(201, first.status(), first.body());
            market.finishSlices();
            final Reply again = risk.delete("/v1/orders/TEST00-0-1");
            assertEquals(201, again.status(), again.body());
            assertEquals(first.body(), again.body());
        }
    }

    @Test
    void shouldAnswerARepeatThoughWhatItsCallerSawHasChanged() {
        try (ApiOnMarket api = start()) {
            final String transfer = expecting(balance(api));
            final Reply moved = keyed(api).post(BALANCES, transfer);
            assertEquals(201, moved.status(), moved.body());
            assertEquals(moved.body(), keyed(api).post(BALANCES, transfer).body());
            final Call seen =
                    api.as(Role.RISK)
                            .with("Idempotency-Key", "fifty")
                            .seen("/v1/limits?scope=account&name=TEST00");
            final String fifty =
                    "{\"scope\":\"account\",\"name\":\"TEST00\",\"orderQuantity\":\"50\","
                            + "\"reason\":\"asked by desk\"}";
            final Reply changed = seen.put("/v1/limits", fifty);
            final Reply again = seen.put("/v1/limits", fifty);
            assertEquals(201, again.status(), again.body());
            assertEquals(changed.body(), again.body());
            assertEquals(
                    changed.response().headers().firstValue("ETag"),
                    again.response().headers().firstValue("ETag"));
        }
    }

    private static String expecting(final String balance) {
        return CASH.replace("}", ",\"expectedBalance\":\"" + balance + "\"}");
    }

    @Test
    void shouldLookAtTheExpectedBalanceAgainWhenASecondPersonApproves() {
        try (ApiOnMarket api = start()) {
            market.secondPerson = true;
            final Call operator = api.as(Role.OPERATOR);
            final Reply proposed = operator.post(BALANCES, expecting(balance(api)));
            assertEquals(202, proposed.status(), proposed.body());
            market.secondPerson = false;
            assertEquals(201, operator.post(BALANCES, MORE_CASH).status());
            final String before = balance(api);
            final Reply late =
                    api.as(Role.ADMIN)
                            .post(
                                    "/v1/proposals/" + proposed.text("/id"),
                                    "{\"decision\":\"approve\",\"reason\":\"looked at it\"}");
            assertEquals("CONFLICT", late.text("/code"), late.body());
            assertEquals(before, balance(api));
        }
    }

    @Test
    void shouldNotTakeAnotherAmountForTheProposalThatWaits() throws IOException {
        market.secondPerson = true;
        final Reply proposed;
        try (ApiOnMarket api = start()) {
            proposed = keyed(api).post(BALANCES, CASH);
            assertEquals(202, proposed.status(), proposed.body());
            final Reply other = keyed(api).post(BALANCES, MORE_CASH);
            assertEquals(422, other.status(), other.body());
            assertEquals("KEY_REUSED", other.text("/code"));
            final Reply again = keyed(api).post(BALANCES, CASH);
            assertEquals(202, again.status());
            assertEquals(proposed.body(), again.body());
            assertEquals(
                    proposed.response().headers().firstValue("Location"),
                    again.response().headers().firstValue("Location"));
        }
        Files.delete(market.data.resolve("retries.jsonl"));
        try (ApiOnMarket after = start()) {
            assertEquals("KEY_REUSED", keyed(after).post(BALANCES, MORE_CASH).text("/code"));
        }
    }

    @Test
    void shouldEnterATicketOnceOverARestart() {
        final String first;
        try (ApiOnMarket api = start()) {
            first = keyed(api).post("/v1/tickets", BUY).text("/order/id");
        }
        try (ApiOnMarket after = start()) {
            final Reply again = keyed(after).post("/v1/tickets", BUY);
            assertEquals(201, again.status(), again.body());
            assertEquals(first, again.text("/order/id"));
            assertEquals(1, orders(after));
            final Reply other = keyed(after).post("/v1/tickets", BUY.replace("100", "200"));
            assertEquals("KEY_REUSED", other.text("/code"));
        }
    }

    @Test
    void shouldSayThatATicketWillNotBeEnteredWhoseNumberAnotherHas() throws Exception {
        try (ApiOnMarket api = start()) {
            market.log.slow(true);
            assertEquals(504, keyed(api).post("/v1/tickets", BUY).status());
            new TicketDesk(
                            command -> market.log.append(buffer -> copy(command, buffer)),
                            market.view)
                    .place(
                            "TEST00",
                            new Ticket(
                                    0,
                                    'B',
                                    "SPDL",
                                    1,
                                    10_0000,
                                    '0',
                                    'Y',
                                    "OTHER",
                                    Ticket.Options.none()));
            final Reply again = keyed(api).post("/v1/tickets", BUY);
            assertEquals("CONFLICT", again.text("/code"), again.body());
            market.log.slow(false);
            assertEquals(1, orders(api));
        }
    }

    private static int copy(final AdminCommand command, final UnsafeBuffer into) {
        into.putBytes(0, command.buffer(), 0, command.length());
        return command.length();
    }

    @Test
    void shouldKeepAnAnswerForADayAndLeaveOutALineThatWasCutShort() throws IOException {
        final UUID request = UUID.randomUUID();
        final Path file = folder.resolve("retries.jsonl");
        final Instant now = Instant.parse("2030-01-02T12:00:00Z");
        final Retries retries = new Retries(new RetryFile(file), () -> now);
        final Attempt attempt = retries.begin("OPERATOR", request, "body");
        assertNull(attempt.answer());
        final KeptAnswer answer = KeptAnswer.of(201, "done", "TEST").with("ETag", "\"1\"");
        retries.answered(attempt.answered(answer), true);
        retries.end(attempt);
        Files.writeString(file, "{\"request\":\"", StandardOpenOption.APPEND);
        final Instant soon = now.plus(Duration.ofHours(23));
        final Retries next = new Retries(new RetryFile(file), () -> soon);
        assertEquals(answer, next.begin("OPERATOR", request, "body").answer());
        final Instant late = now.plus(Duration.ofHours(25));
        final Retries last = new Retries(new RetryFile(file), () -> late);
        assertEquals(0, Files.size(file));
        assertNull(last.begin("OPERATOR", request, "another").answer());
    }

    private static String balance(final ApiOnMarket api) {
        return api.as(Role.OPERATOR).get("/v1/balances?account=TEST00").text("/items/0/balance");
    }

    private static int orders(final ApiOnMarket api) {
        return api.as(Role.OPERATOR).get("/v1/orders").json().at("/items").size();
    }
}
