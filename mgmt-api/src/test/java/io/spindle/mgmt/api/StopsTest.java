package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stops while somebody sits on the replica: a disk that hangs under a snapshot, a long reading. */
@Timeout(60)
class StopsTest {
    private static final String KILL = "/v1/kill-switch";
    private static final String HALT =
            "{\"scope\":\"%s\",\"name\":\"%s\",\"state\":\"halted\",\"cancelOrders\":true}";
    private static final String OWN_KEY =
            "{\"name\":\"test\",\"roles\":[\"risk\"],\"owners\":[\"TEST\"],\"reason\":\"r\"}";

    private final Market market = new Market();
    private final AtomicInteger sent = new AtomicInteger();

    /** A way to an engine that does everything, and needs no replica for it. */
    private final class Engine implements ControlPort {
        private final long sequence = market.log.lastSequence();

        @Override
        public Optional<Answer> ask(final AdminCommand command) {
            sent.incrementAndGet();
            return Optional.of(new Answer(0, sequence));
        }

        @Override
        public void post(final AdminCommand command) {
            throw new AssertionError("not asked for");
        }
    }

    @Test
    void shouldStopWhileTheReplicaIsHeld() throws InterruptedException {
        try (ApiOnMarket api = new ApiOnMarket(market, market.context(new Engine()))) {
            final Call risk = api.as(Role.RISK);
            final Call admin = api.as(Role.ADMIN);
            final Call own = api.as(admin.post("/v1/keys", OWN_KEY).text("/key"));
            whileHeld(
                    () -> {
                        done(risk.post(KILL, HALT.formatted("system", "")));
                        done(risk.post(KILL, HALT.formatted("account", "TEST00")));
                        done(risk.post(KILL, HALT.formatted("session", "TEST00")));
                        done(own.post(KILL, HALT.formatted("firm", "TEST")));
                        done(
                                risk.post(
                                        "/v1/mass-cancel",
                                        "{\"scope\":\"system\",\"reason\":\"r\"}"));
                        done(risk.post("/v1/instruments/SPDL/state", "{\"state\":\"halted\"}"));
                        assertEquals(200, admin.get("/v1/keys").status());
                    });
            assertEquals(6, sent.get());
        }
    }

    private static void done(final Reply reply) {
        assertEquals(201, reply.status(), reply.body());
    }

    private void whileHeld(final Runnable calls) throws InterruptedException {
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Thread holder =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        market.view.read(
                                                now -> {
                                                    held.countDown();
                                                    return await(end);
                                                }));
        held.await();
        try {
            calls.run();
        } finally {
            end.countDown();
            holder.join();
        }
    }

    private static boolean await(final CountDownLatch end) {
        try {
            end.await();
            return true;
        } catch (final InterruptedException over) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** To cancel only may be milder than what is there: that is for who knows. */
    @Test
    void shouldHaltAndLiftNothingUnseenWhileTheLogIsNotKnown() {
        try (ApiOnMarket api = new ApiOnMarket(market, market.context())) {
            final Call risk = api.as(Role.RISK);
            final String milder =
                    HALT.formatted("system", "")
                            .replace("halted\"", "cancel_only\",\"reason\":\"r\"");
            market.secondPerson = true;
            market.logEnd = Long.MAX_VALUE;
            done(risk.post(KILL, HALT.formatted("system", "")));
            final Reply unseen = risk.post(KILL, milder);
            assertEquals(503, unseen.status(), unseen.body());
            market.logEnd = market.log.lastSequence();
            assertEquals(202, risk.post(KILL, milder).status());
            assertEquals(market.logEnd, market.log.lastSequence(), "it waits for somebody else");
        }
    }
}
