package io.spindle.perf.wire;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.Precedence;
import io.spindle.nic.Ipv4;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One request at a time, each answered before the next: the same client for every server.
 *
 * <p>Arguments: own address, server's address, port, core, {@code echo} or {@code order}, round
 * trips, file for the histogram.
 */
final class WireClient {
    private static final int WARM_SLICES = 4;
    private static final int TRIPS_PER_SLICE = 25_000;
    private static final int SETTLED_TRIPS = 20_000;

    /** In which the compiler catches up on both sides; shorter than a session may be silent. */
    private static final long COMPILE_PAUSE_MS = 700;

    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LOSSES_ALLOWED = 20;
    private static final long HIGHEST_NS = 10_000_000_000L;

    private final Histogram histogram = new Histogram(HIGHEST_NS, 3);
    private final Dialogue dialogue;
    private int lost;

    WireClient(final Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    void trips(final int count) throws IOException {
        for (int i = 0; i < count; i++) {
            final long sentNs = System.nanoTime();
            dialogue.ask();
            while (!dialogue.isAnswered()) {
                if (System.nanoTime() - sentNs > PATIENCE_NS) {
                    lost++;
                    if (lost > LOSSES_ALLOWED) {
                        throw new IOException("too many round trips lost");
                    }
                    break;
                }
            }
            histogram.recordValue(Math.min(HIGHEST_NS, System.nanoTime() - sentNs));
        }
    }

    public static void main(final String[] args) throws Exception {
        final int own = Ipv4.parse(args[0]);
        final int server = Ipv4.parse(args[1]);
        final int port = Integer.parseInt(args[2]);
        final boolean orders = "order".equals(args[4]);
        try (Dialogue dialogue =
                orders
                        ? new OrderDialogue(own, server, port)
                        : new EchoDialogue(own, server, port)) {
            final WireClient client = new WireClient(dialogue);
            CpuSet.of(Integer.parseInt(args[3])).applyToCallingThread();
            dialogue.begin();
            for (int slice = 0; slice < WARM_SLICES; slice++) {
                client.trips(TRIPS_PER_SLICE);
                Thread.sleep(COMPILE_PAUSE_MS);
            }
            Precedence.claim();
            client.trips(SETTLED_TRIPS);
            client.histogram.reset();
            client.lost = 0;
            client.trips(Integer.parseInt(args[5]));
            Precedence.yield();
            try (PrintStream file = new PrintStream(Path.of(args[6]).toFile())) {
                client.histogram.outputPercentileDistribution(file, 1_000.0);
            }
            System.out.println(Percentiles.of(client.histogram) + " lost=" + client.lost);
        }
    }
}
