package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Call.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The kill switch while everybody calls as fast as they can. */
@Timeout(120)
class FloodTest {
    private static final int CALLS_PER_SECOND = 50;
    private static final int THREADS_OF_ONE = 8;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String KILL =
            "{\"scope\":\"system\",\"state\":\"halted\",\"cancelOrders\":true,"
                    + "\"reason\":\"runaway\"}";

    /** With the killer's own key, with others', with none that opens anything. */
    @Test
    void shouldKillInTheMiddleOfAFlood() throws InterruptedException {
        final ApiEndpoint endpoint = new ApiEndpoint("127.0.0.1", 0, null, CALLS_PER_SECOND);
        try (ApiOnMarket api = new ApiOnMarket(endpoint, Authenticator.NOBODY)) {
            for (int i = 0; i < 20; i++) {
                api.market.enter(i % 2, 'B', "SPDL", 100, 9_9900 - 100 * i);
            }
            final List<Call> callers = new ArrayList<>();
            for (int i = 0; i < THREADS_OF_ONE; i++) {
                callers.add(api.as(Role.RISK));
                callers.add(api.as(Role.VIEWER));
                callers.add(api.as("guess"));
            }
            final Flood flood = new Flood(callers);
            try {
                flood.awaitMore();
                flood.awaitLimit();
                final long askedNs = System.nanoTime();
                final Reply killed = api.as(Role.RISK).post("/v1/kill-switch", KILL);
                final long tookNs = System.nanoTime() - askedNs;
                assertEquals(201, killed.status(), killed.body());
                assertTrue(tookNs < BOUND_NS, "answered after " + tookNs + " ns");
                flood.awaitMore();
                api.market.finishSlices();
                assertEquals(List.of(), openOrders(api));
                flood.awaitMore();
            } finally {
                flood.end();
            }
        }
    }

    private static List<String> openOrders(final ApiOnMarket api) {
        return api.market.view.read(
                now ->
                        now.orders().list(true, order -> true).stream()
                                .map(order -> order.id().toString())
                                .toList());
    }

    /** A thread a caller, each with a count of its answers, until told to end. */
    private static final class Flood {
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicInteger limited = new AtomicInteger();
        private final AtomicIntegerArray answers;
        private volatile boolean over;

        Flood(final List<Call> callers) {
            answers = new AtomicIntegerArray(callers.size());
            for (int i = 0; i < callers.size(); i++) {
                final int thread = i;
                threads.add(Thread.ofVirtual().start(() -> run(thread, callers.get(thread))));
            }
        }

        private void run(final int thread, final Call caller) {
            while (!over) {
                if (caller.get("/v1/orders").status() == ProblemCode.TOO_MANY.status) {
                    limited.incrementAndGet();
                }
                answers.incrementAndGet(thread);
            }
        }

        /** Until every thread has sent a call and had its answer after this was asked. */
        void awaitMore() {
            final long endNs = System.nanoTime() + PATIENCE_NS;
            final int[] before = new int[answers.length()];
            for (int i = 0; i < before.length; i++) {
                before[i] = answers.get(i);
            }
            for (int i = 0; i < before.length; i++) {
                while (answers.get(i) < before[i] + 2) { // the first may have been under way
                    assertTrue(endNs - System.nanoTime() > 0, "thread " + i + " stands still");
                    Thread.yield();
                }
            }
        }

        void awaitLimit() {
            final long endNs = System.nanoTime() + PATIENCE_NS;
            while (limited.get() == 0) {
                assertTrue(endNs - System.nanoTime() > 0, "nobody is limited");
                Thread.yield();
            }
        }

        void end() throws InterruptedException {
            over = true;
            for (final Thread thread : threads) {
                thread.join();
            }
        }
    }
}
