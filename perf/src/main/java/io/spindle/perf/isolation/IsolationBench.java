package io.spindle.perf.isolation;

import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.load.AbbaRounds;
import io.spindle.perf.load.AbbaSetup;

import org.HdrHistogram.Histogram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./spindle bench isolation}: an appliance under a steady load of orders, its management
 * plane disturbed and left alone in turns, and how long the orders stayed in the appliance. Exit
 * code 0 if every interval is within the bounds, also that of no disturbance at all, everything
 * caught up, and the hot thread asked the kernel for nothing but datagrams.
 */
@Command(
        name = "isolation",
        mixinStandardHelpOptions = true,
        description = {
            "Measures whether trouble in the management plane reaches the loop: from the network's "
                    + "stamp on an order to the sending of its answer, in rounds of four blocks, quiet, "
                    + "disturbed, disturbed, quiet.",
            "NONE tells whether this machine can decide it."
        })
public final class IsolationBench implements Callable<Integer> {
    private static final Duration SETTLING = Duration.ofMillis(50);

    /** On a core that four processes, the rig and the disturbance shared. */
    private static final Duration CATCHING_UP = Duration.ofMinutes(5);

    private static final Set<String> DATAGRAM_CALLS =
            Set.of("recvfrom", "recvmsg", "recvmmsg", "sendto", "sendmsg", "sendmmsg");
    private static final Pattern DATABASE_LAG =
            Pattern.compile("(?m)^spindle_database_lag_commands(?:\\{[^}]*})? ([0-9.E]+)");

    @Option(
            names = "--disturb",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "NONE,STOPPED,BLOCKED,DEAD,DEAF_SUBSCRIBERS,HUNG_DATABASE,FLOODED",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Disturbance> disturbances;

    @Mixin private AbbaSetup setup;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        try (AbbaSetup.Running running = setup.open()) {
            running.warmUp();
            out.println(AbbaRounds.head() + ", caught up");
            for (final Disturbance disturbance : disturbances) {
                good &= measure(out, running, disturbance);
                out.flush();
            }
            good &= trace(out, running);
        }
        return good ? 0 : 1;
    }

    private boolean measure(
            final PrintWriter out, final AbbaSetup.Running running, final Disturbance disturbance)
            throws Exception {
        final Appliance appliance = running.appliance();
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < setup.rounds(); round++) {
            final Histogram quiet = running.block();
            final Histogram disturbed;
            final AutoCloseable end = running.keepingUp(() -> disturbance.begin(appliance));
            try {
                Thread.sleep(SETTLING);
                disturbed = running.block();
                disturbed.add(running.block());
            } finally {
                running.keepingUp(
                        () -> {
                            end.close();
                            return true;
                        });
            }
            Thread.sleep(SETTLING);
            quiet.add(running.block());
            abba.add(quiet, disturbed);
        }
        final boolean caughtUp = running.keepingUp(() -> catchUp(appliance));
        final String name = disturbance.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        final String row = running.keepingUp(() -> abba.row(name));
        out.println(row + (caughtUp ? ", caught up" : ", NOT CAUGHT UP"));
        if (disturbance == Disturbance.FLOODED) {
            out.print(abba.percentiles());
            out.print(Files.readString(appliance.folder().path().resolve("wrk.txt")));
        }
        return caughtUp && abba.ratio().isWithinBounds();
    }

    /** Whether the replica reaches the log's present end and the database knows all of it. */
    private static boolean catchUp(final Appliance appliance)
            throws IOException, InterruptedException {
        final long wanted =
                LoopCounters.read(appliance.folder().counters())
                        .getCounterValue(LoopCounter.LOG_SEQUENCE.ordinal());
        final long endNs = System.nanoTime() + CATCHING_UP.toNanos();
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
    private static boolean trace(final PrintWriter out, final AbbaSetup.Running running)
            throws IOException, InterruptedException {
        final Appliance appliance = running.appliance();
        if (!Files.isExecutable(HotThread.STRACE)) {
            out.println("system calls of the hot thread: not seen, there is no strace");
            return false;
        }
        final long pid =
                Long.parseLong(Files.readString(appliance.folder().pid("trading")).strip());
        final Path output = appliance.folder().path().resolve("strace.txt");
        final HotThread.Watch watch = HotThread.of(pid).watch(output);
        running.trickle();
        final Set<String> calls = watch.end();
        out.println("system calls of the hot thread: " + calls);
        out.flush();
        return !calls.isEmpty() && DATAGRAM_CALLS.containsAll(calls);
    }
}
