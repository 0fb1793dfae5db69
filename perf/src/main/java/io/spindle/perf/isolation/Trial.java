package io.spindle.perf.isolation;

import io.spindle.perf.Progress;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.load.AbbaRounds;
import io.spindle.perf.load.AbbaSetup;

import org.HdrHistogram.Histogram;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * One disturbance after another upon a running appliance: rounds in which orders are timed, and
 * then, not timed, one more of it in which the hot thread is traced and a subscriber is cut off.
 */
final class Trial {
    private static final Duration SETTLING = Duration.ofMillis(50);

    /** On a core that four processes, the rig and the disturbance share. */
    private static final Duration CATCHING_UP = Duration.ofMinutes(10);

    private final AbbaSetup.Running running;
    private final PrintWriter progress;
    private final Appliance appliance;
    private final Completeness completeness;

    /**
     * @param progress where to tell how far the rounds are
     */
    Trial(final AbbaSetup.Running running, final PrintWriter progress) {
        this.running = running;
        this.progress = progress;
        appliance = running.appliance();
        completeness = new Completeness(appliance, running.rig()::executions);
    }

    /**
     * What the rounds said.
     *
     * @param stays in the appliance, by its own stamps: what is judged
     * @param roundTrips at the rig, from when a message was due: told beside it
     * @param longestNs the longest disturbance, ns
     */
    record Rounds(AbbaRounds stays, AbbaRounds roundTrips, long longestNs) {
        /** A line about what is told and not judged. */
        String beside() {
            final AbbaRounds.Ratio ratio = roundTrips.ratio();
            return String.format(
                    Locale.ROOT,
                    "  disturbed for up to %.1f s; round trips at the rig, not judged: ratio of p99"
                            + " %.3f, %.3f to %.3f%n",
                    longestNs / 1e9,
                    ratio.estimate(),
                    ratio.low(),
                    ratio.high());
        }
    }

    /**
     * What one more disturbance led to.
     *
     * @param calls of the hot thread while it lasted, in words
     * @param isClean whether these were receive and send calls, and nothing else
     * @param missing what mgmt or a subscriber lacked in the end; empty = nothing
     */
    record Aftermath(String calls, boolean isClean, String missing) {
        boolean isGood() {
            return isClean && missing.isEmpty();
        }
    }

    /** Timed blocks of one kind. */
    private record Blocks(Histogram stays, Histogram roundTrips) {
        void add(final Blocks more) {
            stays.add(more.stays);
            roundTrips.add(more.roundTrips);
        }
    }

    /**
     * Plays rounds.
     *
     * @param longest how long the last round's disturbance lasts at least, and its quiet as well;
     *     one block each time where that is longer
     */
    Rounds play(final Disturbance disturbance, final int count, final Duration longest)
            throws Exception {
        final AbbaRounds stays = new AbbaRounds();
        final AbbaRounds roundTrips = new AbbaRounds();
        long longestNs = 0;
        try (Progress bar = new Progress(progress, disturbance.label(), count)) {
            for (int round = 1; round <= count; round++) {
                final Duration half = round < count ? Duration.ZERO : longest.dividedBy(2);
                final Blocks quiet = blocks(half);
                final long beginNs = System.nanoTime();
                final Blocks disturbed = disturbed(disturbance, half);
                longestNs = Math.max(longestNs, System.nanoTime() - beginNs);
                Thread.sleep(SETTLING);
                quiet.add(blocks(half));
                stays.add(quiet.stays, disturbed.stays);
                roundTrips.add(quiet.roundTrips, disturbed.roundTrips);
                bar.reached(round);
            }
        }
        return new Rounds(stays, roundTrips, longestNs);
    }

    private Blocks disturbed(final Disturbance disturbance, final Duration half) throws Exception {
        final AutoCloseable end = begin(disturbance);
        try {
            Thread.sleep(SETTLING);
            final Blocks blocks = blocks(half);
            blocks.add(blocks(half));
            return blocks;
        } finally {
            end(end);
        }
    }

    private AutoCloseable begin(final Disturbance disturbance) throws Exception {
        return running.keepingUp(() -> disturbance.begin(appliance));
    }

    private void end(final AutoCloseable disturbance) throws Exception {
        running.keepingUp(
                () -> {
                    disturbance.close();
                    return true;
                });
    }

    /** One, and more until the time is over. */
    private Blocks blocks(final Duration atLeast) {
        final long endNs = System.nanoTime() + atLeast.toNanos();
        final Blocks blocks = block();
        while (System.nanoTime() - endNs < 0) {
            blocks.add(block());
        }
        return blocks;
    }

    private Blocks block() {
        return new Blocks(running.block(), running.rig().roundTrips());
    }

    /** Traces the hot thread in one more disturbance; afterwards everything is to be there. */
    Aftermath trace(final Disturbance disturbance) throws Exception {
        final String missing = running.keepingUp(() -> completeness.await(CATCHING_UP));
        if (!missing.isEmpty()) {
            return new Aftermath("not traced", false, missing);
        }
        final CutSubscriber subscriber = running.keepingUp(() -> CutSubscriber.cut(appliance));
        final long accepted = completeness.accepted();
        final String calls;
        final boolean isClean;
        if (Files.isExecutable(HotThread.STRACE)) {
            final Set<String> seen = calls(disturbance);
            isClean = HotThread.isDatagramsOnly(seen);
            calls = seen + (isClean ? "" : " NOT ONLY RECEIVE AND SEND");
        } else {
            isClean = false;
            calls = "calls NOT SEEN without strace";
        }
        return new Aftermath(
                calls, isClean, running.keepingUp(() -> missing(subscriber, accepted)));
    }

    private String missing(final CutSubscriber subscriber, final long accepted) throws Exception {
        final String missing = completeness.await(CATCHING_UP);
        return missing.isEmpty()
                ? subscriber.missed(completeness.accepted() - accepted, completeness.logged())
                : missing;
    }

    private Set<String> calls(final Disturbance disturbance) throws Exception {
        final Path output = appliance.folder().path().resolve("strace.txt");
        final AutoCloseable end = begin(disturbance);
        try {
            final HotThread hot = HotThread.of(appliance.folder());
            final HotThread.Watch watch = running.keepingUp(() -> hot.watch(output));
            try {
                running.trickle();
            } finally {
                running.keepingUp(
                        () -> {
                            watch.stop();
                            return true;
                        });
            }
            return watch.calls();
        } finally {
            end(end);
        }
    }
}
