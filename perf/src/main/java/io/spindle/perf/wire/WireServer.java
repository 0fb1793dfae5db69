package io.spindle.perf.wire;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.Precedence;
import io.spindle.affinity.ThreadStatus;
import io.spindle.log.AnswerRing;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.loop.LogClock;
import io.spindle.loop.LoopContext;
import io.spindle.loop.LoopCounters;
import io.spindle.loop.TradingLoop;
import io.spindle.mgmt.cli.ChildJvm;
import io.spindle.nic.Ipv4;
import io.spindle.nic.NicContext;
import io.spindle.nic.NicQueue;
import io.spindle.nic.NicQueues;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.command.DayStartEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.sys.Libc;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The trading loop as a process of its own: every stage from frame to frame, a log ring in shared
 * memory, and no other process of the appliance. Nothing drains the ring; it is sized for a round.
 *
 * <p>Arguments: backend, interface, address, port, core, folder, then any of {@code feed} (send the
 * feed lines too), {@code time} (time the loop itself), {@code large} (a log ring for millions of
 * orders) and {@code count=N} (count the orders in the log from the session's number N on). Says so
 * when it is stopped, and how often its thread was pushed off its core since it was warm.
 */
final class WireServer {
    private static final int LOG_BYTES = 256 << 20;
    private static final int LARGE_LOG_BYTES = 1 << 30;
    private static final int STORE_BYTES = 16 << 20;
    private static final int DATE = 20261120;
    private static final String COUNT = "count=";

    private static final int WARM_FRAMES = 90_000;
    private static final int TURNS_PER_LOOK = 1 << 10;

    /** An orphan that spins on a core would spoil every measurement after it. */
    private static final long LIFETIME_NS = TimeUnit.MINUTES.toNanos(3);

    private final DataFolder folder;
    private final RingFile ring;
    private final LogRing log;
    private final TradingLoop loop;
    private final NicQueue nic;

    private WireServer(final NicQueue nic, final String options, final Path path)
            throws IOException {
        this.nic = nic;
        folder = new DataFolder(path).create();
        ring =
                RingFile.create(
                        folder.logRing(),
                        options.contains("large") ? LARGE_LOG_BYTES : LOG_BYTES,
                        LogRing.MAX_COMMAND,
                        RingOwner.of(folder),
                        0,
                        0);
        ring.prefault();
        log = ring.writer();
        loop =
                new TradingLoop(
                        new LoopContext(
                                options.contains("feed") ? nic : new UnicastOnly(nic),
                                log,
                                ControlRing.openFile(folder).reader(),
                                AnswerRing.writer(AnswerRing.openFile(folder)),
                                new LogClock(SystemNanoClock.INSTANCE, new SystemEpochNanoClock()),
                                EngineConfig.standard(),
                                STORE_BYTES,
                                LoopCounters.create(folder.counters()),
                                Long.MAX_VALUE,
                                RefillRings.open(folder)));
        loop.makeResident();
        SampleMarket.write(this::append);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DayStartEncoder day = new DayStartEncoder();
        day.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).date(DATE).epoch((short) 1);
        append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + day.encodedLength());
        while (loop.doWork() > 0) {
            Thread.onSpinWait();
        }
        loop.open();
    }

    /**
     * A JVM with this server for a rig's near end, started as a supervised trading process is.
     *
     * @param flags JVM flags behind those
     */
    static List<String> command(
            final WireRig rig,
            final List<String> flags,
            final String backend,
            final String... options) {
        final List<Object> arguments =
                new ArrayList<>(
                        List.of(
                                backend,
                                WireRig.DEVICE,
                                WireRig.SERVER_ADDRESS,
                                WireRig.PORT,
                                WireRig.SERVER_CPU,
                                rig.folder().resolve("data-" + backend)));
        arguments.addAll(List.of(options));
        final List<String> command = new ArrayList<>(List.of("nice", "-n", WireRig.NICE));
        command.addAll(ChildJvm.start("trading"));
        command.add("-XX:+AlwaysPreTouch");
        command.addAll(flags);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), WireServer.class.getName()));
        arguments.forEach(argument -> command.add(argument.toString()));
        return command;
    }

    private void append(final DirectBuffer buffer, final int offset, final int length) {
        final int claim = log.claim(length, true);
        log.buffer().putBytes(claim, buffer, offset, length);
        log.commit(length, new SystemEpochNanoClock().nanoTime());
    }

    /** Spins until told to stop; before all others on its core once it is warm. */
    private void run(final AtomicBoolean running, final Runnable onWarm) {
        boolean warm = false;
        final long lastNs = System.nanoTime() + LIFETIME_NS;
        while (running.getOpaque() && System.nanoTime() - lastNs < 0) {
            for (int turn = 0; turn < TURNS_PER_LOOK; turn++) {
                loop.doWork();
            }
            if (!warm && nic.counters().framesReceived > WARM_FRAMES) {
                warm = true;
                onWarm.run();
                Precedence.claim();
            }
        }
    }

    public static void main(final String[] args) throws Exception {
        final String options = String.join(" ", args);
        final NicContext context =
                new NicContext()
                        .backend(args[0])
                        .interfaceName(args[1])
                        .address(Ipv4.parse(args[2]))
                        .multicastAddress(Ipv4.parse(args[2]))
                        .port(Integer.parseInt(args[3]));
        final AtomicBoolean running = new AtomicBoolean(true);
        final Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    running.set(false);
                                    joinQuietly(main);
                                }));
        final boolean timed = options.contains("time");
        final NicQueue opened = NicQueues.open(context.conclude(), System.err::println);
        final LoopTimer timer = new LoopTimer(opened);
        final NicQueue nic = timed ? timer : opened;
        final WireServer server = new WireServer(nic, options, Path.of(args[5]));
        CpuSet.of(Integer.parseInt(args[4])).applyToCallingThread();
        System.out.println("ready");
        final long[] warm = new long[1];
        server.run(
                running,
                () -> {
                    timer.histogram().reset();
                    warm[0] = ThreadStatus.ofThread(new Libc().gettid()).involuntarySwitches();
                });
        final long pushedOff = ThreadStatus.ofThread(new Libc().gettid()).involuntarySwitches();
        nic.close();
        System.out.printf(
                "%s received=%d missed=%d switches=%d%n",
                server.lastWords(options, timer),
                nic.counters().framesReceived,
                nic.counters().receiveMissed,
                pushedOff - warm[0]);
        IoUtil.delete(server.folder.sharedMemory().toFile(), true);
    }

    private String lastWords(final String options, final LoopTimer timer) {
        if (options.contains("time")) {
            return Percentiles.of(timer.histogram()).toString();
        }
        final int count = options.indexOf(COUNT);
        if (count < 0) {
            return "";
        }
        final LoggedOrders orders =
                new LoggedOrders(Integer.parseInt(options.substring(count + COUNT.length())));
        ring.forEach(orders);
        return orders.toString();
    }

    private static void joinQuietly(final Thread thread) {
        try {
            thread.join(5_000);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
