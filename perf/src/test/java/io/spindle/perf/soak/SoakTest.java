package io.spindle.perf.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.perf.load.FreePorts;
import io.spindle.perf.load.OwnCore;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A short soak of a whole appliance; the long one is {@code ./spindle soak}. */
@Timeout(600)
class SoakTest {
    @TempDir private Path folder;

    @Test
    @Tag("campaign")
    void shouldJudgeAWholeAppliance() throws Exception {
        final List<String> lines = new ArrayList<>();
        final int portBase = FreePorts.base();
        final String api = "127.0.0.1:" + FreePorts.api();
        final boolean flat =
                new Soak(folder, portBase, api, OwnCore.none(), 0, lines::add)
                        .run(Duration.ofSeconds(60), Duration.ofSeconds(5), 1_000);
        lines.forEach(System.out::println);
        System.out.println(flat ? "FLAT" : "NOT FLAT");
        // A shared machine moves switches and memory; what the loop itself does, it may not.
        for (final String what :
                List.of("bytes allocated by the trading thread", "deoptimisations")) {
            final List<String> judged = lines.stream().filter(it -> it.startsWith(what)).toList();
            assertEquals(1, judged.size(), lines::toString);
            assertTrue(judged.getFirst().endsWith(" flat"), lines::toString);
        }
    }
}
