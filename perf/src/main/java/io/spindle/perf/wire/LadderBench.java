package io.spindle.perf.wire;

import io.spindle.perf.load.RateLadder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code bench ladder}: round trips against the offered rate over a veth pair. */
@Command(
        name = "ladder",
        mixinStandardHelpOptions = true,
        description = {
            "Offers orders to the appliance's loop over a veth pair at rising rates until it is "
                    + "saturated, each timed from when it was due; then, with --rounds, stands beside the C "
                    + "echo at half of that rate: echo, ours, ours, echo.",
            "A rate missed without a loss is measured once more before it counts as missed. A run",
            "of a round in which messages were refused or lost is told and repeated, up to twice.",
            "The loop has no overload guard here: what an appliance would refuse waits.",
            "Needs root, iproute2 and two cores. What --out has already is not measured again: call",
            "it until all rounds are there. Exit code 0 when all is measured and p99.9 is at most",
            "1.5 times the echo's, 2 when there are rounds left, else 1."
        })
public final class LadderBench implements Callable<Integer> {
    static final String SATURATION = "saturation=";

    private static final int ROUNDS_LEFT = 2;
    private static final int SERVED_AGAIN = 3;

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
            names = "--below",
            paramLabel = "N",
            defaultValue = "" + RateLadder.HIGHEST_RATE,
            description = {
                "Climb to no rate from this on (default: ${DEFAULT-VALUE}). What was found so is",
                "used again only with the same end."
            })
    private long end;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "0",
            description = "ABBA rounds beside the C echo in all (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "Begin no round that would end later (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--echo",
            paramLabel = "DIR",
            defaultValue = "${env:SPINDLE_ECHO}",
            description = "Sources of the C echoes, compiled now (default: $SPINDLE_ECHO).")
    private Path echo;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "perf/results/ladder",
            description = "Folder of tables, histograms and plots (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        final long endNs = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        final List<HalfRounds> halves = new ArrayList<>();
        try (WireRig rig = new WireRig()) {
            for (final String backend : backends) {
                final long offered = rate > 0 ? rate : saturation(rig, backend) / 2;
                if (offered == 0) {
                    return 1;
                }
                if (rounds > 0) {
                    halves.add(half(rig, backend, offered));
                }
            }
            playAll(rig, halves, endNs);
        }
        for (final HalfRounds half : halves) {
            write(half);
        }
        if (halves.stream().anyMatch(half -> half.count() < rounds)) {
            System.out.println("rounds are left: call it again with the same --out " + out);
            return ROUNDS_LEFT;
        }
        return halves.stream().allMatch(HalfRounds::isMet) ? 0 : 1;
    }

    private static Contestant ours(final WireRig rig, final String backend, final String name) {
        return Contestant.of(
                name, "order", WireServer.command(rig, List.of(), backend, "-", "large"));
    }

    /** As an earlier call found it, or by a climb. */
    private long saturation(final WireRig rig, final String backend) throws IOException {
        final Path known = saturationFile(out.resolve(backend), end);
        if (!Files.exists(known)) {
            final long found = climb(rig, backend);
            Files.writeString(known, found + "\n");
        }
        final long saturation = Long.parseLong(Files.readString(known).strip());
        System.out.printf("%s is saturated at %,d/s%n", backend, saturation);
        return saturation;
    }

    /** One of its own for each end: a climb that was ended early says nothing of saturation. */
    static Path saturationFile(final Path folder, final long end) {
        final String ended = end == RateLadder.HIGHEST_RATE ? "" : "-below-" + end;
        return folder.resolve("saturation" + ended + ".txt");
    }

    private long climb(final WireRig rig, final String backend) throws IOException {
        Files.createDirectories(out.resolve(backend));
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
                                backend + " over a veth pair, rig and loop on a core each",
                                end),
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

    private HalfRounds half(final WireRig rig, final String backend, final long offered)
            throws IOException {
        final CSources sources = new CSources(echo, rig.folder());
        final String at = "@" + offered;
        final Contestant reference =
                "afxdp".equals(backend)
                        ? WireBench.cEcho(
                                "c-afxdp" + at, sources.reference("echo_xdp"), WireBench.PLAIN_ECHO)
                        : WireBench.cEcho("c-socket" + at, sources.reference("echo_sock"), "rf");
        final HalfRounds half =
                new HalfRounds(
                        backend, offered, reference, ours(rig, backend, "spindle-" + backend + at));
        kept(half).read(List.of(reference, half.ours()));
        return half;
    }

    private RoundsFile kept(final HalfRounds half) throws IOException {
        Files.createDirectories(out.resolve(half.backend()));
        return new RoundsFile(out.resolve(half.backend()).resolve("rounds.tsv"));
    }

    /** The backends take turns, so that what drifts meets both alike. */
    private void playAll(final WireRig rig, final List<HalfRounds> halves, final long endNs)
            throws IOException {
        long longestNs = 0;
        for (int round = 0; round < rounds; round++) {
            for (final HalfRounds half : halves) {
                final long beganNs = System.nanoTime();
                if (half.count() > round) {
                    continue;
                }
                if (beganNs + longestNs - endNs > 0) {
                    return;
                }
                play(rig, half);
                longestNs = Math.max(longestNs, System.nanoTime() - beganNs);
            }
        }
    }

    /** A round is echo, ours, ours, echo; it is kept when it is whole. */
    private void play(final WireRig rig, final HalfRounds half) throws IOException {
        final List<Contestant> pair = List.of(half.reference(), half.ours());
        for (final Contestant contestant :
                List.of(half.reference(), half.ours(), half.ours(), half.reference())) {
            measure(rig, contestant, half.rate());
            System.out.println(contestant.name() + " " + contestant.rounds().getLast());
        }
        kept(half).append(pair, 2);
    }

    /** A run in which messages were lost says nothing, and is told and run again. */
    private void measure(final WireRig rig, final Contestant contestant, final long offered)
            throws IOException {
        for (int run = 1; ; run++) {
            try {
                contestant.play(
                        rig,
                        WireRig.java(LadderClient.class, contestant.question(), seconds, offered),
                        line -> contestant.rounds().add(Percentiles.parse(line)));
                return;
            } catch (final IOException lost) {
                if (run == SERVED_AGAIN) {
                    throw lost;
                }
                System.out.println(contestant.name() + " again: " + lost.getMessage().strip());
            }
        }
    }

    private void write(final HalfRounds half) throws IOException {
        half.lines().forEach(System.out::println);
        final Path folder = out.resolve(half.backend());
        Files.write(folder.resolve("half.txt"), half.lines());
        if (half.count() > 0) {
            Files.writeString(folder.resolve("half.svg"), half.plot());
        }
    }
}
