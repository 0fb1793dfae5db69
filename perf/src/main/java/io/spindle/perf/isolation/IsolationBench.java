package io.spindle.perf.isolation;

import io.spindle.perf.load.AbbaRounds;
import io.spindle.perf.load.AbbaSetup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

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
            "A row is good if the 95 %% interval of the ratio of p99, disturbed to quiet, lies in",
            "0.90 to 1.15 (by fewer than six rounds there is none); if the hot thread, traced in",
            "one more disturbance behind the rounds, received and sent datagrams and called",
            "nothing else; and if afterwards the replica and the database have all that the loop",
            "has, and a WebSocket that was cut off before that disturbance goes on without a gap.",
            "NONE tells whether this machine can decide it. Where mgmt and the rig share a core, the",
            "loop may be faster without mgmt: a row that is out says on which side.",
            "Exit code 0 when all rows are good, else 1. A round takes four blocks and, of DEAD, a",
            "start of mgmt: with the defaults about half an hour in all."
        })
public final class IsolationBench implements Callable<Integer> {
    @Option(
            names = "--disturb",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "NONE,DEAD,STOPPED,BLOCKED,DEAF_SUBSCRIBERS,HUNG_DATABASE,FLOODED",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Disturbance> disturbances;

    @Option(
            names = "--hang",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = {
                "HUNG_DATABASE gets a second row: the database hangs for so long at a stretch, each",
                "tenth of that beside the quiet before and behind it; 0 = no such row",
                "(default: ${DEFAULT-VALUE})."
            })
    private int hangSeconds;

    /** Long blocks: a pause of 20 ms, which a machine's host may make, is 1 % of two. */
    @Mixin private AbbaSetup setup = new AbbaSetup(1_000, 2_000);

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (setup.rounds() < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds: at least one");
        }
        final PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        try (AbbaSetup.Running running = setup.open()) {
            running.warmUp();
            final Trial trial = new Trial(running, spec.commandLine().getErr());
            out.println(AbbaRounds.head() + ", calls of the hot thread, caught up");
            out.flush();
            for (final Disturbance disturbance : disturbances) {
                good &= measure(out, running, trial, disturbance);
                out.flush();
            }
        }
        return good ? 0 : 1;
    }

    private boolean measure(
            final PrintWriter out,
            final AbbaSetup.Running running,
            final Trial trial,
            final Disturbance disturbance)
            throws Exception {
        final Trial.Rounds rounds = trial.play(disturbance, setup.rounds());
        final String flood = flood(running, disturbance);
        final Trial.Aftermath after = trial.trace(disturbance);
        final String row = rounds.stays().row(disturbance.label());
        out.printf("%s, %s, %s%n", row, after.calls(), caughtUp(after));
        out.print(rounds.beside());
        out.print(flood.isEmpty() ? "" : rounds.stays().percentiles() + flood);
        final boolean good = rounds.stays().ratio().isWithinBounds() && after.isGood();
        return (disturbance != Disturbance.HUNG_DATABASE || hang(out, trial)) && good;
    }

    /** A row of its own: among others, one long hang would not be seen. */
    private boolean hang(final PrintWriter out, final Trial trial) throws Exception {
        if (hangSeconds == 0) {
            return true;
        }
        final Trial.Rounds rounds =
                trial.playLong(Disturbance.HUNG_DATABASE, Duration.ofSeconds(hangSeconds));
        out.printf("%s, caught up%n", rounds.stays().row("hung for " + hangSeconds + " s"));
        out.print(rounds.beside());
        return rounds.stays().ratio().isWithinBounds();
    }

    private static String caughtUp(final Trial.Aftermath after) {
        return after.missing().isEmpty() ? "caught up" : "NOT CAUGHT UP: " + after.missing();
    }

    /** What wrk says of its last block; empty of other disturbances. */
    private static String flood(final AbbaSetup.Running running, final Disturbance disturbance)
            throws IOException {
        return disturbance == Disturbance.FLOODED
                ? Files.readString(running.appliance().folder().path().resolve("wrk.txt"))
                : "";
    }
}
