package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.HwProfile;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.score.MachineScore;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class MachineScoreTest {
    private static final long RAN_NS = 10_000_000_000L;

    @TempDir private Path folder;
    private Plan plan;

    @BeforeEach
    void planOneSetting() throws IOException {
        plan = plan("");
    }

    private Plan plan(final String budget) throws IOException {
        final Root root = SyntheticMachine.smallVm().writeTo(folder.resolve("m"));
        Files.writeString(
                folder.resolve("p.yaml"),
                """
                name: p
                schema: 1
                layout: { trading: { count: 1, isolate: true } }
                sysctl: { vm.swappiness: '0', vm.zone_reclaim_mode: '0', no.such: '1' }
                budget: { hiccupP9999Ns: 2000, hiccupMaxNs: 20000%s }
                """
                        .formatted(budget));
        final HwProfile profile = new ProfileFolder(folder).read("p");
        return Plan.of(profile, Discovery.discover(root), root);
    }

    private static MachineScore score(final Plan plan, final HiccupMeter.CpuResult... results) {
        return MachineScore.of(plan, List.of(results), Optional.empty());
    }

    /** A hundred messages, all of the same time from wire to wire. */
    private static Optional<Histogram> wire(final long ns) {
        final Histogram times = new Histogram(3);
        times.recordValueWithCount(ns, 100);
        return Optional.of(times);
    }

    private static HiccupMeter.CpuResult result(
            final int cpu, final boolean pinned, final long longestNs) {
        final Histogram gaps = new Histogram(60_000_000_000L, 3);
        gaps.recordValueWithCount(30, 1_000_000);
        gaps.recordValue(longestNs);
        return new HiccupMeter.CpuResult(cpu, pinned, gaps, List.of(), longestNs, RAN_NS);
    }

    @Test
    void shouldGiveAllMeasuredPointsToACoreThatKeepsItsBudgets() {
        final MachineScore score = score(plan, result(1, true, 15_000));
        assertTrue(score.budgetsKept());
        // One of two settings that exist is in force: half of a quarter is missing.
        assertEquals(87, score.points(), () -> score.lines().toString());
        assertTrue(score.lines().contains("settings  1 of 2 in force"));
    }

    @Test
    void shouldTakePointsInProportionToAMiss() {
        final MachineScore score = score(plan, result(1, true, 40_000));
        assertFalse(score.budgetsKept());
        assertEquals(74, score.points(), () -> score.lines().toString());
        assertTrue(score.lines().get(1).startsWith("missed    cpu 1 longest gap"));
    }

    @Test
    void shouldGiveNothingForWhatCouldNotBeMeasured() {
        final MachineScore score = score(plan, result(1, false, 1_000));
        assertFalse(score.budgetsKept());
        assertEquals(12, score.points(), () -> score.lines().toString());
    }

    @Test
    void shouldJudgeDataPathCpusOnly() {
        final MachineScore score =
                score(plan, result(0, true, 900_000_000), result(1, true, 1_000));
        assertTrue(score.budgetsKept());
    }

    @Test
    void shouldJudgeTheWayFromWireToWireAsAFourthBudget() throws IOException {
        final Plan budgeted = plan(", wireToWireP99Ns: 1000");
        final List<HiccupMeter.CpuResult> cpus = List.of(result(1, true, 15_000));
        final MachineScore kept = MachineScore.of(budgeted, cpus, wire(1_000));
        assertTrue(kept.budgetsKept());
        assertEquals(87, kept.points(), () -> kept.lines().toString());
        assertEquals("kept      wire to wire p99, ns: 1,000, budget 1,000", kept.lines().get(3));

        final MachineScore missed = MachineScore.of(budgeted, cpus, wire(2_000));
        assertFalse(missed.budgetsKept());
        // Half of a quarter of three quarters less.
        assertEquals(78, missed.points(), () -> missed.lines().toString());
        assertEquals("missed    wire to wire p99, ns: 2,000, budget 1,000", missed.lines().get(3));
    }

    @Test
    void shouldSayWhenThereIsNothingToJudgeFromWireToWire() throws IOException {
        final MachineScore unmeasured =
                score(plan(", wireToWireP99Ns: 1000"), result(1, true, 15_000));
        assertTrue(unmeasured.budgetsKept());
        assertEquals(87, unmeasured.points(), () -> unmeasured.lines().toString());
        assertEquals(
                "unjudged  wire to wire p99, ns: needs --hlog FILE, budget 1,000",
                unmeasured.lines().get(3));

        final MachineScore unlimited =
                MachineScore.of(plan, List.of(result(1, true, 15_000)), wire(2_000));
        assertTrue(unlimited.budgetsKept());
        assertEquals(87, unlimited.points(), () -> unlimited.lines().toString());
        assertEquals("unjudged  wire to wire p99, ns: 2,000, no budget", unlimited.lines().get(3));
    }
}
