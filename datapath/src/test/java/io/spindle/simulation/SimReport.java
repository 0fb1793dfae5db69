package io.spindle.simulation;

import io.spindle.sim.SimNetwork;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in one run, or in many added up. */
final class SimReport {
    private final Map<CrashPoint, Long> deaths = new EnumMap<>(CrashPoint.class);
    private long runs;
    private long virtualNs;
    private long orders;
    private long messages;
    private long checks;
    private long lost;
    private long duplicated;
    private long reordered;
    private long lostSectors;
    long recoveries;
    long snapshots;
    long snapshotterDeaths;
    long powerLosses;
    long fullDisks;
    long stalls;
    long clockSteps;
    long slowWrites;
    long refusals;
    long forgottenReports;

    void died(final SimCrash death) {
        deaths.merge(CrashPoint.valueOf(death.getMessage()), 1L, Long::sum);
    }

    void end(
            final SimNetwork network,
            final SimDisk disk,
            final Oracle oracle,
            final List<SimTrader> traders) {
        runs = 1;
        virtualNs = network.nowNs();
        lost = network.lost();
        duplicated = network.duplicated();
        reordered = network.reordered();
        lostSectors = disk.lostSectors();
        messages = oracle.messages();
        checks = oracle.checks();
        orders = traders.stream().mapToLong(SimTrader::entered).sum();
    }

    void add(final SimReport other) {
        other.deaths.forEach((point, count) -> deaths.merge(point, count, Long::sum));
        runs += other.runs;
        virtualNs += other.virtualNs;
        orders += other.orders;
        messages += other.messages;
        checks += other.checks;
        lost += other.lost;
        duplicated += other.duplicated;
        reordered += other.reordered;
        lostSectors += other.lostSectors;
        recoveries += other.recoveries;
        snapshots += other.snapshots;
        snapshotterDeaths += other.snapshotterDeaths;
        powerLosses += other.powerLosses;
        fullDisks += other.fullDisks;
        stalls += other.stalls;
        clockSteps += other.clockSteps;
        slowWrites += other.slowWrites;
        refusals += other.refusals;
        forgottenReports += other.forgottenReports;
    }

    /** Points at which no process died in any of the runs. */
    List<CrashPoint> pointsMissed() {
        return List.of(CrashPoint.values()).stream()
                .filter(point -> !deaths.containsKey(point))
                .toList();
    }

    @Override
    public String toString() {
        return """
               simulator: %,d seeds, %.2f virtual hours, %,d orders, %,d messages that left, %,d full checks
                 wire: %,d frames lost, %,d duplicated, %,d overtaken
                 died: %s; writer of %,d snapshots %,d; %,d recoveries
                 power lost %,d times with %,d sectors; %,d disks full, %,d slow writes
                 %,d sleeps, %,d clock steps, %,d refusals in words, %,d clients too late"""
                .formatted(
                        runs,
                        virtualNs / 3.6e12,
                        orders,
                        messages,
                        checks,
                        lost,
                        duplicated,
                        reordered,
                        deaths.entrySet().stream()
                                .map(death -> death.getKey() + " " + death.getValue())
                                .collect(Collectors.joining(", ")),
                        snapshots,
                        snapshotterDeaths,
                        recoveries,
                        powerLosses,
                        lostSectors,
                        fullDisks,
                        slowWrites,
                        stalls,
                        clockSteps,
                        refusals,
                        forgottenReports);
    }
}
