package io.spindle.perf.wire;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.Precedence;
import io.spindle.perf.load.Environment;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;
import io.spindle.perf.load.RateLadder;
import io.spindle.perf.load.ResultFolder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The open-loop rig at the far end of the wire: at one rate, or at rising ones until the server is
 * saturated. Every message is timed from when it was due.
 *
 * <p>Arguments: {@code echo} or {@code order}, seconds of a run, rate (0 = climb); of a climb also
 * the folder for its histograms, its backend in words, and the rate at which it ends.
 */
final class LadderClient {
    /** More than the server wants to be warm. */
    private static final int WARM_RATE = 20_000;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int PARTIES = 4;

    private final InetSocketAddress server =
            new InetSocketAddress(WireRig.SERVER_ADDRESS, WireRig.PORT);
    private final boolean echoed;
    private final Duration run;

    private LadderClient(final boolean echoed, final Duration run) {
        this.echoed = echoed;
        this.run = run;
    }

    private LoadRig rig() throws IOException {
        return echoed
                ? LoadRig.echoed(server, PARTIES)
                : new LoadRig(server, LoadProfile.CONSTANT, PARTIES);
    }

    private void warmUp() throws IOException {
        try (LoadRig rig = rig()) {
            rig.run(WARM_RATE, Duration.ZERO, WARM_UP);
        }
        Precedence.claim();
    }

    private LoadResult at(final long rate) throws IOException {
        try (LoadRig rig = rig()) {
            return rig.run(rate, Duration.ZERO, run);
        }
    }

    /** A rate that was missed without a loss is tried again: the machine may have stood still. */
    private LoadResult rung(final long rate) throws IOException {
        final LoadResult first = at(rate);
        return first.isValid() || first.unanswered() > 0 || first.refused() > 0 ? first : at(rate);
    }

    public static void main(final String[] args) throws IOException {
        final LadderClient client =
                new LadderClient(
                        "echo".equals(args[0]), Duration.ofSeconds(Integer.parseInt(args[1])));
        final long rate = Long.parseLong(args[2]);
        CpuSet.of(WireRig.CLIENT_CPU).applyToCallingThread();
        if (rate > 0) {
            client.warmUp();
            final LoadResult result = client.at(rate);
            // A rate that was missed shows in the tail: times are from when each was due.
            if (result.unanswered() > 0 || result.refused() > 0) {
                throw new IOException(result.row());
            }
            System.out.println(Percentiles.of(result.total()));
        } else {
            client.climb(Path.of(args[3]), Environment.read(args[4]), Long.parseLong(args[5]));
        }
    }

    private void climb(final Path folder, final Environment environment, final long end)
            throws IOException {
        warmUp();
        final RateLadder ladder = new RateLadder(end).climb(this::rung);
        Precedence.yield();
        new ResultFolder(folder).write(environment, ladder.results());
        System.out.println(LoadResult.HEAD);
        ladder.results().forEach(result -> System.out.println(result.row()));
        System.out.println(LadderBench.SATURATION + ladder.saturation().orElse(0L));
    }
}
