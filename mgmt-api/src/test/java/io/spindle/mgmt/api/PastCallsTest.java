package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** No caller fills the line of those who wait for the past. */
@Timeout(120)
class PastCallsTest {
    private static final Principal ONE = new Principal("one", Set.of(Role.VIEWER), Set.of());
    private static final Principal OTHER = new Principal("other", Set.of(Role.VIEWER), Set.of());

    private final PastCalls calls = new PastCalls();

    /** Takes an answer while so many of the same caller's are on the way. */
    private String take(final int others) {
        return others == 0
                ? calls.take(ONE, () -> calls.take(OTHER, () -> "told"))
                : calls.take(ONE, () -> take(others - 1));
    }

    @Test
    void shouldRefuseWhoWaitsForTooManyAndNobodyElse() {
        assertEquals("told", take(PastCalls.MOST - 1));
        final ApiProblem refused = assertThrows(ApiProblem.class, () -> take(PastCalls.MOST));
        assertEquals(429, refused.status());
        assertEquals("told", take(PastCalls.MOST - 1), "those are done with");
    }

    @Test
    void shouldCountWhatIsAskedOfEarlierMomentsAndOfForgottenEvents() throws Exception {
        final Market market = new Market();
        for (int i = 0; i < 1_100; i++) {
            market.enter(0, 'B', "SPDL", 1, 10_0000, '3');
        }
        final CountDownLatch go = new CountDownLatch(1);
        try (ApiOnMarket api = new ApiOnMarket(market, context(market, go));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            final CompletionService<Reply> replies = new ExecutorCompletionService<>(threads);
            final Call viewer = api.as(Role.VIEWER);
            final String moment = "/v1/orders?asAt=" + market.log.lastSequence();
            try {
                for (int i = 0; i <= PastCalls.MOST; i++) {
                    final String path = i % 2 == 0 ? moment : "/v1/events?from=1&count=1";
                    replies.submit(() -> viewer.get(path));
                }
                final Future<Reply> first = replies.poll(60, TimeUnit.SECONDS);
                assertNotNull(first, "all of them wait");
                assertEquals(429, first.get().status(), first.get().body());
                assertEquals(200, viewer.get("/v1/events").status(), "it is in memory");
            } finally {
                go.countDown();
            }
            for (int i = 0; i < PastCalls.MOST; i++) {
                final Reply reply = replies.take().get();
                assertEquals(200, reply.status(), reply.body());
            }
        }
    }

    /** A replay begins when it is told to. */
    private static ApiContext context(final Market market, final CountDownLatch go) {
        final TimeTravel past =
                new TimeTravel(
                        () -> new View(EngineConfig.small(), new View.Limits(1_000, 1_000)),
                        view -> {
                            try {
                                go.await();
                            } catch (final InterruptedException end) {
                                throw new AssertionError(end);
                            }
                            return market.log.reader();
                        },
                        market.log::lastSequence);
        final ApiContext whole = market.context();
        return new ApiContext(
                whole.view(),
                past,
                whole.events(),
                whole.control(),
                whole.checks(),
                whole.alive(),
                whole.metrics(),
                whole.nic(),
                whole.keys(),
                whole.office(),
                whole.audit(),
                whole.secondPerson(),
                whole.tokens(),
                whole.latencies(),
                whole.folder(),
                whole.counters());
    }
}
