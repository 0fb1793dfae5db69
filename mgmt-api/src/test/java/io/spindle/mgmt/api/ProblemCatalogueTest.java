package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Every problem of the catalogue, called forth over HTTP. */
@Timeout(60)
class ProblemCatalogueTest {
    private static final String OWNER = "{\"firm\":\"NEW\"}";
    private static final String LIMITS = "{\"scope\":\"system\",\"openOrders\":\"5\"}";
    private static final String FILE =
            """
            HEADER,orders,VENUE,2025-11-20
            order,account,symbol,side,price,quantity
            TRAILER,0
            """;

    private final ApiOnMarket api = new ApiOnMarket();
    private final Call admin = api.as(Role.ADMIN);
    private final Set<ProblemCode> seen = EnumSet.noneOf(ProblemCode.class);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerEachMistakeWithItsOwnProblem() throws Exception {
        expect(ProblemCode.BAD_REQUEST, admin.post("/v1/owners", "{"));
        expect(ProblemCode.UNAUTHENTICATED, new Call(api.port()).get("/v1/orders"));
        expect(ProblemCode.FORBIDDEN, api.as(Role.VIEWER).post("/v1/owners", OWNER));
        api.market.secondPerson = true;
        expect(
                ProblemCode.SECOND_PERSON,
                admin.post("/v1/reconciliation?settle=true&reason=agreed", FILE));
        api.market.secondPerson = false;
        expect(ProblemCode.NOT_FOUND, admin.get("/v1/nowhere"));
        expect(ProblemCode.METHOD_NOT_ALLOWED, admin.delete("/v1/owners"));
        expect(
                ProblemCode.CONFLICT,
                admin.post(
                        "/v1/balances",
                        "{\"account\":\"TEST00\",\"currency\":\"USD\",\"amount\":\"1\","
                                + "\"expectedBalance\":\"1\"}"));
        expect(ProblemCode.GONE, admin.get("/v1/orders?pageToken=forgotten"));
        expect(
                ProblemCode.PRECONDITION_FAILED,
                admin.with("If-Match", "\"old\"").put("/v1/limits", LIMITS));
        expect(ProblemCode.PRECONDITION_REQUIRED, admin.put("/v1/limits", LIMITS));
        expect(ProblemCode.TOO_LARGE, admin.post("/v1/owners", "x".repeat(5 << 20)));
        expect(
                ProblemCode.UNSUPPORTED_TYPE,
                admin.with("Content-Type", "text/csv").post("/v1/owners", OWNER));
        expect(ProblemCode.UNPROCESSABLE, admin.post("/v1/owners", "{}"));
        final Call keyed = admin.with("Idempotency-Key", "k");
        keyed.post("/v1/owners", OWNER);
        expect(ProblemCode.KEY_REUSED, keyed.post("/v1/owners", OWNER.replace("NEW", "OLD")));
        assertEquals("ACCOUNT", refused().text("/code"));
        seen.add(ProblemCode.REFUSED);
        withoutAnAnswer();
        withAFaultOfOurs();
        api.market.audit.close();
        expect(ProblemCode.UNAVAILABLE, admin.post("/v1/owners", OWNER));
        seen.add(ProblemCode.TOO_MANY); // SecurityTest
        seen.add(ProblemCode.FORGOTTEN); // ForgottenTest
        assertEquals(EnumSet.allOf(ProblemCode.class), seen);
    }

    private Reply refused() {
        return admin.post(
                "/v1/holdings", "{\"account\":\"NONE\",\"symbol\":\"SPDL\",\"quantity\":\"1\"}");
    }

    /** A loop that does not answer, and a second call while the first still waits. */
    private void withoutAnAnswer() throws InterruptedException {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);
        final ControlPort silent =
                new ControlPort() {
                    @Override
                    public Optional<Answer> ask(final AdminCommand command) throws IOException {
                        asked.countDown();
                        try {
                            answer.await();
                        } catch (final InterruptedException end) {
                            throw new IOException(end);
                        }
                        return Optional.empty();
                    }

                    @Override
                    public void post(final AdminCommand command) {}
                };
        final ApiKeys keys = new ApiKeys();
        keys.add("root", new Principal("root", Set.of(Role.ADMIN), Set.of()));
        try (ApiServer server =
                ApiServer.start(
                        ApiEndpoint.plain("127.0.0.1", 0),
                        keys,
                        new Api(new Market().context(silent)))) {
            final Call root = new Call(server.port()).as("root").with("Idempotency-Key", "slow");
            final Reply[] first = new Reply[1];
            final Thread waiting =
                    Thread.ofVirtual().start(() -> first[0] = root.post("/v1/owners", OWNER));
            asked.await();
            expect(ProblemCode.IN_PROGRESS, root.post("/v1/owners", OWNER));
            answer.countDown();
            waiting.join();
            expect(ProblemCode.NO_ANSWER, first[0]);
        }
    }

    /** A scrape that fails, and whose reason is for the log alone. */
    private void withAFaultOfOurs() {
        final Market market = new Market();
        final Supplier<String> broken =
                () -> {
                    throw new IllegalStateException("secret");
                };
        try (ApiOnMarket faulty = new ApiOnMarket(market, market.context(List::of, broken))) {
            final Reply reply = faulty.as(Role.ADMIN).get("/metrics");
            expect(ProblemCode.INTERNAL, reply);
            assertFalse(reply.body().contains("secret"), reply.body());
        }
    }

    private void expect(final ProblemCode code, final Reply reply) {
        assertEquals(code.status, reply.status(), reply.body());
        assertEquals(code.name(), reply.text("/code"));
        assertEquals(code.title, reply.text("/title"));
        assertTrue(reply.contentType().startsWith(Problem.CONTENT_TYPE), reply.contentType());
        seen.add(code);
    }
}
