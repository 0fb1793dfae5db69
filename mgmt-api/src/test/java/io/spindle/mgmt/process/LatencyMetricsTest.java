package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus gets each stage as a histogram that only grows. */
class LatencyMetricsTest {
    private static final Pattern BUCKET =
            Pattern.compile(
                    "(?m)^spindle_stage_latency_seconds_bucket\\{(?=[^}]*stage=\"stream\")"
                            + "[^}]*le=\"([0-9.E-]+)\"[^}]*\\} ([0-9.E]+)$");
    private static final Pattern SUM =
            Pattern.compile(
                    "(?m)^spindle_stage_latency_seconds_sum\\{stage=\"stream\"\\} ([0-9.E-]+)$");

    @TempDir private Path folder;
    private long nowNs = 1_700_000_000_000_000_000L;

    /** Values up to each bound, by the bound in nanoseconds. */
    private static Map<Long, Integer> buckets(final String scraped) {
        final Map<Long, Integer> buckets = new TreeMap<>();
        BUCKET.matcher(scraped)
                .results()
                .forEach(
                        found ->
                                buckets.put(
                                        Math.round(Double.parseDouble(found.group(1)) * 1e9),
                                        (int) Double.parseDouble(found.group(2))));
        return buckets;
    }

    @Test
    void shouldCountEveryValueOfAStageInItsBucketForGood() {
        final LoopWatch loop =
                new LoopWatch(folder.resolve("counters"), folder.resolve("pid"), System::nanoTime);
        final Metrics metrics = new Metrics(loop, new Market().view);
        final Latencies latencies = new Latencies(() -> nowNs, 0);
        metrics.latencies(latencies);
        latencies.reached(Stage.STREAM, 1, nowNs - 200);
        latencies.reached(Stage.STREAM, 2, nowNs - 400);
        nowNs += 7_200_000_000_000L;
        latencies.reached(Stage.STREAM, 3, nowNs - 5_000_000);
        latencies.reached(Stage.STREAM, 4, nowNs - 60_000_000);
        final String scraped = metrics.scrape();
        final Map<Long, Integer> buckets = buckets(scraped);
        assertEquals(Latencies.buckets().count(), buckets.size(), scraped);
        assertEquals(1, buckets.get(250L), scraped);
        assertEquals(2, buckets.get(500L), scraped);
        assertEquals(2, buckets.get(4_096_000L), scraped);
        assertEquals(3, buckets.get(8_192_000L), scraped);
        assertEquals(3, buckets.get(16_384_000L), scraped);
        final Matcher sum = SUM.matcher(scraped);
        assertTrue(sum.find(), scraped);
        assertEquals(0.0650006, Double.parseDouble(sum.group(1)), 1e-9);
    }
}
