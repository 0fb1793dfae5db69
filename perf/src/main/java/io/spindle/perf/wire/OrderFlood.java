package io.spindle.perf.wire;

import org.apache.commons.statistics.descriptive.Median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders a second: a generator in the kernel sends distinct orders as fast as one core can, and
 * what each server took is counted, for the appliance by its log, for the C echo by itself.
 */
final class OrderFlood {
    /** Answers of an Accepted's length, as many as fit into a packet; no feed; warm-up skipped. */
    private static final String[] PACKED_ECHO = {
        "66", "22", "0", Integer.toString(FloodClient.WARM_ORDERS)
    };

    private static final Pattern COUNTED = Pattern.compile("orders=(\\d+) elapsedNs=(\\d+)");

    private final WireRig rig;
    private final CSources sources;
    private final List<Contestant> contestants = new ArrayList<>();

    OrderFlood(
            final WireRig rig,
            final Optional<CSources> sources,
            final List<String> serverFlags,
            final List<String> backends)
            throws IOException {
        this.rig = rig;
        this.sources =
                sources.orElseThrow(
                        () -> new IOException("a flood needs --echo: its generator is C"));
        contestants.add(WireBench.cEcho("c-afxdp", this.sources.own("reply_echo"), PACKED_ECHO));
        for (final String backend : backends) {
            contestants.add(
                    Contestant.of(
                            "spindle-" + backend,
                            "order",
                            WireServer.command(
                                    rig,
                                    serverFlags,
                                    backend,
                                    "count=" + FloodClient.COUNTED_FROM)));
        }
    }

    void play(final int rounds, final int orders) throws IOException {
        final String generator = sources.own("order_flood").toString();
        final List<double[]> perSecond = new ArrayList<>();
        contestants.forEach(contestant -> perSecond.add(new double[rounds]));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                final Contestant contestant = contestants.get(i);
                final String said =
                        contestant.play(
                                rig,
                                WireRig.java(
                                        FloodClient.class,
                                        contestant.question(),
                                        generator,
                                        rig.serverMac(),
                                        orders),
                                line -> System.out.println("  generator: " + line));
                perSecond.get(i)[round] = perSecond(said);
                System.out.printf(
                        "round %d %-14s %,.0f orders a second (%s)%n",
                        round + 1, contestant.name(), perSecond.get(i)[round], said);
            }
        }
        final double reference = Median.withDefaults().evaluate(perSecond.getFirst());
        for (int i = 0; i < contestants.size(); i++) {
            final double middle = Median.withDefaults().evaluate(perSecond.get(i));
            System.out.printf(
                    "%-14s %,.0f orders a second, %.2f of the C echo%n",
                    contestants.get(i).name(), middle, middle / reference);
        }
    }

    private static double perSecond(final String said) throws IOException {
        final Matcher counted = COUNTED.matcher(said);
        if (!counted.find()) {
            throw new IOException("the server counted nothing: " + said);
        }
        return Long.parseLong(counted.group(1)) * 1e9 / Long.parseLong(counted.group(2));
    }
}
