package io.spindle.perf.isolation;

import io.spindle.perf.Progress;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.load.AbbaRounds;
import io.spindle.perf.load.AbbaSetup;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One disturbance after another upon a running appliance: rounds in which orders are timed, and
 * then, not timed, one more of it in which the hot thread is traced and a subscriber is cut off.
 */
final class Trial {
    /** Of a long disturbance. */
    private static final int PAIRS = 10;

    private static final Duration SETTLING = Duration.ofMillis(50);

    /** On a core that four processes, the rig and the disturbance share. */
    private static final Duration CATCHING_UP = Duration.ofMinutes(10);

    private final AbbaSetup.Running running;
    private final PrintWriter progress;
    private final Appliance appliance;
    private final Completeness completeness;
    private long lastedNs;

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

    /** Plays rounds; mgmt has caught up before each quiet block, so that it is one. */
    Rounds play(final Disturbance disturbance, final int count) throws Exception {
        final AbbaRounds stays = new AbbaRounds();
        final AbbaRounds roundTrips = new AbbaRounds();
        long longestNs = 0;
        try (Progress bar = new Progress(progress, disturbance.label(), count)) {
            for (int round = 1; round <= count; round++) {
                final Blocks quiet = block();
                final Blocks disturbed = sum(disturbed(disturbance, 2));
                longestNs = Math.max(longestNs, lastedNs);
                quiet.add(block());
                stays.add(quiet.stays, disturbed.stays);
                roundTrips.add(quiet.roundTrips, disturbed.roundTrips);
                bar.reached(round);
            }
        }
        return new Rounds(stays, roundTrips, longestNs);
    }

    /**
     * Plays one round whose disturbance lasts long, and tells it as ten: each tenth of it beside
     * the same tenths of the quiet time before and behind it.
     *
     * @param length of the disturbance at least; the quiet time before and behind is half of it
     */
    Rounds playLong(final Disturbance disturbance, final Duration length) throws Exception {
        final AbbaRounds stays = new AbbaRounds();
        final AbbaRounds roundTrips = new AbbaRounds();
        final Duration block = running.blockLength();
        final int half = (int) Math.max(PAIRS, length.dividedBy(2).dividedBy(block) + 1);
        final List<Blocks> before = blocks(half);
        final List<Blocks> disturbed = disturbed(disturbance, 2 * half);
        final long longestNs = lastedNs;
        final List<Blocks> behind = blocks(half);
        for (int pair = 0; pair < PAIRS; pair++) {
            final Blocks quiet = tenth(before, pair);
            quiet.add(tenth(behind, pair));
            final Blocks other = tenth(disturbed, pair);
            stays.add(quiet.stays, other.stays);
            roundTrips.add(quiet.roundTrips, other.roundTrips);
        }
        return new Rounds(stays, roundTrips, longestNs);
    }

    private static Blocks tenth(final List<Blocks> blocks, final int number) {
        final int size = blocks.size();
        return sum(blocks.subList(number * size / PAIRS, (number + 1) * size / PAIRS));
    }

    private static Blocks sum(final List<Blocks> blocks) {
        final Blocks sum = new Blocks(new Histogram(3), new Histogram(3));
        blocks.forEach(sum::add);
        return sum;
    }

    /** Blocks while it lasts; what it held up has been caught up with when they are returned. */
    private List<Blocks> disturbed(final Disturbance disturbance, final int count)
            throws Exception {
        final List<Blocks> blocks;
        final long beginNs = System.nanoTime();
        final AutoCloseable end = begin(disturbance);
        try {
            Thread.sleep(SETTLING);
            blocks = blocks(count);
            lastedNs = System.nanoTime() - beginNs;
        } finally {
            end(end);
        }
        final String missing = running.keepingUp(() -> completeness.await(CATCHING_UP));
        if (!missing.isEmpty()) {
            throw new IOException(disturbance.label() + ", not caught up: " + missing);
        }
        return blocks;
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

    private List<Blocks> blocks(final int count) {
        final List<Blocks> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
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
