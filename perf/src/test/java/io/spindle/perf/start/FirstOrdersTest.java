package io.spindle.perf.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.rules.HotPackages;

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
    void shouldCompileNothingHotAndThrowNothingAwayInTheFirstMillionOrders() throws IOException {
        final FirstOrders first =
                FirstOrders.measure(
                        folder, FreePorts.base(), LoadProfile.CONSTANT, 20_000, 1_000_000);
        first.lines().forEach(System.out::println);
        first.faults().forEach(System.out::println);
        assertEquals(List.of(), first.deoptimisations());
        assertEquals(
                List.of(),
                first.compilations().stream().filter(FirstOrdersTest::isHot).toList(),
                "compiled after the port opened");
        assertEquals(0, first.collections());
        assertTrue(first.load().total().getTotalCount() >= 1_000_000);
        // A machine decides the ratio if nine of ten later seconds would pass as well.
        if (first.isDecided()) {
            assertTrue(first.tailRatio() <= FirstOrders.ALLOWED, () -> first.lines().toString());
        } else {
            System.out.println("NOT DECIDED HERE: the p99.9 of the first second");
        }
    }

    /** Begins with the method's name, then a comma. */
    private static boolean isHot(final String compilation) {
        final String method = compilation.substring(0, compilation.indexOf(','));
        final int dot = method.lastIndexOf('.');
        return HotPackages.hold(method.substring(0, dot), method.substring(dot + 1));
    }
}
