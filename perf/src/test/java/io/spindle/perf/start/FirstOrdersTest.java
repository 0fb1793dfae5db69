package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;
import io.spindle.perf.load.LoadProfile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The real process, warmed by its rehearsal alone. */
@Timeout(300)
class FirstOrdersTest {
    @TempDir private Path folder;

    @Test
    @Tag("campaign")
    void shouldThrowNoCompiledCodeAwayInTheFirstMillionOrders() throws IOException {
        final FirstOrders first =
                FirstOrders.measure(
                        folder, FreePorts.base(), LoadProfile.CONSTANT, 20_000, 1_000_000);
        first.lines().forEach(System.out::println);
        first.faults().forEach(System.out::println);
        assertEquals(List.of(), first.deoptimisations());
        assertEquals(0, first.collections());
        assertTrue(first.load().total().getTotalCount() >= 1_000_000);
    }
}
