package io.spindle.perf.soak;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.jvm.FlightLog;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;
import io.spindle.perf.load.OwnCore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Loads an appliance of its own for a while, profile after profile, and looks at it once a second.
 */
final class Soak {
    private static final Duration SETTLING = Duration.ofSeconds(180);
    private static final int SESSIONS = 4;
    private static final int FASTER = 2;

    /** A twentieth of a core. */
    private static final long RESTING_TICKS = 5;

    private static final long LOOK_MS = 1_000;

    private final List<SoakSample> samples = new ArrayList<>();
    private final List<LoadResult> results = new ArrayList<>();

    /**
     * The recording names an allocation when a thread asks for another piece of the heap: by
     * default once in a megabyte or so, far more than a thread should want that allocates nothing.
     */
    private static final String SEEN_EARLY = " -XX:TLABSize=8k -XX:MinTLABSize=2k -XX:-ResizeTLAB";

    private final Consumer<String> out;
    private final Path recording;
    private final Appliance.Options options;
    private final OwnCore core;
    private final long remembered;
    private IOException failure;

    /**
     * @param remembered messages to play before the clock starts, so that every history that mgmt
     *     keeps is full
     */
    Soak(
            final Path folder,
            final int portBase,
            final String api,
            final OwnCore core,
            final long remembered,
            final Consumer<String> out)
            throws IOException {
        this.core = core;
        this.remembered = remembered;
        this.out = out;
        recording = folder.resolve("trading.jfr");
        final List<String> jvm = new ArrayList<>(core.jvmArguments());
        jvm.add("-Dspindle.child.jvm.args.trading=" + FlightLog.argument(recording) + SEEN_EARLY);
        options = new Appliance.Options(folder, portBase, api, jvm, core.runArguments());
    }

    /**
     * Runs it.
     *
     * @param slice how long one profile is played before the next one's turn
     * @return true when everything stayed flat and every slice of load was served
     * @throws IllegalArgumentException by {@link SoakVerdict#checkTimes}, before anything starts
     */
    boolean run(final Duration duration, final Duration slice, final long rate) throws Exception {
        SoakVerdict.checkTimes(duration, slice);
        final Instant start;
        final int playedBefore;
        final long livingBefore;
        final long livingAfter;
        try (AutoCloseable _ = core.clear();
                Appliance appliance = new Appliance(options)) {
            appliance.awaitOpen();
            play(appliance, Duration.ofSeconds(2), rate, LoadProfile.CONSTANT);
            fill(appliance, slice, rate);
            try (ApplianceProbe probe = new ApplianceProbe(appliance.folder())) {
                settle(appliance, probe, slice, rate);
                start = Instant.now();
                final long startNs = System.nanoTime();
                final Thread watcher = Thread.ofPlatform().start(() -> watch(probe, startNs));
                out.accept(LoadResult.HEAD);
                final long halfNs = duration.toNanos() * SoakVerdict.MIDDLE_FIFTHS / 5;
                playUntil(appliance, startNs + halfNs, slice, rate);
                playedBefore = results.size();
                livingBefore = probe.livingKib();
                playUntil(appliance, startNs + duration.toNanos(), slice, rate);
                livingAfter = probe.livingKib();
                watcher.interrupt();
                watcher.join();
            }
        }
        if (failure != null) {
            throw failure;
        }
        final SoakVerdict verdict = new SoakVerdict(samples);
        verdict.judgeLiving(livingBefore, livingAfter);
        verdict.judgeJvm(FlightLog.read(recording), start);
        out.accept(
                "judged from second %.0f, halves divided at second %.0f: first half, second half"
                        .formatted(verdict.beginS(), verdict.middleS()));
        verdict.lines().forEach(out);
        final long failed = results.stream().filter(result -> !result.isValid()).count();
        out.accept(
                "%d of %d slices missed their rate or lost messages"
                        .formatted(failed, results.size()));
        final int playedAfter = results.size() - playedBefore;
        if (playedAfter == 0) {
            out.accept("NOT FLAT: nothing was played in the second half");
        }
        return verdict.isFlat() && failed == 0 && playedAfter > 0;
    }

    private void playUntil(
            final Appliance appliance, final long endNs, final Duration slice, final long rate)
            throws IOException {
        final LoadProfile[] profiles = LoadProfile.values();
        while (System.nanoTime() - endNs < 0) {
            final LoadProfile next = profiles[results.size() % profiles.length];
            results.add(play(appliance, slice, rate, next));
            out.accept(results.getLast().row());
        }
    }

    /** Twice as fast as the load that is judged, and mgmt has read all of it before that begins. */
    private void fill(final Appliance appliance, final Duration slice, final long rate)
            throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        long refused = 0;
        long unanswered = 0;
        for (long played = 0; played < remembered; played += FASTER * rate * slice.toSeconds()) {
            final LoadResult result = play(appliance, slice, FASTER * rate, LoadProfile.CONSTANT);
            refused += result.refused();
            unanswered += result.unanswered();
        }
        final long wanted =
                LoopCounters.read(appliance.folder().counters())
                        .getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal());
        while (appliance.rest().get("/v1/instruments").path("sequence").asLong() < wanted) {
            Thread.sleep(LOOK_MS);
        }
        out.accept(
                "%,d messages remembered after %d s; %,d refused, %,d never answered"
                        .formatted(
                                remembered,
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs),
                                refused,
                                unanswered));
    }

    /**
     * What the load needs is compiled before the clock starts: until the compiler has rested while
     * each profile was played, or its time is up.
     */
    private void settle(
            final Appliance appliance,
            final ApplianceProbe probe,
            final Duration slice,
            final long rate)
            throws IOException {
        final LoadProfile[] profiles = LoadProfile.values();
        final long beginNs = System.nanoTime();
        int resting = 0;
        for (int i = 0;
                resting < profiles.length && System.nanoTime() - beginNs < SETTLING.toNanos();
                i++) {
            final long before = probe.compilerTicks();
            play(appliance, slice, rate, profiles[i % profiles.length]);
            final long used = probe.compilerTicks() - before;
            resting = used <= RESTING_TICKS * slice.toSeconds() ? resting + 1 : 0;
        }
        out.accept(
                "%s after %d s"
                        .formatted(
                                resting == profiles.length ? "settled" : "still compiling",
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs)));
    }

    private static LoadResult play(
            final Appliance appliance,
            final Duration slice,
            final long rate,
            final LoadProfile profile)
            throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, SESSIONS)) {
            return rig.run(rate, Duration.ZERO, slice);
        }
    }

    private void watch(final ApplianceProbe probe, final long startNs) {
        try {
            while (true) {
                final long elapsedNs = System.nanoTime() - startNs;
                samples.add(probe.look((double) elapsedNs / TimeUnit.SECONDS.toNanos(1)));
                Thread.sleep(LOOK_MS);
            }
        } catch (final IOException e) {
            failure = e;
        } catch (final InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
