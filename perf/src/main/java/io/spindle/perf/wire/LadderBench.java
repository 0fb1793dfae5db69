package io.spindle.perf.wire;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code bench ladder}: round trips against the offered rate over a veth pair. */
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        description = {
            "Offers orders to the appliance's loop over a veth pair at rising rates until it is",
            "saturated, each timed from when it was due; then, with --rounds, beside the C echo at",
            "half of that rate: echo, ours, ours, echo. Needs root, iproute2 and two cores."
        })
public final class LadderBench implements Callable<Integer> {
    static final String SATURATION = "saturation=";

    /** Of p99.9 at half of saturation, ours to the echo's. */
    private static final double ALLOWED = 1.5;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "afxdp,socket",
            split = ",",
            description = "Backends to measure (default: ${DEFAULT-VALUE}).")
    private List<String> backends;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Rate of the rounds, instead of a climb; 0 = climb, then half.")
    private long rate;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "0",
            description = "ABBA rounds beside the C echo (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--echo",
            paramLabel = "DIR",
            defaultValue = "${env:SPINDLE_ECHO}",
            description = "Sources of the C echoes, compiled now (default: $SPINDLE_ECHO).")
    private Path echo;

    @Option(
            names = "--rounds-file",
            paramLabel = "FILE",
            description = "Rounds of earlier runs count too, and these are kept there.")
    private Path roundsFile;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "perf/results/ladder",
            description = "Folder for histograms and plots of a climb (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        boolean good = true;
        try (WireRig rig = new WireRig()) {
            for (final String backend : backends) {
                final long offered = rate > 0 ? rate : climb(rig, backend) / 2;
                good &= offered > 0 && (rounds == 0 || beside(rig, backend, offered));
            }
        }
        return good ? 0 : 1;
    }

    private static Contestant ours(final WireRig rig, final String backend, final String name) {
        return Contestant.of(
                name, "order", WireServer.command(rig, List.of(), backend, "-", "large"));
    }

    private long climb(final WireRig rig, final String backend) throws IOException {
        final long[] saturation = new long[1];
        ours(rig, backend, backend)
                .play(
                        rig,
                        WireRig.java(
                                LadderClient.class,
                                "order",
                                seconds,
                                0,
                                out.resolve(backend).toAbsolutePath(),
                                backend + " over a veth pair, rig and loop on a core each"),
                        said -> {
                            System.out.println(said);
                            saturation[0] =
                                    Long.parseLong(
                                            said.substring(
                                                    said.indexOf(SATURATION)
                                                            + SATURATION.length()));
                        });
        return saturation[0];
    }

    /** A round is echo, ours, ours, echo, so that what drifts meets both alike. */
    private boolean beside(final WireRig rig, final String backend, final long offered)
            throws IOException {
        final CSources sources = new CSources(echo, rig.folder());
        final boolean xdp = "afxdp".equals(backend);
        final Contestant reference =
                xdp
                        ? WireBench.cEcho(
                                "c-afxdp@" + offered,
                                sources.reference("echo_xdp"),
                                WireBench.PLAIN_ECHO)
                        : WireBench.cEcho(
                                "c-socket@" + offered, sources.reference("echo_sock"), "rf");
        final Contestant ours = ours(rig, backend, "spindle-" + backend + "@" + offered);
        final List<Contestant> pair = List.of(reference, ours);
        final RoundsFile kept = new RoundsFile(roundsFile);
        kept.read(pair);
        for (int round = 0; round < rounds; round++) {
            for (final List<Contestant> half : List.of(pair, pair.reversed())) {
                for (final Contestant contestant : half) {
                    contestant.play(
                            rig,
                            WireRig.java(
                                    LadderClient.class, contestant.question(), seconds, offered),
                            line -> contestant.rounds().add(Percentiles.parse(line)));
                    System.out.println(contestant.name() + " " + contestant.rounds().getLast());
                }
                kept.append(pair);
            }
        }
        final double[] ratios = ratios(reference, ours);
        final double middle = Contestant.median(ratios);
        System.out.printf(
                "%s at %,d/s: p99.9 %.2f × the C echo's, median of %d rounds (%.2f to %.2f);"
                        + " allowed %.1f%n",
                backend,
                offered,
                middle,
                ratios.length,
                Arrays.stream(ratios).min().orElse(0),
                Arrays.stream(ratios).max().orElse(0),
                ALLOWED);
        return middle <= ALLOWED;
    }

    /** Of each round, p99.9 of our two runs to the echo's two, in the geometric middle. */
    static double[] ratios(final Contestant reference, final Contestant ours) {
        final double[] ratios =
                new double[Math.min(reference.rounds().size(), ours.rounds().size()) / 2];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    Math.sqrt(ratio(reference, ours, 2 * i) * ratio(reference, ours, 2 * i + 1));
        }
        return ratios;
    }

    private static double ratio(final Contestant reference, final Contestant ours, final int run) {
        return (double) ours.rounds().get(run).p999() / reference.rounds().get(run).p999();
    }
}
