package io.spindle.perf.load;

import io.spindle.affinity.Precedence;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.perf.demo.Appliance;
import io.spindle.perf.demo.ScratchFolder;
import io.spindle.perf.jvm.SafepointLog;

import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What benches of disturbances share: rounds, load, and an appliance whose loop has a core of its
 * own. Everything else on the machine, this process and what it starts included, shares the other
 * cores.
 */
public final class AbbaSetup {
    private static final int SESSIONS = 2;
    private static final long LEAST_TRICKLE = 10;
    private static final String PAUSES = "trading-safepoints.log";

    /** Calls a second: those who flood the API are to reach it. */
    private static final String UNLIMITED = "1000000";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Rounds of four blocks each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--block",
            paramLabel = "MS",
            description = "Length of a block (default: ${DEFAULT-VALUE}).")
    private int blockMs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second of those who trade (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "10",
            description = "Seconds at the rate before it counts (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Mixin private OwnCore core;

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

    public AbbaSetup() {
        this(250, 8_000);
    }

    /**
     * With other defaults.
     *
     * @param blockMs length of a block
     * @param rate messages a second
     */
    public AbbaSetup(final int blockMs, final long rate) {
        this.blockMs = blockMs;
        this.rate = rate;
    }

    public int rounds() {
        return rounds;
    }

    /**
     * Starts the appliance; {@link Running#warmUp} comes next. What fails leaves nothing behind.
     */
    public Running open() throws IOException, InterruptedException {
        final Deque<AutoCloseable> undo = new ArrayDeque<>();
        try {
            return open(undo);
        } catch (final IOException | InterruptedException | RuntimeException failure) {
            CloseHelper.closeAll(failure::addSuppressed, undo);
            throw failure;
        }
    }

    /**
     * @param undo what takes back what was done, the last thing first
     */
    private Running open(final Deque<AutoCloseable> undo) throws IOException, InterruptedException {
        undo.push(core.clear());
        final List<String> arguments =
                new ArrayList<>(List.of("--timestamps", "--call-rate", UNLIMITED));
        arguments.addAll(core.runArguments());
        if (core.isShared()) { // others hold the loop up at will: no reason to refuse
            arguments.addAll(List.of("--max-wait-ms", "60000"));
        }
        final ScratchFolder data = new ScratchFolder("spindle-abba-");
        undo.push(data);
        final List<String> jvm = new ArrayList<>(core.jvmArguments());
        jvm.add(tellingPauses(data.path()));
        final Appliance appliance =
                new Appliance(new Appliance.Options(data.path(), portBase, api, jvm, arguments));
        undo.push(appliance);
        appliance.awaitOpen();
        final LoadRig rig = LoadRig.steady(appliance.orderEntry(), SESSIONS);
        undo.push(rig);
        return new Running(appliance, rig, undo);
    }

    /** Behind what else this JVM was told to add to the trading process. */
    private static String tellingPauses(final Path data) {
        final String property = ChildJvm.EXTRA_ARGUMENTS + ".trading";
        return "-D%s=%s %s"
                .formatted(
                        property,
                        System.getProperty(property, ""),
                        SafepointLog.argument(data.resolve(PAUSES)));
    }

    /** An appliance and those who trade on it. */
    public final class Running implements AutoCloseable {
        private final Appliance appliance;
        private final LoadRig rig;
        private final Deque<AutoCloseable> undo;

        private Running(
                final Appliance appliance, final LoadRig rig, final Deque<AutoCloseable> undo) {
            this.appliance = appliance;
            this.rig = rig;
            this.undo = undo;
        }

        public Appliance appliance() {
            return appliance;
        }

        /** The trading process's log of what stopped all its threads, for {@link SafepointLog}. */
        public Path pauses() {
            return appliance.folder().path().resolve(PAUSES);
        }

        public LoadRig rig() {
            return rig;
        }

        public void warmUp() {
            rig.begin(rate, Duration.ofSeconds(warmUpSeconds));
        }

        /**
         * Whoever waits for a core, the rig does not: it needs little and rests in between. Not
         * where the loop might be the one who waits.
         */
        private Histogram undelayed(final Supplier<Histogram> play) {
            if (core.isShared()) {
                return play.get();
            }
            Precedence.claim();
            try {
                return play.get();
            } finally {
                Precedence.yield();
            }
        }

        /**
         * What may take longer than the loop waits for word from a session: they are kept up
         * meanwhile.
         */
        public <T> T keepingUp(final Callable<T> work)
                throws InterruptedException, ExecutionException {
            final FutureTask<T> task = new FutureTask<>(work);
            Thread.ofPlatform().name("between-blocks").start(task);
            while (!task.isDone()) {
                rig.idle();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return task.get();
        }

        /** How long each order of one block stayed in the appliance, ns. */
        public Histogram block() {
            return undelayed(() -> rig.block(rate, Duration.ofMillis(blockMs)));
        }

        public Duration blockLength() {
            return Duration.ofMillis(blockMs);
        }

        /** A second at a fiftieth of the rate, for a loop that a tracer holds up. */
        public void trickle() {
            rig.block(Math.max(LEAST_TRICKLE, rate / 50), Duration.ofSeconds(1));
        }

        @Override
        public void close() {
            CloseHelper.closeAll(undo);
        }
    }
}
