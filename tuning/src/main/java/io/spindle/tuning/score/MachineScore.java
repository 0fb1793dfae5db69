package io.spindle.tuning.score;

import io.spindle.affinity.CpuSet;
import io.spindle.tuning.measure.HiccupMeter;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.HwProfile;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a machine is for a profile, 0 to 100. What was measured decides: three quarters of the
 * points are for the data-path CPUs keeping their three budgets and, where such times are at hand,
 * for the way from wire to wire keeping its own; one quarter is for settings in force, which are
 * but a means. A budget that is missed by a factor earns the inverse of that factor.
 *
 * @param points 0 … 100, rounded down
 * @param lines one for each budget and for the settings
 * @param budgetsKept true when those of the CPUs were measured, and every one that was judged was
 *     kept
 */
public record MachineScore(int points, List<String> lines, boolean budgetsKept) {
    private static final double MEASURED_SHARE = 0.75;
    private static final double TAIL = 99.99;
    private static final double WIRE_TAIL = 99;
    private static final int CPU_BUDGETS = 3;

    /** Of a profile that states no budget: what an isolated core of today's servers keeps. */
    private static final long TAIL_BUDGET_NS = 20_000;

    private static final long MAX_BUDGET_NS = 100_000;
    private static final double LOST_BUDGET = 0.001;

    /**
     * @param measured results of all CPUs that were measured; those of the data path are judged
     * @param wireToWireNs times that somebody measured on the wire, ns
     */
    public static MachineScore of(
            final Plan plan,
            final List<HiccupMeter.CpuResult> measured,
            final Optional<Histogram> wireToWireNs) {
        final List<String> lines = new ArrayList<>();
        final CpuSet dataPath = plan.layout().dataPath();
        final List<HiccupMeter.CpuResult> judged =
                measured.stream()
                        .filter(result -> dataPath.contains(result.cpu()) && result.pinned())
                        .toList();
        double earned = 0;
        boolean kept = !judged.isEmpty();
        if (judged.isEmpty()) {
            lines.add("budgets   not measured: no data-path CPU could be bound; 0 points");
        }
        for (final HiccupMeter.CpuResult result : judged) {
            final HwProfile.Budget budget = plan.profile().budget;
            final double tail =
                    share(
                            result.gapsNs().getValueAtPercentile(TAIL),
                            budget.hiccupP9999Ns > 0 ? budget.hiccupP9999Ns : TAIL_BUDGET_NS,
                            "cpu " + result.cpu() + " p99.99 gap, ns",
                            lines);
            final double worst =
                    share(
                            result.gapsNs().getMaxValue(),
                            budget.hiccupMaxNs > 0 ? budget.hiccupMaxNs : MAX_BUDGET_NS,
                            "cpu " + result.cpu() + " longest gap, ns",
                            lines);
            final double lost =
                    share(
                            result.lostNs(),
                            (long) (LOST_BUDGET * result.ranNs()),
                            "cpu " + result.cpu() + " time lost, ns",
                            lines);
            kept &= tail == 1 && worst == 1 && lost == 1;
            earned += (tail + worst + lost) / CPU_BUDGETS / judged.size();
        }
        final OptionalDouble wire = wire(plan.profile().budget, wireToWireNs, lines);
        if (wire.isPresent()) {
            kept &= wire.getAsDouble() == 1;
            earned = (CPU_BUDGETS * earned + wire.getAsDouble()) / (CPU_BUDGETS + 1);
        }
        final long holds = plan.with(Plan.Verdict.HOLDS).size();
        final long there = plan.items().size() - plan.with(Plan.Verdict.ABSENT).size();
        lines.add("settings  %d of %d in force".formatted(holds, there));
        final double settings = there == 0 ? 1 : (double) holds / there;
        final double points = MEASURED_SHARE * earned + (1 - MEASURED_SHARE) * settings;
        return new MachineScore((int) (100 * points), List.copyOf(lines), kept);
    }

    /** Empty when there is no budget, or nothing to hold against it. */
    private static OptionalDouble wire(
            final HwProfile.Budget budget,
            final Optional<Histogram> timesNs,
            final List<String> lines) {
        final String what = "wire to wire p99, ns";
        final long budgetNs = budget.wireToWireP99Ns;
        final long p99Ns = timesNs.map(times -> times.getValueAtPercentile(WIRE_TAIL)).orElse(0L);
        if (timesNs.isPresent() && budgetNs > 0) {
            return OptionalDouble.of(share(p99Ns, budgetNs, what, lines));
        }
        if (timesNs.isPresent()) {
            lines.add(String.format(Locale.ROOT, "unjudged  %s: %,d, no budget", what, p99Ns));
        } else if (budgetNs > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "unjudged  %s: needs --hlog FILE, budget %,d",
                            what,
                            budgetNs));
        }
        return OptionalDouble.empty();
    }

    private static double share(
            final long measured, final long budget, final String what, final List<String> lines) {
        final double share = measured <= budget ? 1 : (double) budget / measured;
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%-9s %s: %,d, budget %,d",
                        share == 1 ? "kept" : "missed",
                        what,
                        measured,
                        budget));
        return share;
    }
}
