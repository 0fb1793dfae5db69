package io.spindle.perf.wire;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code bench wire}: order to accepted over a veth pair, beside minimal C echoes. */
@Command(
        name = "wire",
        mixinStandardHelpOptions = true,
        description = {
            "Times order to accepted over a veth pair between two network namespaces, the "
                    + "appliance's loop and minimal C echoes by turns.",
            "Needs root, iproute2 and two cores."
        })
public final class WireBench implements Callable<Integer> {
    /** In the driver, copy, and nothing that veth does not have. */
    static final String[] PLAIN_ECHO = {"drv", "copy", "0", "0", "0"};

    /** One answer a packet, an Accepted long; both lines, an AddOrder long; none skipped. */
    private static final String[] FEED_ECHO = {"73", "1", "38", "0"};

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "afxdp,socket",
            split = ",",
            description = "Backends to measure (default: ${DEFAULT-VALUE}).")
    private List<String> backends;

    @Option(
            names = "--echo",
            paramLabel = "DIR",
            defaultValue = "${env:SPINDLE_ECHO}",
            description = "Sources of the C echoes, compiled now (default: $SPINDLE_ECHO).")
    private Path echo;

    @Option(names = "--rounds", description = "Interleaved rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 9;

    @Option(names = "--trips", description = "Round trips of a round (default: ${DEFAULT-VALUE}).")
    private int trips = 200_000;

    @Option(names = "--feed", description = "Send the feed lines too.")
    private boolean feed;

    @Option(
            names = "--loop-trips",
            paramLabel = "N",
            description =
                    "Orders of one more round in which the loop itself is timed, which slows it by"
                            + " two clock reads; 0 = none (default: ${DEFAULT-VALUE}).")
    private int loopTrips = 50_000;

    @Option(
            names = "--flood",
            paramLabel = "N",
            description =
                    "Orders a second instead of round trips: orders of one flood, 400000 at most.")
    private int flood;

    @Option(
            names = "--server-flag",
            paramLabel = "FLAG",
            description = {
                "JVM flag for the appliance's side, behind those of a supervised trading process.",
                "-XX:PerMethodTrapLimit=100 lets the compiler bet again, which makes code faster."
            })
    private List<String> serverFlags = List.of();

    @Option(
            names = "--rounds-file",
            paramLabel = "FILE",
            description = "Rounds of earlier runs count too, and these are kept there.")
    private Path roundsFile;

    @Option(names = "--plot", paramLabel = "FILE", description = "Percentile plot, SVG.")
    private Path plot;

    @Override
    public Integer call() throws IOException {
        try (WireRig rig = new WireRig()) {
            final Optional<CSources> sources =
                    Optional.ofNullable(echo)
                            .filter(folder -> !folder.toString().isEmpty())
                            .map(folder -> new CSources(folder, rig.folder()));
            if (sources.isEmpty()) {
                System.out.println("no --echo: the C references are left out");
            } else {
                System.out.println(Crossings.measure(sources.get().library("crossing")));
            }
            if (flood > 0) {
                new OrderFlood(rig, sources, serverFlags, backends).play(rounds, flood);
            } else {
                trips(rig, contestants(rig, sources));
            }
            return 0;
        }
    }

    private void trips(final WireRig rig, final List<Contestant> contestants) throws IOException {
        System.out.println(
                "veth between two namespaces; server on core 1, cleared of others, client on core"
                        + " 0, both at nice -20 once warm; the client is the same for all. Echo: 64"
                        + " bytes each way. Order: 50 bytes, answered by Accepted. Feed lines "
                        + (feed ? "on" : "off")
                        + "; media not running: the log ring holds a whole round.");
        final RoundsFile kept = new RoundsFile(roundsFile);
        kept.read(contestants);
        for (int round = 1; round <= rounds; round++) {
            for (final Contestant contestant : contestants) {
                final String said = contestant.measure(rig, trips);
                System.out.printf(
                        "round %d %-18s %s %s%n",
                        round, contestant.name(), contestant.rounds().getLast(), said);
            }
            kept.append(contestants);
        }
        WireTable.print(contestants);
        if (plot != null) {
            Files.writeString(plot, PercentilePlot.svg(contestants, rig));
        }
        if (loopTrips > 0) {
            for (final String backend : backends) {
                System.out.println(
                        "loop itself, frame in hand to doorbell of its answer, a clock read"
                                + " included, "
                                + backend
                                + ": "
                                + spindle(rig, backend, "time").measure(rig, loopTrips));
            }
        }
    }

    private List<Contestant> contestants(final WireRig rig, final Optional<CSources> sources)
            throws IOException {
        final List<Contestant> contestants = new ArrayList<>();
        if (sources.isPresent()) {
            final CSources c = sources.get();
            contestants.add(
                    feed
                            ? cEcho("c-afxdp-feed", c.own("reply_echo"), FEED_ECHO)
                            : cEcho("c-afxdp", c.reference("echo_xdp"), PLAIN_ECHO));
            contestants.add(cEcho("c-socket", c.reference("echo_sock"), "rf"));
        }
        for (final String backend : backends) {
            contestants.add(spindle(rig, backend, "-"));
        }
        return contestants;
    }

    private Contestant spindle(final WireRig rig, final String backend, final String option) {
        return Contestant.of(
                "spindle-" + backend + (feed ? "-feed" : ""),
                "order",
                WireServer.command(rig, serverFlags, backend, feed ? "feed" : "-", option));
    }

    /** The C servers' arguments: interface or address, port, core, then their own. */
    static Contestant cEcho(final String name, final Path program, final String... own) {
        final List<String> command = new ArrayList<>(List.of("nice", "-n", "-20"));
        command.add(program.toString());
        command.add(program.toString().endsWith("sock") ? WireRig.SERVER_ADDRESS : WireRig.DEVICE);
        command.add(Integer.toString(WireRig.PORT));
        command.add(Integer.toString(WireRig.SERVER_CPU));
        command.addAll(List.of(own));
        return Contestant.of(name, "echo", command);
    }
}
