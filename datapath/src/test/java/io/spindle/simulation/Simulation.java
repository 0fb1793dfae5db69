package io.spindle.simulation;

import io.spindle.log.AckLevel;
import io.spindle.log.LogDamaged;
import io.spindle.oms.SessionTable;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One appliance, its clients, wire, disk and clock on one thread in virtual time. Everything that
 * happens follows from the seed: the same seed, the same run.
 *
 * <pre>
 *   faults and trading ──▶ faults stop ──▶ everything must come to rest ──▶ last check
 *        └ after every recovery: replay from the first command, compare with all that left
 * </pre>
 */
final class Simulation implements AutoCloseable {
    private static final long MS = 1_000_000L;
    private static final long REST_NS = 30_000 * MS;
    private static final long WRITE_NS = 20_000;
    private static final long HOUR_NS = 3_600_000 * MS;

    /** A system writes back what nobody has synced, sooner or later. */
    private static final int STEPS_PER_WRITE_BACK = 2_000;

    private final SplittableRandom random;
    private final SimPlan plan;
    private final SimNetwork network;
    private final SimDisk disk;
    private final SimAppliance appliance;
    private final Oracle oracle;
    private final List<SimTrader> traders = new ArrayList<>();
    private final SimReport report = new SimReport();
    private boolean faulty = true;
    private long tradingDueNs;
    private long mediaDueNs;
    private long diskFreeNs;
    private long asleepNs;
    private boolean powerLost;

    Simulation(final long seed, final Path folder, final Canary canary) throws IOException {
        random = new SplittableRandom(seed);
        plan = SimPlan.of(random.split());
        network = new SimNetwork(random.nextLong(), plan.network());
        disk = new SimDisk(random.split());
        appliance =
                new SimAppliance(folder, network, disk, plan, canary, SimAppliance.SERVER_ADDRESS);
        oracle = new Oracle(appliance, plan.ack() != AckLevel.RING);
        network.tap(oracle::onFrame);
        appliance.startTrading(0);
        appliance.startMedia();
        for (int number = 0; number < plan.traders(); number++) {
            traders.add(new SimTrader(network, oracle, number, random.split()));
        }
    }

    /**
     * Runs to the end.
     *
     * @throws Violation if anything happened that must not
     */
    SimReport run() throws IOException {
        try {
            while (network.nowNs() < plan.faultyNs()) {
                befall();
                step();
            }
            rest();
        } catch (final LogDamaged refusal) {
            if (!isRightToRefuse()) {
                throw refusal;
            }
            report.refusals++;
        }
        report.end(network, disk, oracle, traders);
        return report;
    }

    /** Without sync a loss of power may leave holes in front of later frames: words, no guess. */
    private boolean isRightToRefuse() {
        return powerLost && plan.ack() == AckLevel.RING;
    }

    /** Faults stop: all that is down comes up, and every question gets its answer. */
    private void rest() throws IOException {
        faulty = false;
        network.faults(SimFaults.NONE);
        disk.full(false);
        appliance.tradingDeath.disarm();
        appliance.mediaDeath.disarm();
        final long deadlineNs = network.nowNs() + REST_NS;
        while (!isAtRest()) {
            if (network.nowNs() > deadlineNs) {
                throw new Violation("no rest: " + describe());
            }
            step();
        }
        oracle.check();
    }

    private boolean isAtRest() {
        if (!appliance.isTrading() || !appliance.isRecording() || appliance.backlog() > 0) {
            return false;
        }
        for (int i = 0; i < traders.size(); i++) {
            final long next = appliance.engine().sessions().nextOutboundSequence(i);
            if (!traders.get(i).isSettled(next)) {
                return false;
            }
        }
        return true;
    }

    private String describe() {
        final StringBuilder words = new StringBuilder();
        words.append("trading ").append(appliance.isTrading());
        words.append(", recording ").append(appliance.isRecording());
        if (appliance.isTrading()) {
            words.append(", backlog ").append(appliance.backlog());
        }
        for (int i = 0; i < traders.size(); i++) {
            words.append("; ").append(traders.get(i).describe());
            if (appliance.isTrading()) {
                final SessionTable sessions = appliance.engine().sessions();
                words.append(" of ").append(sessions.nextOutboundSequence(i));
                words.append(sessions.isUp(i) ? ", up there" : ", down there");
            }
        }
        return words.toString();
    }

    private void step() throws IOException {
        network.advanceTo(network.nowNs() + 20_000 + random.nextInt(faulty ? 100_000 : 1_000_000));
        for (final SimTrader trader : traders) {
            trader.poll();
            if (trader.isStuck() && appliance.isTrading() && appliance.hasForgottenReports()) {
                trader.beginAfresh();
                report.forgottenReports++;
            }
            if (!faulty && trader.isMuddled()) {
                trader.beginAfresh();
            }
            if (faulty && random.nextInt(4) == 0) {
                trader.trade();
            }
        }
        stepTrading();
        stepMedia();
        stepSnapshotter();
        if (plan.ack() == AckLevel.RING && random.nextInt(STEPS_PER_WRITE_BACK) == 0) {
            disk.sync();
        }
    }

    private void stepTrading() throws IOException {
        if (!appliance.isTrading()) {
            if (network.nowNs() >= tradingDueNs) {
                recover();
            }
        } else if (network.nowNs() >= asleepNs) {
            try {
                appliance.tradingDeath.pass(CrashPoint.BETWEEN_TURNS);
                appliance.turn();
            } catch (final SimCrash death) {
                report.died(death);
                killTrading();
            }
        }
    }

    private void recover() throws IOException {
        try {
            appliance.startTrading(faulty && random.nextInt(8) == 0 ? 1 + random.nextInt(6) : 0);
            report.recoveries++;
            oracle.check();
        } catch (final SimCrash death) {
            report.died(death);
            killTrading();
        }
    }

    private void killTrading() {
        appliance.killTrading();
        tradingDueNs = network.nowNs() + random.nextInt(20) * MS;
    }

    private void stepMedia() throws IOException {
        if (!appliance.isRecording()) {
            if (network.nowNs() >= mediaDueNs) {
                appliance.startMedia();
            }
        } else {
            if (disk.isFull() && network.nowNs() >= diskFreeNs) {
                disk.full(false);
            }
            final boolean slow = faulty && random.nextInt(100) < plan.slowDiskPercent();
            report.slowWrites += slow ? 1 : 0;
            try {
                appliance.record(slow ? 100 * WRITE_NS : WRITE_NS);
            } catch (final SimCrash death) {
                report.died(death);
                killMedia();
            }
        }
    }

    private void killMedia() {
        appliance.killMedia();
        mediaDueNs = network.nowNs() + random.nextInt(20) * MS;
    }

    private void stepSnapshotter() throws IOException {
        if (random.nextInt(20) == 0 && appliance.snapshot()) {
            report.snapshots++;
            if (faulty && plan.powerLossNs() > 0 && random.nextInt(10) == 0) {
                losePower();
            }
        }
    }

    /** What the seed has in store for this step. */
    private void befall() throws IOException {
        if (strikes(plan.tradingDeathNs()) && appliance.isTrading()) {
            final CrashPoint point = any(CrashPoint.OF_TRADING);
            appliance.tradingDeath.arm(point, 1 + random.nextInt(20));
        }
        if (strikes(plan.mediaDeathNs()) && appliance.isRecording()) {
            appliance.mediaDeath.arm(any(CrashPoint.OF_MEDIA), 1 + random.nextInt(10));
        }
        if (strikes(plan.snapshotDeathNs())) {
            appliance.killSnapshotter();
            report.snapshotterDeaths++;
        }
        if (strikes(plan.powerLossNs())) {
            losePower();
        }
        if (strikes(plan.diskFullNs())) {
            disk.full(true);
            diskFreeNs = network.nowNs() + random.nextInt(200) * MS;
            report.fullDisks++;
        }
        if (strikes(plan.stallNs())) {
            asleepNs = network.nowNs() + random.nextInt(1_500) * MS;
            report.stalls++;
        }
        if (strikes(plan.clockStepNs())) {
            appliance.stepUtc(random.nextLong(-HOUR_NS, HOUR_NS));
            report.clockSteps++;
        }
    }

    private void losePower() throws IOException {
        powerLost = true;
        oracle.onPowerLoss();
        report.powerLosses++;
        appliance.losePower();
        killTrading();
        killMedia();
    }

    private CrashPoint any(final CrashPoint[] points) {
        return points[random.nextInt(points.length)];
    }

    /** True with the chance that makes this happen once in {@code meanNs}; 0 = never. */
    private boolean strikes(final long meanNs) {
        return meanNs > 0 && random.nextLong(meanNs) < 70_000;
    }

    @Override
    public void close() throws IOException {
        appliance.close();
    }
}
