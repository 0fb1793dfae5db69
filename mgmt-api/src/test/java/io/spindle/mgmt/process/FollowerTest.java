package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica that does not follow any more says so, whatever ended it. */
@Timeout(60)
class FollowerTest {
    private final Market market = new Market();

    @Test
    void shouldSayThatAnErrorHasStoppedIt() throws InterruptedException {
        final Follower.Source broken =
                (handler, limit) -> {
                    throw new OutOfMemoryError("of the test");
                };
        try (Follower follower = new Follower(market.view, broken)) {
            while (!follower.alarm().contains("OutOfMemoryError")) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /** In a source that does not come back, while it holds the view. */
    @Test
    void shouldSayThatItIsStuck() throws InterruptedException {
        final CountDownLatch polled = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Follower.Source hanging =
                (handler, limit) -> {
                    polled.countDown();
                    try {
                        end.await();
                    } catch (final InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                };
        try (Follower follower = new Follower(market.view, hanging)) {
            polled.await();
            final long nowNs = System.nanoTime();
            assertFalse(follower.isStuck(nowNs - 1));
            assertTrue(follower.isStuck(nowNs + Follower.STUCK_NS + 1));
            end.countDown();
        }
    }

    /** A restart would end at the same place; readiness tells of it. */
    @Test
    void shouldNotBeStuckOnceItHasEnded() {
        final Follower.Source damaged =
                (handler, limit) -> {
                    throw new IllegalStateException("of the test");
                };
        try (Follower follower = new Follower(market.view, damaged)) {
            while (follower.alarm().isEmpty()) {
                Thread.onSpinWait();
            }
            assertFalse(follower.isStuck(System.nanoTime() + 2 * Follower.STUCK_NS));
        }
    }

    @Test
    void shouldNotBeStuckWhileThereIsNothingToDo() {
        final AtomicInteger polls = new AtomicInteger();
        final Follower.Source idle =
                (handler, limit) -> {
                    polls.incrementAndGet();
                    return 0;
                };
        try (Follower follower = new Follower(market.view, idle)) {
            final long nowNs = System.nanoTime();
            final int enough = polls.get() + 3;
            while (polls.get() < enough) {
                Thread.onSpinWait();
            }
            assertFalse(follower.isStuck(nowNs + Follower.STUCK_NS));
        }
    }

    @Test
    void shouldSayThatItsThreadIsGone() {
        final Follower follower = new Follower(market.view, (handler, limit) -> 0);
        assertEquals("", follower.alarm());
        follower.close();
        assertTrue(follower.alarm().contains("has ended"), follower.alarm());
    }
}
