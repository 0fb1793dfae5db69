package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CounterLineTest {
    private static final long NOW = 5_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private int served;
    private final CounterLine counters = new CounterLine(() -> "served " + served, lines::add, NOW);

    @Test
    void shouldTellOnceAMinuteAndOnlyWhatIsNew() {
        counters.poll(NOW + CounterLine.INTERVAL_NS);
        served = 3;
        counters.poll(NOW + 2 * CounterLine.INTERVAL_NS - 1);
        assertEquals(List.of(), lines);

        counters.poll(NOW + 2 * CounterLine.INTERVAL_NS);
        counters.poll(NOW + 3 * CounterLine.INTERVAL_NS);
        assertEquals(List.of("served 3"), lines);
    }
}
