package io.spindle.perf.demo;

import io.spindle.log.DataFolder;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.oms.NoEvents;
import io.spindle.replica.Replica;

import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a second engine over the recorded log and compares its digest of all events with the one
 * that the trading process reports of itself.
 */
final class DigestCheck {
    private static final int FRAMES = 64;
    private static final long IDLE_NS = 200_000L;

    /** Counters are written once a turn; a replica that is level for this long is as it will be. */
    private static final long COUNTERS_LAG_NS = 2_000_000_000L;

    private final DataFolder folder;

    DigestCheck(final DataFolder folder) {
        this.folder = folder;
    }

    /** Both digests, each with the sequence at which it was taken. */
    record Digests(long tradingSequence, long trading, long replicaSequence, long replica) {
        boolean areEqual() {
            return trading == replica && replicaSequence >= tradingSequence;
        }

        @Override
        public String toString() {
            return areEqual()
                    ? String.format(
                            Locale.ROOT,
                            "digest equal %016x at sequence %d",
                            trading,
                            tradingSequence)
                    : String.format(
                            Locale.ROOT,
                            "digest DIFFERENT: trading %016x at sequence %d, replica %016x at %d",
                            trading,
                            tradingSequence,
                            replica,
                            replicaSequence);
        }
    }

    /**
     * The market must have come to rest: what is logged from now on (time, sessions) makes no
     * events.
     */
    Digests compare(final Duration patience) throws IOException {
        final CountersReader counters = LoopCounters.read(folder.counters());
        final NoEvents silence = new NoEvents();
        try (Replica replica =
                new Replica(folder, folder.engineConfig(), silence, silence, silence)) {
            long endNs = System.nanoTime() + patience.toNanos();
            Digests digests = read(counters, replica);
            while (!digests.areEqual()
                    && replica.alarm().isEmpty()
                    && System.nanoTime() - endNs < 0) {
                final boolean behind = digests.replicaSequence < digests.tradingSequence;
                if (replica.poll(FRAMES) == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
                digests = read(counters, replica);
                if (behind && digests.replicaSequence >= digests.tradingSequence) {
                    endNs = Math.min(endNs, System.nanoTime() + COUNTERS_LAG_NS);
                }
            }
            return digests;
        }
    }

    private static Digests read(final CountersReader counters, final Replica replica) {
        return new Digests(
                counters.getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal()),
                counters.getCounterValue(LoopCounter.EVENT_DIGEST.ordinal()),
                replica.engine().sequence(),
                replica.engine().eventDigest());
    }
}
