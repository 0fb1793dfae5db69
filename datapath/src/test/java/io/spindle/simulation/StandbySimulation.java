package io.spindle.simulation;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;
import io.spindle.standby.SimStandby;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A primary whose answers wait for its standby, on one thread in virtual time. Its processes die
 * and stand still, in the middle of a turn too; the wire between the two is cut, and a stranger
 * talks on it. Then the standby takes over, whether the primary is dead, asleep, cut off or well.
 *
 * <pre>
 *   faults and trading ──▶ no more promises ──▶ takes over ──▶ clients turn to it ──▶ rest, check
 * </pre>
 *
 * <p>Held throughout: once the standby has taken over nothing leaves the primary, but for the rest
 * of a turn in which it stood still; and whatever has left it is in the standby's log.
 */
final class StandbySimulation implements AutoCloseable {
    private static final long MS = 1_000_000L;
    private static final long WRITE_NS = 20_000;
    private static final long REST_NS = 30_000 * MS;
    private static final int TRADERS = 2;
    private static final int STEPS_AFTERWARDS = 3_000;

    /** Behind the Ethernet header and the first twelve bytes of IPv4's. */
    private static final int SOURCE_ADDRESS_OFFSET = 26;

    private final SplittableRandom random;
    private final SimNetwork network;
    private final SimDisk disk;
    private final SimPlan plan;
    private final Path folder;
    private final SimStandby standby;
    private final SimPrimary primary;
    private final Oracle oracle;
    private final List<SimTrader> traders = new ArrayList<>();
    private final StandbyReport report = new StandbyReport();
    private final boolean impatient;
    private SimAppliance successor;
    private long cutNs;

    /**
     * @param impatient a bug on purpose: the standby takes over although it has promised not to
     */
    StandbySimulation(final long seed, final Path folder, final boolean impatient)
            throws IOException {
        this.folder = folder;
        this.impatient = impatient;
        random = new SplittableRandom(seed);
        plan = SimPlan.of(random.split()).waitingFor(AckLevel.REPLICATED);
        network = new SimNetwork(random.nextLong(), plan.network());
        disk = new SimDisk(random.split());
        final SimAppliance box = box("primary", plan, SimAppliance.SERVER_ADDRESS);
        standby =
                new SimStandby(
                        box.folder,
                        new DataFolder(folder.resolve("standby")),
                        SimAppliance.ENGINE,
                        random.split());
        oracle = new Oracle(box, true);
        primary = new SimPrimary(box, standby, random.split(), report);
        network.tap(oracle::onFrame);
        for (int number = 0; number < TRADERS; number++) {
            traders.add(new SimTrader(network, oracle, number, random.split()));
        }
        network.tap(this::onFrame);
    }

    private SimAppliance box(final String name, final SimPlan with, final int address)
            throws IOException {
        return new SimAppliance(folder.resolve(name), network, disk, with, Canary.NONE, address);
    }

    /** Nobody may hear from two. */
    private void onFrame(final byte[] frame) {
        if (primary.mustBeSilent() && source(frame) == SimAppliance.SERVER_ADDRESS) {
            throw new Violation("the old primary speaks although it was replaced");
        }
    }

    private static int source(final byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(SOURCE_ADDRESS_OFFSET);
    }

    /**
     * Runs to the end.
     *
     * @throws Violation if anything happened that must not
     */
    StandbyReport run() throws IOException {
        final long endNs = plan.faultyNs();
        while (network.nowNs() < endNs) {
            primary.befall(plan, network.nowNs());
            if (plan.powerLossNs() > 0 && random.nextLong(plan.powerLossNs()) < 110_000) {
                cutNs = network.nowNs() + random.nextInt(2_000) * MS;
                report.cuts++;
            }
            step();
        }
        if (random.nextInt(3) == 0) {
            report.deadAtPromotion++;
            primary.die();
        } else if (random.nextBoolean()) {
            sleepThroughIt();
        }
        takeOver();
        settle();
        report.end(network, oracle, traders, standby);
        return report;
    }

    /** The primary stands still in the middle of a turn until it has been replaced. */
    private void sleepThroughIt() throws IOException {
        primary.sleepDuring(
                () -> {
                    report.sleptInATurn++;
                    try {
                        takeOver();
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        for (int i = 0; i < STEPS_AFTERWARDS && successor == null; i++) {
            step();
        }
        primary.box.tradingDeath.disarm();
    }

    private void takeOver() throws IOException {
        if (successor != null) {
            return;
        }
        standby.fallSilent();
        while (!impatient && !standby.mayTakeOver(network.nowNs())) {
            step();
        }
        standby.takeOver();
        primary.replaced();
        successor = box("standby", plan.waitingFor(AckLevel.RING), SimAppliance.SUCCESSOR_ADDRESS);
        oracle.follow(successor);
        successor.startTrading(0);
        successor.startMedia();
        oracle.check();
        traders.forEach(trader -> trader.turnTo(SimAppliance.SUCCESSOR_ADDRESS));
    }

    /** The old one wakes and is heard no more; the new one answers everything. */
    private void settle() throws IOException {
        network.faults(SimFaults.NONE);
        cutNs = 0;
        final long deadlineNs = network.nowNs() + REST_NS;
        for (int steps = 0; steps < STEPS_AFTERWARDS || !isAtRest(); steps++) {
            if (network.nowNs() > deadlineNs) {
                throw new Violation(
                        "no rest: " + traders.stream().map(SimTrader::describe).toList());
            }
            for (final SimTrader trader : traders) {
                if (trader.isMuddled() || trader.isStuck() && successor.hasForgottenReports()) {
                    trader.beginAfresh();
                }
            }
            step();
        }
        oracle.check();
    }

    private boolean isAtRest() {
        for (int i = 0; i < traders.size(); i++) {
            final long next = successor.engine().sessions().nextOutboundSequence(i);
            if (!traders.get(i).isSettled(next)) {
                return false;
            }
        }
        return successor.backlog() == 0;
    }

    private void step() throws IOException {
        network.advanceTo(network.nowNs() + 20_000 + random.nextInt(200_000));
        final long nowNs = network.nowNs();
        for (final SimTrader trader : traders) {
            trader.poll();
            if (successor == null && random.nextInt(4) == 0) {
                trader.trade();
            }
        }
        primary.turn(nowNs);
        standby.cut(nowNs < cutNs);
        standby.turn(nowNs, primary.box.recorded());
        if (successor != null && successor.isTrading()) {
            successor.turn();
            successor.record(WRITE_NS);
        }
    }

    @Override
    public void close() throws IOException {
        CloseHelper.closeAll(standby, primary.box, successor);
    }
}
