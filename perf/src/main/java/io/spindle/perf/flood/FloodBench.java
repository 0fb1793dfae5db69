package io.spindle.perf.flood;

import io.spindle.log.ControlClient;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.oms.Ascii;
import io.spindle.oms.Password;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SessionTable;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.load.AbbaRounds;
import io.spindle.perf.load.AbbaSetup;

import org.HdrHistogram.Histogram;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.status.CountersReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * {@code ./spindle bench flood}: what floods cost the sessions that trade. Rounds of quiet, flood,
 * flood, quiet; in the quiet the same datagrams go to somebody else on this machine, or nowhere.
 * Exit code 0 when nothing was let in, no answer was lost, an honest session could log in beside
 * the flood, and the intervals lie in their bounds. Nothing was let in when the session under
 * attack still hears its answers and no more logins have passed than the bench has sessions.
 */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description = {
            "Floods an appliance with orders of strangers, replayed and wrong logins, heartbeats "
                    + "and re-requests, in rounds against quiet, and compares how long orders of those who "
                    + "trade stay in it.",
            "In the quiet the same datagrams go to a port of somebody else. The first row has no",
            "flood at all: it tells whether this machine can decide it."
        })
public final class FloodBench implements Callable<Integer> {
    private static final String VICTIM = "FLOOD0";
    private static final String NEWCOMER = SampleMarket.session(10);
    private static final long ANSWER_NS = 5_000_000_000L;
    private static final Duration WARM_UP = Duration.ofMillis(200);

    /** The loop writes its counters twenty times a second. */
    private static final Duration COUNTERS_LAG = Duration.ofMillis(200);

    @Option(
            names = "--flood",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Hostile datagrams a second (default: ${DEFAULT-VALUE}).")
    private int floodRate;

    @Option(
            names = "--silence",
            description = "In the quiet send nothing at all; the sender's own time counts then.")
    private boolean silence;

    @Mixin private AbbaSetup setup;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        final PrintWriter out = spec.commandLine().getOut();
        try (AbbaSetup.Running running = setup.open()) {
            defineVictim(running.appliance());
            try (Bystander victim = new Bystander(running.appliance(), VICTIM);
                    Flood flood =
                            new Flood(
                                    running.appliance().orderEntry(),
                                    VICTIM,
                                    SampleMarket.PASSWORD,
                                    floodRate)) {
                final CountersReader counters = counters(running.appliance());
                final long before = logins(counters) - sessionsUp(counters);
                flood.aim(Flood.Aim.SERVER);
                running.warmUp();
                Thread.sleep(COUNTERS_LAG);
                final long ours = before + sessionsUp(counters) + 1; // and the newcomer
                final Flood.Aim elsewhere = silence ? Flood.Aim.NOBODY : Flood.Aim.NEIGHBOUR;
                out.println(AbbaRounds.head());
                boolean good = measure(out, running, flood, elsewhere, elsewhere, "none");
                good &= measure(out, running, flood, elsewhere, Flood.Aim.SERVER, "flood");
                return good & isClosed(running.appliance(), victim, flood, ours, out) ? 0 : 1;
            }
        }
    }

    private boolean measure(
            final PrintWriter out,
            final AbbaSetup.Running running,
            final Flood flood,
            final Flood.Aim quietAim,
            final Flood.Aim disturbedAim,
            final String name)
            throws ExecutionException, InterruptedException {
        final AbbaRounds abba = new AbbaRounds();
        for (int round = 0; round < setup.rounds(); round++) {
            flood.aim(quietAim);
            final Histogram quiet = running.block();
            flood.aim(disturbedAim);
            final Histogram disturbed = running.block();
            disturbed.add(running.block());
            flood.aim(quietAim);
            quiet.add(running.block());
            abba.add(quiet, disturbed);
        }
        flood.aim(Flood.Aim.NOBODY);
        out.println(running.keepingUp(() -> abba.row(name)));
        out.flush();
        return abba.ratio().isWithinBounds();
    }

    /**
     * What became of the flood: whether the session that it aims at is still its owner's, and
     * whether a login has passed that is nobody's here. Re-requests go to the feed process, which
     * has no counter for them: they are what the loop has not counted.
     *
     * @param ours logins that the bench's own sessions account for
     */
    private static boolean isClosed(
            final Appliance appliance,
            final Bystander victim,
            final Flood flood,
            final long ours,
            final PrintWriter out)
            throws IOException, InterruptedException {
        final long loginMs = newcomer(appliance, flood);
        final CountersReader counters = counters(appliance);
        final long strangers = value(counters, LoopCounter.STRANGER_DATAGRAMS);
        final long refused = value(counters, LoopCounter.LOGINS_REJECTED);
        final long limited = value(counters, LoopCounter.LOGINS_LIMITED);
        final long foreign = Math.max(0, logins(counters) - ours);
        final boolean up = victim.isUp();
        final long sent = flood.sent();
        out.printf(
                Locale.ROOT,
                "%,d hostile datagrams: %,d of strangers dropped, %,d logins refused, %,d above the"
                        + " rate, the other %,d re-requests or lost on the way; %s%n",
                sent,
                strangers,
                refused,
                limited,
                sent - strangers - refused - limited - foreign,
                verdict(up, foreign));
        out.printf(Locale.ROOT, "beside the flood %s logged in within %,d ms%n", NEWCOMER, loginMs);
        return up && foreign == 0;
    }

    private static String verdict(final boolean up, final long foreign) {
        if (!up) {
            return "FAIL: the session was taken";
        }
        return foreign == 0
                ? "nothing let in"
                : "FAIL: " + foreign + " more logins passed than the bench has sessions";
    }

    /** The counters file, once the loop has written what happened before this call. */
    private static CountersReader counters(final Appliance appliance)
            throws IOException, InterruptedException {
        Thread.sleep(COUNTERS_LAG);
        return LoopCounters.read(appliance.folder().counters());
    }

    private static long logins(final CountersReader counters) {
        return value(counters, LoopCounter.LOGINS_ACCEPTED);
    }

    private static long sessionsUp(final CountersReader counters) {
        return value(counters, LoopCounter.SESSIONS_UP);
    }

    private static long value(final CountersReader counters, final LoopCounter counter) {
        return counters.getCounterValue(counter.ordinal());
    }

    /** An honest session logs in while the flood goes on; how long that took, in ms. */
    private static long newcomer(final Appliance appliance, final Flood flood)
            throws IOException, InterruptedException {
        flood.aim(Flood.Aim.SERVER);
        Thread.sleep(WARM_UP);
        try (Bystander newcomer = new Bystander(appliance, NEWCOMER)) {
            return newcomer.loginMs();
        } finally {
            flood.aim(Flood.Aim.NOBODY);
        }
    }

    /** A session that keeps its source, so that an overheard login is of no use. */
    private static void defineVictim(final Appliance appliance) throws IOException {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DefineSessionEncoder session = new DefineSessionEncoder();
        final byte[] salt = new byte[SessionTable.SALT_LENGTH];
        final byte[] secret = Password.secret(salt, SampleMarket.PASSWORD);
        session.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .requestHigh(1)
                .requestLow(1)
                .username(Ascii.pack(VICTIM))
                .firm(Ascii.packInt(SampleMarket.FIRM))
                .flags(SessionTable.FLAG_KEEPS_SOURCE)
                .accountHigh(Ascii.pack(SampleMarket.session(0)))
                .accountLow(Ascii.BLANK)
                .putSalt(salt, 0, salt.length)
                .putSecret(secret, 0, secret.length);
        try (ControlClient control = ControlClient.open(appliance.folder())) {
            control.ask(buffer, 0, session.limit(), 1, 1, ANSWER_NS)
                    .filter(answer -> answer.code() == 0)
                    .orElseThrow(() -> new IllegalStateException("the session was not defined"));
        }
    }
}
