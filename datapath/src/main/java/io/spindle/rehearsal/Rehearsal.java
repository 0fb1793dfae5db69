package io.spindle.rehearsal;

import io.spindle.affinity.CpuSet;
import io.spindle.log.DataFolder;
import io.spindle.loop.LoopRunner;

import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays a made-up market into a {@link ShadowVenue} until the compiler has nothing left to do, or
 * time is up. One use; {@link #run} is called by the thread that will trade.
 */
public final class Rehearsal {
    private static final int MEMBERS = 8;
    private static final long SEED = 7;
    private static final int MESSAGES_PER_DATAGRAM = 4;
    private static final int DATAGRAMS_PER_LOOK = 64;
    private static final long IDLE_NS = 20_000;

    /** So long without work for the compiler, and it is taken to have finished. */
    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(400);

    /**
     * Its work is known when it is done: one that takes longer than that must not look like rest.
     */
    private static final long LONGEST_QUIET_NS = TimeUnit.SECONDS.toNanos(2);

    /** Less compile time than this in a quiet stretch is none. */
    private static final long QUIET_COMPILE_MS = 8;

    private static final long FEWEST_ANSWERS = 100_000;
    private static final int REPORTS_PER_INTERLUDE = 100;
    private static final int BEATS_PER_INTERLUDE = 8;

    /** After so long, everybody is due another heartbeat. */
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<RehearsalMember> members = new ArrayList<>();
    private RehearsalVisitor visitor;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final DataFolder folder;
    private final long limitNs;
    private final CpuSet partnersCpus;
    private long quietSinceNs;
    private long quietCompileMs;
    private long longestCompileMs;
    private boolean settled;
    private RuntimeException failure;

    /**
     * What came of it.
     *
     * @param answers messages that the shadow loop sent to its members
     * @param compileMs what the compiler's threads worked
     * @param tookMs from first to last message
     * @param settled true when the compiler had finished, false when time was up
     */
    public record Outcome(long answers, long compileMs, long tookMs, boolean settled) {
        @Override
        public String toString() {
            return "rehearsed: %,d answers in %,d ms, %,d ms of compiling, %s"
                    .formatted(
                            answers,
                            tookMs,
                            compileMs,
                            settled ? "settled" : "cut off by the limit");
        }
    }

    /**
     * @param folder for the shadow's files; what is there is deleted, before and after
     * @param limit the longest it may take
     * @param partnersCpus where the members may run: the calling thread may be pinned, and its
     *     partner must not share its core
     */
    public Rehearsal(final DataFolder folder, final Duration limit, final CpuSet partnersCpus) {
        this.folder = folder;
        this.partnersCpus = partnersCpus;
        limitNs = limit.toNanos();
    }

    /**
     * Rehearses on the calling thread.
     *
     * @param stage with a queue of the class that will trade; is closed
     * @param idle what the real loop does when there is nothing to do
     */
    public Outcome run(final Stage stage, final IdleStrategy idle) throws IOException {
        final long startNs = System.nanoTime();
        final long startCompileMs = compiler.getTotalCompilationTime();
        try (stage;
                ShadowVenue venue = new ShadowVenue(folder, stage.queue())) {
            for (int number = 0; number < MEMBERS; number++) {
                members.add(new RehearsalMember(number, stage, random));
            }
            visitor = new RehearsalVisitor(MEMBERS, stage);
            final Thread partner =
                    Thread.ofPlatform().name("rehearsal").start(() -> play(stage, venue, startNs));
            try {
                trade(venue, idle);
            } finally {
                over.set(true);
                join(partner);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new Outcome(
                members.stream().mapToLong(RehearsalMember::answers).sum(),
                compiler.getTotalCompilationTime() - startCompileMs,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
                settled);
    }

    /** Begins the loop many times: one that is only ever entered once is compiled twice. */
    private void trade(final ShadowVenue venue, final IdleStrategy idle) {
        running.set(true);
        long silenceNs = 0;
        while (!over.get()) {
            LoopRunner.run(venue.loop(), venue.nic(), idle, running);
            for (int i = 0; i < REPORTS_PER_INTERLUDE; i++) {
                venue.loop().onClose();
            }
            for (int i = 0; i < BEATS_PER_INTERLUDE; i++) {
                silenceNs += SILENCE_NS;
                venue.loop().beat(silenceNs);
            }
            running.set(true);
        }
    }

    private void play(final Stage stage, final ShadowVenue venue, final long startNs) {
        try {
            partnersCpus.applyToCallingThread();
            members.forEach(member -> member.login(startNs));
            quietSinceNs = startNs;
            quietCompileMs = compiler.getTotalCompilationTime();
            while (!settled && !over.get() && System.nanoTime() - startNs < limitNs) {
                for (int i = 0; i < DATAGRAMS_PER_LOOK; i++) {
                    members.get(random.nextInt(MEMBERS))
                            .act(1 + random.nextInt(MESSAGES_PER_DATAGRAM), System.nanoTime());
                    serve(stage, venue);
                }
                visitor.act(System.nanoTime());
                settled = isSettled(System.nanoTime());
                running.set(false);
            }
        } catch (final RuntimeException e) {
            failure = e;
        } finally {
            over.set(true);
            running.set(false);
        }
    }

    private void serve(final Stage stage, final ShadowVenue venue) {
        final long nowNs = System.nanoTime();
        for (final RehearsalMember member : members) {
            member.poll(nowNs);
        }
        final int received = stage.poll();
        venue.drain();
        if (received == 0) {
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    private boolean isSettled(final long nowNs) {
        final long compileMs = compiler.getTotalCompilationTime();
        if (compileMs - quietCompileMs >= QUIET_COMPILE_MS) {
            longestCompileMs = Math.max(longestCompileMs, compileMs - quietCompileMs);
            quietCompileMs = compileMs;
            quietSinceNs = nowNs;
        }
        final long quietNs =
                Math.clamp(
                        2 * TimeUnit.MILLISECONDS.toNanos(longestCompileMs),
                        QUIET_NS,
                        LONGEST_QUIET_NS);
        return nowNs - quietSinceNs >= quietNs
                && members.stream().mapToLong(RehearsalMember::answers).sum() >= FEWEST_ANSWERS;
    }

    /** Until it is dead, interrupted or not: it writes to memory that is freed next. */
    private static void join(final Thread partner) {
        boolean interrupted = false;
        while (partner.isAlive()) {
            try {
                partner.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
