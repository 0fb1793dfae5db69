package io.spindle.perf.isolation;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.isolation.AbbaRounds.Ratio;
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadRig;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./spindle bench isolation}: an appliance under a steady load of orders, its management
 * plane disturbed and left alone in turns, and how long the orders waited for the loop. Exit code 0
 * if every interval is within the bounds, everything caught up, and the hot thread asked the kernel
 * for nothing but datagrams. The rig and whatever else runs should keep off the loop's core.
 */
@Command(
        name = "isolation",
        mixinStandardHelpOptions = true,
        description = {
            "Measures whether trouble in the management plane reaches the loop: from the network's",
            "stamp to the turn that takes a message, in rounds of four blocks, quiet, disturbed,",
            "disturbed, quiet."
        })
public final class IsolationBench implements Callable<Integer> {
    /** Where the profiles are, for the appliance too. */
    private static final String ROOT = "-Dspindle.root=" + System.getProperty("spindle.root", ".");

    private static final double LEAST = 0.90;
    private static final double MOST = 1.15;
    private static final Duration OPENING = Duration.ofSeconds(120);
    private static final Duration SETTLING = Duration.ofMillis(50);
    private static final int SESSIONS = 2;
    private static final Set<String> DATAGRAM_CALLS =
            Set.of("recvfrom", "recvmsg", "recvmmsg", "sendto", "sendmsg", "sendmmsg");
    private static final Pattern DATABASE_LAG =
            Pattern.compile("(?m)^spindle_database_lag_commands(?:\\{[^}]*})? ([0-9.E]+)");

    @Option(
            names = "--disturb",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "NONE,STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE,FLOODED",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Disturbance> disturbances;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rounds of four blocks each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--block",
            paramLabel = "MS",
            defaultValue = "400",
            description = "Length of a block (default: ${DEFAULT-VALUE}).")
    private int blockMs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "10",
            description = "Seconds at the rate before it counts (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--profile",
            paramLabel = "NAME|auto|none",
            defaultValue = "auto",
            description = "The appliance's hardware profile (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27500",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18090",
            description = "Management API (default: ${DEFAULT-VALUE}).")
    private String api;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        final Path data = Files.createTempDirectory("spindle-isolation-");
        boolean good = true;
        final List<String> arguments = new ArrayList<>(List.of("--timestamps"));
        if (!profile.equals("none")) {
            arguments.addAll(List.of("--profile", profile));
        }
        try (Appliance appliance =
                        new Appliance(
                                new Appliance.Options(
                                        data, portBase, api, List.of(ROOT), arguments));
                LoadRig rig = rig(appliance);
                LoopWaits waits = new LoopWaits(appliance.folder())) {
            rig.begin(rate, Duration.ofSeconds(warmUpSeconds));
            out.printf(
                    "%-17s %8s %8s %7s %16s %9s%n",
                    "disturbance", "p99 quiet", "disturbed", "ratio", "95 % interval", "caught up");
            for (final Disturbance disturbance : disturbances) {
                good &= measure(out, appliance, rig, waits, disturbance);
                out.flush();
            }
            good &= trace(out, appliance, rig);
        }
        return good ? 0 : 1;
    }

    private LoadRig rig(final Appliance appliance) throws IOException, InterruptedException {
        appliance.awaitOpen(OPENING);
        return new LoadRig(appliance.orderEntry(), LoadProfile.CONSTANT, SESSIONS);
    }

    private boolean measure(
            final PrintWriter out,
            final Appliance appliance,
            final LoadRig rig,
            final LoopWaits waits,
            final Disturbance disturbance)
            throws Exception {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < rounds; round++) {
            final Histogram quiet = LoopWaits.histogram();
            final Histogram disturbed = LoopWaits.histogram();
            waits.during(quiet, () -> block(rig));
            final AutoCloseable end = disturbance.begin(appliance);
            try {
                Thread.sleep(SETTLING);
                waits.during(disturbed, () -> block(rig));
                waits.during(disturbed, () -> block(rig));
            } finally {
                end(end, rig);
            }
            Thread.sleep(SETTLING);
            waits.during(quiet, () -> block(rig));
            waits.read();
            abba.add(quiet, disturbed);
        }
        final boolean caughtUp = catchUp(appliance);
        final Ratio ratio = abba.ratio();
        out.printf(
                Locale.ROOT,
                "%-17s %6.1f µs %6.1f µs %7.3f   %.3f to %.3f   %s%n",
                disturbance.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                abba.quiet().getValueAtPercentile(99) / 1e3,
                abba.disturbed().getValueAtPercentile(99) / 1e3,
                ratio.median(),
                ratio.low(),
                ratio.high(),
                caughtUp ? "yes" : "NO");
        if (disturbance == Disturbance.FLOODED) {
            out.print(Files.readString(appliance.folder().path().resolve("wrk.txt")));
        }
        return caughtUp && ratio.isWithin(LEAST, MOST);
    }

    /**
     * It may take longer than the loop waits for word from a session: they are kept up meanwhile.
     */
    private static void end(final AutoCloseable disturbance, final LoadRig rig)
            throws InterruptedException, ExecutionException {
        final FutureTask<Void> ending =
                new FutureTask<>(
                        () -> {
                            disturbance.close();
                            return null;
                        });
        Thread.ofPlatform().name("disturbance-end").start(ending);
        while (!ending.isDone()) {
            rig.idle();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        ending.get();
    }

    private void block(final LoadRig rig) {
        rig.block(rate, Duration.ofMillis(blockMs));
    }

    /** Whether the replica reaches the log's present end and the database knows all of it. */
    private static boolean catchUp(final Appliance appliance)
            throws IOException, InterruptedException {
        final long wanted =
                LoopCounters.read(appliance.folder().counters())
                        .getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal());
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - endNs < 0) {
            final long reached = appliance.rest().get("/v1/instruments").path("sequence").asLong();
            final Matcher lag = DATABASE_LAG.matcher(appliance.rest().text("/metrics"));
            if (reached >= wanted && lag.find() && Double.parseDouble(lag.group(1)) < 1_000) {
                return true;
            }
            Thread.sleep(SETTLING);
        }
        return false;
    }

    /** What the hot thread asks of the kernel while it works. */
    private boolean trace(final PrintWriter out, final Appliance appliance, final LoadRig rig)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(HotThread.STRACE)) {
            out.println("system calls of the hot thread: not seen, there is no strace");
            return false;
        }
        final long pid =
                Long.parseLong(Files.readString(appliance.folder().pid("trading")).strip());
        final Path output = appliance.folder().path().resolve("strace.txt");
        final HotThread.Watch watch = HotThread.of(pid).watch(output);
        block(rig);
        final Set<String> calls = watch.end();
        out.println("system calls of the hot thread: " + calls);
        out.flush();
        return !calls.isEmpty() && DATAGRAM_CALLS.containsAll(calls);
    }
}
