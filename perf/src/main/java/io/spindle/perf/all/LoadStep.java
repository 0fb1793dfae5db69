package io.spindle.perf.all;

import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.load.AppliancePorts;
import io.spindle.perf.load.Environment;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;
import io.spindle.perf.load.OwnCore;
import io.spindle.perf.load.RateLadder;
import io.spindle.perf.load.ResultFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole appliance on the loopback, its loop on a core of its own: at rising rates until one is
 * not served, then every load profile.
 */
final class LoadStep {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int SESSIONS = 4;

    /** Where a quick climb ends: a machine that all share serves what is below. */
    private static final long QUICK_END = 4_000;

    private final PrintWriter out;
    private final OwnCore core;
    private final Duration run;
    private final long end;
    private final List<LoadResult> results = new ArrayList<>();
    private long saturation;

    /**
     * @param seconds length of each run
     */
    LoadStep(final PrintWriter out, final OwnCore core, final int seconds) {
        this(out, core, seconds, RateLadder.HIGHEST_RATE);
    }

    private LoadStep(final PrintWriter out, final OwnCore core, final int seconds, final long end) {
        this.out = out;
        this.core = core;
        this.run = Duration.ofSeconds(seconds);
        this.end = end;
    }

    /**
     * Runs of a second on a short ladder: above saturation a run waits for half a minute, twice,
     * for answers that never come.
     */
    static LoadStep quick(final PrintWriter out, final OwnCore core) {
        return new LoadStep(out, core, 1, QUICK_END);
    }

    /** The highest rate that was served; 0 before the climb and when there is none. */
    long saturation() {
        return saturation;
    }

    /**
     * @param rate of the profiles; 0 = half of saturation
     * @param folder for the raw figures
     */
    Outcome measure(
            final AppliancePorts ports,
            final long rate,
            final Environment environment,
            final Path folder)
            throws Exception {
        final List<String> flags;
        out.println(LoadResult.HEAD);
        try (AutoCloseable _ = core.clear();
                ScratchFolder data = new ScratchFolder("spindle-all-");
                Appliance appliance =
                        new Appliance(
                                new Appliance.Options(
                                        data.path(),
                                        ports.base(),
                                        ports.api(),
                                        core.jvmArguments(),
                                        core.runArguments()))) {
            appliance.awaitOpen();
            flags = appliance.flags();
            final RateLadder ladder = new RateLadder(end);
            ladder.climb(step -> run(appliance, LoadProfile.CONSTANT, step));
            results.addAll(ladder.results());
            saturation = ladder.saturation().orElse(0L);
            final long offered = rate > 0 ? rate : saturation / 2;
            if (offered > 0) {
                play(appliance, offered);
            }
        }
        new ResultFolder(folder).write(environment.with(flags), results);
        return outcome();
    }

    private void play(final Appliance appliance, final long rate) throws IOException {
        for (final LoadProfile profile : LoadProfile.values()) {
            if (profile != LoadProfile.CONSTANT) {
                results.add(run(appliance, profile, rate));
            }
        }
    }

    private LoadResult run(final Appliance appliance, final LoadProfile profile, final long offered)
            throws IOException {
        try (LoadRig rig = new LoadRig(appliance.orderEntry(), profile, SESSIONS)) {
            final LoadResult result = rig.run(offered, WARM_UP, run);
            out.println(result.row());
            out.flush();
            return result;
        }
    }

    /** A climb ends with a run that fails, by which it knows saturation; a profile must not. */
    private Outcome outcome() {
        final List<String> lines = new ArrayList<>();
        lines.add("highest rate served: %,d/s".formatted(saturation));
        lines.add(LoadResult.HEAD);
        results.forEach(result -> lines.add(result.row()));
        if (saturation == 0) {
            return Outcome.invalid("no rate was served", lines);
        }
        final List<String> failed =
                results.stream()
                        .filter(result -> result.profile() != LoadProfile.CONSTANT)
                        .filter(result -> !result.isValid())
                        .map(result -> result.profile().toString())
                        .toList();
        return failed.isEmpty()
                ? Outcome.valid(lines)
                : Outcome.invalid("failed: " + String.join(", ", failed), lines);
    }
}
