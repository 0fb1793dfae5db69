package io.spindle.mgmt.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.notify.DeadLetters.DeadLetter;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.stream.EventLog.Position;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A log that forgets quickly costs nobody a message unless it is said. */
@Timeout(120)
class DeliveryTest {
    private static final Channel ORDERS_OF_FOES =
            new Channel("log", null, List.of("orders"), List.of(), List.of("FOES"));
    private static final int KEPT = 16;

    @TempDir Path folder;
    private final Market market = new Market();
    private final EventLog events = new EventLog(KEPT);
    private final List<String> carried = new CopyOnWriteArrayList<>();
    private DeadLetters deadLetters;
    private Delivery delivery;

    @BeforeEach
    void listen() throws IOException {
        market.view.addListener(events);
        deadLetters = new DeadLetters(folder.resolve("dead-letters.jsonl"));
    }

    @AfterEach
    void stop() {
        delivery.close();
    }

    private void deliver(final Carrier carrier) {
        delivery =
                new Delivery(
                        "hook",
                        ORDERS_OF_FOES,
                        carrier,
                        events,
                        deadLetters,
                        folder.resolve("hook.position"),
                        Position.behind(market.log.lastSequence()),
                        new Delivery.Retry(3, 5));
    }

    /** Orders of a firm that the channel does not want, until the log has none of the others. */
    private void flood() {
        for (int i = 0; i < 10 * KEPT; i++) {
            market.enter(0, 'B', "SPDL", 1, 9_0000);
        }
    }

    @Test
    void shouldNotLoseWhatIsWantedToAFlowThatNobodyWants() throws Exception {
        final CountDownLatch gate = new CountDownLatch(1);
        deliver(
                message -> {
                    gate.await();
                    carried.add(message.key());
                });
        market.enter(2, 'B', "SPDL", 1, 9_0000);
        await(() -> delivery.waiting() == 1);
        market.enter(2, 'B', "SPDL", 1, 9_0000);
        await(() -> delivery.waiting() == 2);
        final Position before = Position.behind(market.log.lastSequence());
        flood();
        assertTrue(before.isBefore(events.forgotten()));
        gate.countDown();
        await(() -> carried.size() == 2);
        assertEquals(List.of("FOES00-0-1", "FOES00-0-2"), carried);
        await(() -> delivery.waiting() == 0);
    }

    @Test
    void shouldSayFromWhereToWhereItMissedEvents() throws Exception {
        final long last = market.log.lastSequence();
        deliver(message -> carried.add(message.type()));
        await(() -> Files.exists(folder.resolve("hook.position")));
        delivery.close();
        final Position start = delivery.position();
        assertEquals(last, start.sequence());
        flood();
        delivery =
                new Delivery(
                        "hook",
                        ORDERS_OF_FOES,
                        message -> carried.add(message.key()),
                        events,
                        deadLetters,
                        folder.resolve("hook.position"),
                        start,
                        new Delivery.Retry(3, 5));
        await(() -> deadLetters.count("hook") == 1);
        final long forgotten = events.forgotten().sequence();
        assertEquals(forgotten - last, delivery.missed());
        final DeadLetter letter = deadLetters.list().getFirst();
        assertEquals("hook.missed." + last, letter.id());
        assertEquals(
                "missed: the log forgot the events behind sequence %d up to %d unread"
                        .formatted(last, forgotten),
                letter.problem());
        assertEquals("resync", letter.message().type());
        await(() -> delivery.position().sequence() == market.log.lastSequence());
        market.enter(2, 'B', "SPDL", 1, 9_0000);
        await(() -> carried.equals(List.of("FOES00-0-1")));
    }

    @Test
    void shouldGoOnAfterAnError() {
        final AtomicInteger faults = new AtomicInteger(1);
        deliver(
                message -> {
                    if (faults.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("of the test");
                    }
                    carried.add(message.key());
                });
        market.enter(2, 'B', "SPDL", 1, 9_0000);
        await(() -> carried.equals(List.of("FOES00-0-1")));
    }

    private static void await(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "never happened");
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (final InterruptedException end) {
                Thread.currentThread().interrupt();
                throw new AssertionError(end);
            }
        }
    }
}
