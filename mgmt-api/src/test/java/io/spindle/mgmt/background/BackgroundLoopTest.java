package io.spindle.mgmt.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Nothing but its end ends a loop, and its end does. */
@Timeout(60)
class BackgroundLoopTest {
    private final AtomicInteger turns = new AtomicInteger();

    private static BackgroundLoop started(final BackgroundLoop.Turn turn) {
        final BackgroundLoop loop =
                new BackgroundLoop(Thread.ofVirtual().name("test"), "the test is not run", turn);
        loop.start(0, 1);
        return loop;
    }

    @Test
    void shouldTakeTheNextTurnWhateverLeftTheLast() throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(1);
        final BackgroundLoop.Turn turn =
                () -> {
                    switch (turns.incrementAndGet()) {
                        case 1 -> throw new IOException("of the test");
                        case 2 -> throw new IllegalStateException("of the test");
                        case 3 -> throw new OutOfMemoryError("of the test");
                        default -> done.countDown();
                    }
                    return 1;
                };
        try (BackgroundLoop loop = started(turn)) {
            assertTrue(done.await(30, TimeUnit.SECONDS));
            while (!loop.trouble().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    @Test
    void shouldSayWhyATurnFailedUntilOneSucceeds() throws InterruptedException {
        final AtomicReference<Error> fault =
                new AtomicReference<>(new OutOfMemoryError("of the test"));
        final BackgroundLoop.Turn turn =
                () -> {
                    final Error present = fault.get();
                    if (present != null) {
                        throw present;
                    }
                    return 1;
                };
        try (BackgroundLoop loop = started(turn)) {
            while (!loop.trouble().equals("java.lang.OutOfMemoryError: of the test")) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            fault.set(null);
            while (!loop.trouble().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    @Test
    void shouldEndThoughATurnSwallowsItsInterrupt() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final BackgroundLoop.Turn deaf =
                () -> {
                    turns.incrementAndGet();
                    begun.countDown();
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                    return TimeUnit.HOURS.toMillis(1);
                };
        final BackgroundLoop loop = started(deaf);
        begun.await();
        loop.close();
        assertEquals(1, turns.get());
    }

    @Test
    void shouldEndBeforeItHasBegun() {
        new BackgroundLoop(Thread.ofPlatform().name("test"), "nothing", () -> 0).close();
        assertEquals(0, turns.get());
    }

    /** Whoever closes must not wait for ever. */
    @Test
    void shouldLeaveAThreadAloneThatDoesNotEnd() throws InterruptedException {
        final CountDownLatch release = new CountDownLatch(1);
        final Thread stubborn =
                Thread.ofPlatform()
                        .name("stubborn")
                        .daemon()
                        .start(
                                () -> {
                                    while (release.getCount() > 0) {
                                        Thread.onSpinWait();
                                    }
                                });
        assertFalse(ThreadEnd.await(stubborn, 50));
        assertTrue(stubborn.isAlive());
        release.countDown();
        assertTrue(ThreadEnd.await(stubborn));
    }
}
