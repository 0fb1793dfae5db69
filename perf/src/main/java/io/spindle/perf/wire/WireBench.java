package io.spindle.perf.wire;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** {@code bench wire}: order to accepted over a veth pair, beside minimal C echoes. */
@Command(
        name = "wire",
        mixinStandardHelpOptions = true,
        description = {
            "Times order to accepted over a veth pair between two network namespaces, the",
            "appliance's loop and minimal C echoes by turns. Needs root, iproute2 and two cores."
        })
public final class WireBench implements Callable<Integer> {
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
            names = "--loop-time",
            description = "Time the loop itself; slows it by two clock reads.")
    private boolean loopTime;

    @Option(names = "--plot", paramLabel = "FILE", description = "Percentile plot, SVG.")
    private Path plot;

    @Override
    public Integer call() throws IOException {
        try (WireRig rig = new WireRig()) {
            final List<Contestant> contestants = contestants(rig);
            System.out.println(
                    "veth between two namespaces; server on core 1, client on core 0, both first-in"
                            + " first-out once warm; the client is the same for all. Echo: 64 bytes"
                            + " each way. Order: 50 bytes, answered by Accepted. Feed lines "
                            + (feed ? "on" : "off")
                            + "; media not running: the log ring holds a whole round.");
            for (int round = 1; round <= rounds; round++) {
                for (final Contestant contestant : contestants) {
                    final String said = contestant.measure(rig, trips);
                    System.out.printf(
                            "round %d %-16s %s%n",
                            round, contestant.name(), contestant.rounds().getLast());
                    if (loopTime && "order".equals(contestant.question())) {
                        System.out.println("        loop itself      " + said);
                    }
                }
            }
            printTable(contestants);
            if (plot != null) {
                Files.writeString(plot, PercentilePlot.svg(contestants, rig));
            }
            return 0;
        }
    }

    private List<Contestant> contestants(final WireRig rig) throws IOException {
        final List<Contestant> contestants = new ArrayList<>();
        if (echo != null && !echo.toString().isEmpty()) {
            contestants.add(cEcho(rig, "c-afxdp", "echo_xdp", "drv", "copy", "0", "0", "0"));
            contestants.add(cEcho(rig, "c-socket", "echo_sock", "rf"));
        } else {
            System.out.println("no --echo: the C references are left out");
        }
        for (final String backend : backends) {
            contestants.add(
                    Contestant.of(
                            "spindle-" + backend,
                            "order",
                            WireRig.java(
                                    WireServer.class,
                                    backend,
                                    WireRig.DEVICE,
                                    WireRig.SERVER_ADDRESS,
                                    WireRig.PORT,
                                    WireRig.SERVER_CPU,
                                    rig.folder().resolve("data-" + backend),
                                    feed ? "feed" : "-",
                                    loopTime ? "time" : "-")));
        }
        return contestants;
    }

    /** The C servers' arguments: interface or address, port, core, then their own. */
    private Contestant cEcho(
            final WireRig rig, final String name, final String program, final String... own)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of("chrt", "-f", "50"));
        command.add(rig.compile(echo, program).toString());
        command.add(program.endsWith("xdp") ? WireRig.DEVICE : WireRig.SERVER_ADDRESS);
        command.add(Integer.toString(WireRig.PORT));
        command.add(Integer.toString(WireRig.SERVER_CPU));
        command.addAll(List.of(own));
        return Contestant.of(name, "echo", command);
    }

    private void printTable(final List<Contestant> contestants) {
        System.out.println();
        System.out.println("| µs | min | p50 | p99 | p99.9 | p99.99 |");
        System.out.println("|---|---|---|---|---|---|");
        for (final Contestant contestant : contestants) {
            System.out.printf(
                    "| %s | %.2f | %.2f | %.2f | %.1f | %.1f |%n",
                    contestant.name(),
                    contestant.bestMin() / 1e3,
                    middle(contestant, Percentiles::p50) / 1e3,
                    middle(contestant, Percentiles::p99) / 1e3,
                    middle(contestant, Percentiles::p999) / 1e3,
                    middle(contestant, Percentiles::p9999) / 1e3);
        }
        for (final Contestant ours : contestants) {
            for (final Contestant reference : contestants) {
                if (reference != ours
                        && "order".equals(ours.question())
                        && "echo".equals(reference.question())) {
                    printRatio(ours, reference);
                }
            }
        }
    }

    private void printRatio(final Contestant ours, final Contestant reference) {
        System.out.printf(
                "%s / %s: minima %.2f, p50 %.2f, p99 %.2f (medians of %d rounds' ratios)%n",
                ours.name(),
                reference.name(),
                (double) ours.bestMin() / reference.bestMin(),
                ratio(ours, reference, Percentiles::p50),
                ratio(ours, reference, Percentiles::p99),
                rounds);
    }

    /** Round by round, because the machine changes speed between rounds and not within one. */
    private static double ratio(
            final Contestant ours,
            final Contestant reference,
            final ToDoubleFunction<Percentiles> value) {
        final double[] ratios = new double[ours.rounds().size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    value.applyAsDouble(ours.rounds().get(i))
                            / value.applyAsDouble(reference.rounds().get(i));
        }
        return Contestant.median(ratios);
    }

    private static double middle(
            final Contestant contestant, final ToDoubleFunction<Percentiles> value) {
        return Contestant.median(contestant.rounds().stream().mapToDouble(value).toArray());
    }
}
