package io.spindle.simulation;

import io.spindle.log.AckLevel;
import io.spindle.sim.SimFaults;

import java.util.SplittableRandom;

/**
 * What befalls one run, drawn from its seed: every run has its own mixture, and some faults not at
 * all, so that rare combinations come up as often as common ones.
 *
 * @param ack how safe a command must be before its answers leave
 * @param traders clients
 * @param faultyNs virtual time with faults; then they stop and the run must come to rest
 * @param network what the wire does
 * @param tradingDeathNs mean time between deaths of the trading process, 0 = never
 * @param mediaDeathNs of the media process
 * @param snapshotDeathNs of the snapshot's writer, in the middle of one
 * @param powerLossNs of the box
 * @param diskFullNs mean time between full disks
 * @param stallNs mean time between sleeps of the trading process
 * @param clockStepNs mean time between steps of UTC
 * @param slowDiskPercent of writes that take a hundred times longer
 * @param snapshotEvery commands between two snapshots
 */
record SimPlan(
        AckLevel ack,
        int traders,
        long faultyNs,
        SimFaults network,
        long tradingDeathNs,
        long mediaDeathNs,
        long snapshotDeathNs,
        long powerLossNs,
        long diskFullNs,
        long stallNs,
        long clockStepNs,
        int slowDiskPercent,
        int snapshotEvery) {
    private static final long MS = 1_000_000L;

    static SimPlan of(final SplittableRandom random) {
        return new SimPlan(
                random.nextBoolean() ? AckLevel.SYNCED : AckLevel.RING,
                2 + random.nextInt(3),
                (1_000 + random.nextInt(3_000)) * MS,
                new SimFaults(
                        ppm(random, 200_000),
                        ppm(random, 200_000),
                        ppm(random, 200_000),
                        5_000,
                        5_000 + random.nextInt(500_000),
                        random.nextInt(1_000_000)),
                mean(random, 50, 800),
                mean(random, 50, 800),
                mean(random, 200, 1_000),
                mean(random, 300, 2_000),
                mean(random, 300, 2_000),
                mean(random, 200, 2_000),
                mean(random, 100, 1_000),
                random.nextInt(4) == 0 ? random.nextInt(20) : 0,
                200 + random.nextInt(2_000));
    }

    /** The same with another level. */
    SimPlan waitingFor(final AckLevel level) {
        return new SimPlan(
                level,
                traders,
                faultyNs,
                network,
                tradingDeathNs,
                mediaDeathNs,
                snapshotDeathNs,
                powerLossNs,
                diskFullNs,
                stallNs,
                clockStepNs,
                slowDiskPercent,
                snapshotEvery);
    }

    private static int ppm(final SplittableRandom random, final int max) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(max);
    }

    private static long mean(final SplittableRandom random, final int minMs, final int maxMs) {
        return random.nextInt(3) == 0 ? 0 : (minMs + random.nextInt(maxMs - minMs)) * MS;
    }
}
