package io.spindle.trading;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.ThreadPin;
import io.spindle.attest.Attestation;
import io.spindle.capture.Capture;
import io.spindle.log.AnswerRing;
import io.spindle.log.CommandLog;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.loop.Lease;
import io.spindle.loop.LogClock;
import io.spindle.loop.LoopContext;
import io.spindle.loop.LoopCounter;
import io.spindle.loop.LoopCounters;
import io.spindle.loop.LoopRunner;
import io.spindle.loop.TradingLoop;
import io.spindle.nic.Ipv4;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.OpenLog;
import io.spindle.rehearsal.Rehearsal;
import io.spindle.rehearsal.Stage;

import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The trading process. Starting it is recovery, whatever ended the one before.
 *
 * <pre>
 *   fence ─▶ rings ─▶ wire ─▶ newest snapshot ─▶ replay ─▶ first commands ─▶ open ─▶ turns … ─▶ close
 *            STATE:  starting        recovering                              open      stopping
 * </pre>
 *
 * <p>The wire is opened before the replay so that a wrong interface is refused at once; what
 * arrives meanwhile waits in its buffers or is sent again by clients. One thread.
 */
public final class TradingProcess implements AutoCloseable {
    private static final Duration SHORT_PAUSE = Duration.ofMinutes(1);
    private static final Duration HURRIED_REHEARSAL = Duration.ofMillis(500);
    private static final String SAMPLE_SESSION = SampleMarket.session(0);

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final TradingConfig config;
    private final Consumer<String> report;
    private LoopCounters counters;
    private NicQueue nic;
    private TradingLoop loop;
    private IdleStrategy idle;
    private CpuSet everywhere;
    private ThreadPin pin;
    private boolean isRestart;

    /**
     * @param report takes lines for the operator
     */
    public TradingProcess(final TradingConfig config, final Consumer<String> report) {
        this.config = config;
        this.report = report;
    }

    /** Recovers, then opens the order port. */
    public void start() throws IOException {
        final DataFolder folder = config.folder();
        final OpenLog log = closing(OpenLog.open(folder));
        counters = closing(LoopCounters.create(folder.counters()));
        log.prefault();
        final RingFile requests = closing(ControlRing.openFile(folder));
        final RingFile answers = closing(AnswerRing.openFile(folder));
        final RefillRings refill = closing(RefillRings.open(folder));
        requests.prefault();
        answers.prefault();
        refill.prefault();
        final LogClock clock = new LogClock(SystemNanoClock.INSTANCE, new SystemEpochNanoClock());
        nic = closing(openNic(log.ring(), clock));
        describeNic(folder);
        loop =
                new TradingLoop(
                        new LoopContext(
                                nic,
                                log.ring(),
                                requests.reader(),
                                AnswerRing.writer(answers),
                                clock,
                                folder.engineConfig(),
                                LoopContext.OUTBOUND_STORE_BYTES,
                                counters,
                                config.maxWaitNs(),
                                refill,
                                config.ack(),
                                config.standby() ? Lease.in(log.ring()) : Lease.none()));
        loop.makeResident();
        recover(log);
        everywhere = CpuSet.ofCallingThread();
        idle = idle();
        rehearse();
        loop.open();
        counters.set(LoopCounter.STATE, LoopCounter.STATE_OPEN);
        report.accept(
                "open: order entry on %s:%d, session id SP%d%02d, log sequence %,d"
                        .formatted(
                                Ipv4.text(nic.info().address()),
                                nic.info().port(),
                                engine().date() % 1_000_000,
                                engine().epoch(),
                                engine().sequence()));
    }

    private NicQueue openNic(final CommandLog log, final NanoClock clock) throws IOException {
        final NicQueue queue =
                NicQueues.open(
                        new NicContext()
                                .backend(config.backend())
                                .interfaceName(config.interfaceName())
                                .address(config.address())
                                .port(config.ports().orderEntry())
                                .multicastAddress(config.address())
                                .timestamps(config.timestamps() || config.attest().isPresent())
                                .conclude(),
                        report);
        try {
            return captured(attested(queue, log, clock));
        } catch (final IOException failure) {
            queue.close();
            throw failure;
        }
    }

    private NicQueue attested(final NicQueue queue, final CommandLog log, final NanoClock clock)
            throws IOException {
        if (config.attest().isEmpty()) {
            return queue;
        }
        final Path folder = config.attest().get();
        report.accept("attestation: every order's times go to " + folder);
        return Attestation.of(queue, log, clock, config.folder(), folder);
    }

    private NicQueue captured(final NicQueue queue) throws IOException {
        if (config.capture().isEmpty()) {
            return queue;
        }
        final Path file = unused(config.capture().get());
        report.accept("capture: every frame goes to " + file);
        return Capture.tee(queue, file);
    }

    /** A process started again must not write over what the one before it captured. */
    private static Path unused(final Path wanted) {
        Path file = wanted;
        for (int number = 1; Files.exists(file); number++) {
            file = wanted.resolveSibling(wanted.getFileName() + "." + number);
        }
        return file;
    }

    /** For the management API, which must not read the loop's objects. */
    private void describeNic(final DataFolder folder) throws IOException {
        final Properties names = new Properties();
        names.putAll(nic.info().describe());
        final Path fresh = folder.nic().resolveSibling(folder.nic().getFileName() + ".new");
        try (Writer file = Files.newBufferedWriter(fresh)) {
            names.store(file, null);
        }
        Files.move(fresh, folder.nic(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void recover(final OpenLog log) throws IOException {
        counters.set(LoopCounter.STATE, LoopCounter.STATE_RECOVERING);
        final long startedNs = System.nanoTime();
        final Recovery recovery =
                new Recovery(
                        log, loop, sequence -> counters.set(LoopCounter.LOG_SEQUENCE, sequence));
        final long snapshot = recovery.readSnapshot(config.folder(), report);
        final OpenLog.Replayed replayed = recovery.replay();
        isRestart =
                replayed.lastSequence() > 0
                        && Duration.between(
                                                Instant.ofEpochSecond(0, engine().timeNs()),
                                                Instant.now())
                                        .compareTo(SHORT_PAUSE)
                                < 0;
        refuseSampleMarketInPublic();
        final String added = recovery.begin(config.bootstrap(), Instant.now());
        report.accept(
                "recovered: snapshot at %,d, %,d commands from the Archive, %,d from the ring, %d ms"
                        .formatted(
                                snapshot,
                                replayed.fromArchive(),
                                replayed.fromRing(),
                                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs)));
        if (!added.isEmpty()) {
            report.accept(added);
        }
    }

    /** Neither logged here nor brought along from a folder that was filled on loopback. */
    private void refuseSampleMarketInPublic() {
        final boolean sample =
                engine().sequence() == 0
                        ? config.bootstrap() instanceof Bootstrap.Sample
                        : engine().sessions().find(Ascii.pack(SAMPLE_SESSION)) >= 0;
        if (sample && !config.isLoopback()) {
            throw new IllegalStateException(
                    "the sample market's passwords are public: it opens on a loopback address only;"
                            + " begin with --bootstrap DIR or none");
        }
    }

    /** Turns until told to stop, or until the interface is taken away. */
    public void run(final AtomicBoolean running) {
        LoopRunner.run(loop, nic, idle, running);
        counters.set(LoopCounter.STATE, LoopCounter.STATE_STOPPING);
        loop.onClose();
        if (pin != null) {
            report.accept("pinned: pushed off its core " + pin.involuntarySwitches() + " times");
        }
        if (nic.isGone()) {
            throw new IllegalStateException(
                    "ALARM: interface %s is gone; stopped in order at log sequence %,d"
                            .formatted(nic.info().interfaceName(), engine().sequence()));
        }
    }

    /**
     * Alone on a core the loop spins; otherwise it leaves the core to others after a thousand idle
     * turns, a millisecond or two. Waking up costs a virtual machine tens of microseconds.
     */
    private IdleStrategy idle() {
        if (config.cpu() > 0) {
            pin = closing(ThreadPin.acquire(config.cpu()));
            report.accept("pinned: " + pin.summary());
            return BusySpinIdleStrategy.INSTANCE;
        }
        return new BackoffIdleStrategy(
                1_000, 100, TimeUnit.MICROSECONDS.toNanos(5), TimeUnit.MICROSECONDS.toNanos(200));
    }

    /** The compiler does its work now, on made-up orders, and not on the first real ones. */
    private void rehearse() {
        if (config.rehearsal().isZero()) {
            return;
        }
        final Duration limit = rehearsalLimit();
        final DataFolder folder = new DataFolder(config.folder().run().resolve("rehearsal"));
        try {
            final Stage stage = Stage.like(nic.info(), config.timestamps());
            report.accept(new Rehearsal(folder, limit, everywhere).run(stage, idle).toString());
        } catch (final IOException | RuntimeException failure) {
            // What is only there to be quick must not keep the market closed.
            report.accept("rehearsal failed, the first orders will be slow: " + failure);
        }
    }

    /** In the middle of a day, or with sessions logged in, a slow answer is better than none. */
    private Duration rehearsalLimit() {
        boolean clientsWait = isRestart;
        final SessionTable sessions = engine().sessions();
        for (int session = 0; session < sessions.count(); session++) {
            clientsWait |= sessions.isUp(session);
        }
        return clientsWait && config.rehearsal().compareTo(HURRIED_REHEARSAL) > 0
                ? HURRIED_REHEARSAL
                : config.rehearsal();
    }

    TradingEngine engine() {
        return loop.engine();
    }

    private <T extends AutoCloseable> T closing(final T resource) {
        closing.push(resource);
        return resource;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(closing);
    }
}
