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
import io.spindle.perf.load.LoadProfile;
import io.spindle.perf.load.LoadResult;
import io.spindle.perf.load.LoadRig;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.status.CountersReader;

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
import java.util.concurrent.Callable;

/**
 * {@code ./spindle bench flood}: what floods cost the sessions that trade. Rounds of quiet, flood,
 * flood, quiet; a round's figure is the p99 under the flood over that in the quiet, in which the
 * same datagrams go to somebody else on this machine, or nowhere. Exit code 0 when nothing was let
 * in, an honest session could log in beside the flood, and the interval lies in its bounds.
 */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description = {
            "Floods an appliance with orders of strangers, replayed and wrong logins, heartbeats and",
            "re-requests, in rounds against quiet, and compares the p99 of those who trade. In the",
            "quiet the same datagrams go to a port of somebody else."
        })
public final class FloodBench implements Callable<Integer> {
    private static final String VICTIM = "FLOOD0";
    private static final String NEWCOMER = SampleMarket.session(10);
    private static final double LEAST = 0.90;
    private static final double MOST = 1.15;
    private static final int SESSIONS = 4;
    private static final long ANSWER_NS = 5_000_000_000L;
    private static final Duration WARM_UP = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rounds of quiet, flood, flood, quiet (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Length of each of the four (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Messages a second of those who trade (default: ${DEFAULT-VALUE}).")
    private long rate;

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

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "27500",
            description = "First UDP port (default: ${DEFAULT-VALUE}).")
    private int portBase;

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:18085",
            description = "Management API (default: ${DEFAULT-VALUE}).")
    private String api;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Path data = Files.createTempDirectory("spindle-flood-");
        try (Appliance appliance = new Appliance(new Appliance.Options(data, portBase, api))) {
            appliance.awaitOpen(PATIENCE);
            defineVictim(appliance);
            try (Bystander victim = new Bystander(appliance, VICTIM);
                    Flood flood =
                            new Flood(
                                    appliance.orderEntry(),
                                    VICTIM,
                                    SampleMarket.PASSWORD,
                                    floodRate);
                    LoadRig rig =
                            new LoadRig(appliance.orderEntry(), LoadProfile.CONSTANT, SESSIONS)) {
                rig.login();
                measure(rig, flood, Flood.Aim.SERVER);
                final List<Double> ratios = new ArrayList<>();
                for (int round = 1; round <= rounds; round++) {
                    ratios.add(round(rig, flood, round, out));
                }
                return verdict(appliance, victim, flood, ratios, out);
            }
        }
    }

    private double round(
            final LoadRig rig, final Flood flood, final int round, final PrintWriter out) {
        final Flood.Aim quiet = silence ? Flood.Aim.NOBODY : Flood.Aim.NEIGHBOUR;
        final double quietBefore = measure(rig, flood, quiet);
        final double first = measure(rig, flood, Flood.Aim.SERVER);
        final double second = measure(rig, flood, Flood.Aim.SERVER);
        final double quietAfter = measure(rig, flood, quiet);
        final double ratio = Math.sqrt(first * second / (quietBefore * quietAfter));
        out.printf(
                Locale.ROOT,
                "round %2d: p99 %.0f %.0f | %.0f %.0f µs quiet | flood, ratio %.3f%n",
                round,
                quietBefore / 1_000,
                quietAfter / 1_000,
                first / 1_000,
                second / 1_000,
                ratio);
        out.flush();
        return ratio;
    }

    /** p99 in ns of the sessions that trade. */
    private double measure(final LoadRig rig, final Flood flood, final Flood.Aim aim) {
        flood.aim(aim);
        final LoadResult result = rig.measure(rate, WARM_UP, Duration.ofSeconds(seconds));
        flood.aim(Flood.Aim.NOBODY);
        if (result.unanswered() > 0 || result.refused() > 0) {
            throw new IllegalStateException("a flood cost an answer: " + result.row());
        }
        return result.total().getValueAtPercentile(99);
    }

    private int verdict(
            final Appliance appliance,
            final Bystander victim,
            final Flood flood,
            final List<Double> ratios,
            final PrintWriter out)
            throws IOException, InterruptedException {
        final long loginMs = newcomer(appliance, flood);
        final CountersReader counters = LoopCounters.read(appliance.folder().counters());
        final RatioInterval interval = RatioInterval.of(ratios);
        final boolean held = victim.isUp();
        final boolean within = interval.isWithin(LEAST, MOST);
        out.printf(
                Locale.ROOT,
                "%,d hostile datagrams: %,d of strangers dropped, %,d logins refused, %,d above the"
                        + " rate; %s%n",
                flood.sent(),
                counters.getCounterValue(LoopCounter.STRANGER_DATAGRAMS.ordinal()),
                counters.getCounterValue(LoopCounter.LOGINS_REJECTED.ordinal()),
                counters.getCounterValue(LoopCounter.LOGINS_LIMITED.ordinal()),
                held ? "nothing let in" : "FAIL: the session was taken");
        out.printf(Locale.ROOT, "beside the flood %s logged in within %,d ms%n", NEWCOMER, loginMs);
        out.printf(
                Locale.ROOT,
                "p99 under flood / quiet: %.3f, 95 %% interval %.3f to %.3f over %d rounds: %s %.2f"
                        + " to %.2f%n",
                interval.mean(),
                interval.low(),
                interval.high(),
                interval.rounds(),
                within ? "within" : "FAIL, not within",
                LEAST,
                MOST);
        return held && within ? 0 : 1;
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
