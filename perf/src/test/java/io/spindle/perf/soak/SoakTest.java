package io.spindle.perf.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A short soak of a whole appliance; the long one is {@code ./spindle soak}. */
@Timeout(600)
class SoakTest {
    private static final List<String> JUDGED =
            List.of(
                    "minor page faults",
                    "major page faults",
                    "involuntary switches",
                    "log ring high-water, bytes",
                    "media anonymous memory, KiB",
                    "trading anonymous memory, KiB",
                    "feed anonymous memory, KiB",
                    "mgmt living objects, KiB",
                    "bytes allocated by the trading thread",
                    "deoptimisations",
                    "compiling of our methods, ms",
                    "collections of the trading heap");

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
        final long notFlat =
                JUDGED.stream().filter(what -> judged(lines, what).equals("NOT FLAT")).count();
        assertEquals("by what lives", judged(lines, "mgmt anonymous memory, KiB"));
        // A shared machine moves switches and memory; what the loop itself does, it may not.
        assertEquals("flat", judged(lines, "bytes allocated by the trading thread"));
        assertEquals("flat", judged(lines, "deoptimisations"));
        final List<String> played =
                lines.stream()
                        .filter(it -> it.endsWith("missed their rate or lost messages"))
                        .toList();
        assertEquals(1, played.size(), lines::toString);
        assertEquals(flat, notFlat == 0 && played.getFirst().startsWith("0 of "), lines::toString);
    }

    /** The verdict of the one line that begins so, which has a number for each half. */
    private static String judged(final List<String> lines, final String what) {
        final Pattern line =
                Pattern.compile(
                        Pattern.quote(what) + " +[0-9,]+ +[0-9,]+  (flat|NOT FLAT|by what lives)");
        final List<String> verdicts =
                lines.stream()
                        .map(line::matcher)
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .toList();
        assertEquals(1, verdicts.size(), () -> what + " in " + lines);
        return verdicts.getFirst();
    }
}
