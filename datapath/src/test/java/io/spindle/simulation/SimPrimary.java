package io.spindle.simulation;

import io.spindle.log.LogDamaged;
import io.spindle.standby.SimStandby;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SplittableRandom;

/**
 * A primary with a standby in a simulation: its two processes die, come back, and stand still,
 * between turns or in the middle of one.
 */
final class SimPrimary {
    private static final long MS = 1_000_000L;
    private static final long WRITE_NS = 20_000;
    private static final long NEVER = Long.MAX_VALUE;

    final SimAppliance box;
    private final SimStandby standby;
    private final SplittableRandom random;
    private final StandbyReport report;
    private boolean replaced;
    private boolean fenced;
    private boolean inATurn;
    private boolean sleptInThisTurn;
    private long tradingDueNs;
    private long mediaDueNs;
    private long tradingAsleepNs;
    private long mediaAsleepNs;

    SimPrimary(
            final SimAppliance box,
            final SimStandby standby,
            final SplittableRandom random,
            final StandbyReport report)
            throws IOException {
        this.box = box;
        this.standby = standby;
        this.random = random;
        this.report = report;
        box.startTrading(0);
        startMedia();
    }

    /** From now on it may say nothing, and will be told so. */
    void replaced() {
        replaced = true;
    }

    /**
     * True while it may not say anything: but for the rest of a turn in which it stood still, for
     * all it knows behind its second look at the lease.
     */
    boolean mustBeSilent() {
        return replaced && !sleptInThisTurn;
    }

    /** What its plan has in store for this moment. */
    void befall(final SimPlan plan, final long nowNs) {
        if (strikes(plan.tradingDeathNs()) && box.isTrading()) {
            box.tradingDeath.arm(any(CrashPoint.OF_TRADING), 1 + random.nextInt(20));
        }
        if (strikes(plan.mediaDeathNs()) && box.isRecording()) {
            box.mediaDeath.arm(any(CrashPoint.OF_MEDIA), 1 + random.nextInt(10));
        }
        if (strikes(plan.stallNs())) {
            tradingAsleepNs = nowNs + random.nextInt(2_500) * MS;
            report.sleeps++;
        }
        if (strikes(plan.stallNs())) {
            mediaAsleepNs = nowNs + random.nextInt(1_500) * MS;
            report.sleeps++;
        }
    }

    private CrashPoint any(final CrashPoint[] points) {
        return points[random.nextInt(points.length)];
    }

    private boolean strikes(final long meanNs) {
        return meanNs > 0 && random.nextLong(meanNs) < 110_000;
    }

    /** Dies for good. */
    void die() {
        box.killTrading();
        killMedia();
        tradingDueNs = NEVER;
        mediaDueNs = NEVER;
    }

    /** Stands still at its next passing of some point in a turn, for as long as this takes. */
    void sleepDuring(final Runnable world) {
        final CrashPoint[] points = {
            CrashPoint.RECEIVED, CrashPoint.COMMITTED, CrashPoint.PACKET_WRITTEN
        };
        final CrashPoint point = any(points);
        box.tradingDeath.arm(
                point,
                1 + random.nextInt(10),
                () -> {
                    sleptInThisTurn = point != CrashPoint.RECEIVED;
                    mediaAsleepNs = NEVER;
                    world.run();
                    mediaAsleepNs = 0;
                });
    }

    void turn(final long nowNs) throws IOException {
        if (!inATurn && nowNs >= tradingAsleepNs) {
            turnTrading(nowNs);
        }
        if (!fenced && nowNs >= mediaAsleepNs) {
            turnMedia(nowNs);
        }
    }

    private void turnTrading(final long nowNs) throws IOException {
        if (!box.isTrading()) {
            if (nowNs >= tradingDueNs) {
                restartTrading();
            }
            return;
        }
        inATurn = true;
        try {
            box.tradingDeath.pass(CrashPoint.BETWEEN_TURNS);
            box.turn();
        } catch (final SimCrash death) {
            report.deaths++;
            box.killTrading();
            tradingDueNs = nowNs + random.nextInt(20) * MS;
        } finally {
            inATurn = false;
            sleptInThisTurn = false;
        }
    }

    private void restartTrading() throws IOException {
        try {
            box.startTrading(0);
        } catch (final LogDamaged refusal) {
            if (!fenced) {
                throw refusal;
            }
            tradingDueNs = NEVER;
        }
    }

    private void turnMedia(final long nowNs) throws IOException {
        if (!box.isRecording()) {
            if (nowNs >= mediaDueNs) {
                startMedia();
            }
            return;
        }
        try {
            standby.primaryTurn(nowNs);
            box.record(WRITE_NS);
        } catch (final SimCrash death) {
            report.deaths++;
            killMedia();
            mediaDueNs = nowNs + random.nextInt(20) * MS;
        } catch (final LogDamaged refusal) {
            if (!replaced) {
                throw refusal;
            }
            fenced = true;
            report.fenced++;
            killMedia();
        }
    }

    private void startMedia() throws IOException {
        if (Files.exists(box.folder.logRing())) {
            box.startMedia();
            standby.primaryBegins();
        }
    }

    private void killMedia() {
        box.killMedia();
        standby.primaryEnds();
    }
}
