package io.spindle.mgmt.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.testing.Market;
import io.spindle.oms.EngineConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The log from its beginning, for one at a time. */
@Timeout(60)
class TimeTravelTest {
    private final Market market = new Market();
    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final TimeTravel past =
            new TimeTravel(
                    () -> new View(EngineConfig.small(), new View.Limits(10, 10)),
                    view -> {
                        opened.incrementAndGet();
                        return market.log.reader();
                    },
                    market.log::lastSequence);

    private void scan(final List<Long> sequences) {
        past.scan(
                (begin, beginNs) -> {
                    throw new AssertionError("it begins with its first command");
                },
                (sequence, timeNs, buffer, offset, length) -> {
                    try {
                        go.await();
                    } catch (final InterruptedException end) {
                        throw new AssertionError(end);
                    }
                    sequences.add(sequence);
                },
                () -> false);
    }

    @Test
    void shouldGoThroughTheLogForOneAtATime() throws InterruptedException {
        final List<Long> sequences = Collections.synchronizedList(new ArrayList<>());
        final Thread first = Thread.ofPlatform().start(() -> scan(sequences));
        while (opened.get() == 0) {
            Thread.onSpinWait();
        }
        final Thread second = Thread.ofPlatform().start(() -> scan(sequences));
        while (second.getState() != Thread.State.BLOCKED && opened.get() == 1) {
            Thread.onSpinWait();
        }
        assertEquals(1, opened.get());
        go.countDown();
        first.join();
        second.join();
        assertEquals(2, opened.get());
        final long end = market.log.lastSequence();
        assertEquals(2 * end, sequences.size());
        assertEquals(end, sequences.getLast());
    }
}
