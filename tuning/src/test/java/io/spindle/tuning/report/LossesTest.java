package io.spindle.tuning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.watch.Watch;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class LossesTest {
    private static final long SECOND = 1_000_000_000L;

    private static HiccupMeter.CpuResult result(final int cpu, final long... gaps) {
        final List<HiccupMeter.Outlier> outliers =
                Arrays.stream(gaps).mapToObj(gap -> new HiccupMeter.Outlier(0, gap)).toList();
        return new HiccupMeter.CpuResult(cpu, true, new Histogram(3), outliers, 0, SECOND);
    }

    @Test
    void shouldNameTheMostCostlyFirstAndOfTheDataPathOnly() {
        final List<Losses.Loss> losses =
                Losses.of(
                        CpuSet.of(1),
                        List.of(result(0, SECOND), result(1, 20_000, 99_999, 5_000_000)),
                        Map.of(
                                1,
                                List.of(
                                        new Watch.Finding(
                                                Watch.Kind.COMPETING_THREAD,
                                                "cron 7/7 ran",
                                                30_000_000),
                                        new Watch.Finding(
                                                Watch.Kind.COMPETING_THREAD, "hiccup-1 8/9", 99),
                                        new Watch.Finding(Watch.Kind.INTERRUPT, "irq 24 nic", 2))));
        assertEquals(
                List.of(
                        "competing thread: cron 7/7 ran (30.000 ms)",
                        "1 gaps 1 to 10 ms",
                        "2 gaps 10 to 100 µs",
                        "interrupt: irq 24 nic (+2)"),
                losses.stream().map(Losses.Loss::what).toList());
        assertEquals(0.03, losses.getFirst().share(), 1e-9);
        assertEquals(119_999, losses.get(2).lostNs());
        assertTrue(losses.stream().allMatch(loss -> loss.cpu() == 1));
    }
}
