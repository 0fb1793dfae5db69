package io.spindle.mgmt.process;

import io.spindle.log.CommandHandler;
import io.spindle.log.LogDamaged;
import io.spindle.mgmt.background.ThreadEnd;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a view up with the log: the replica's thread. Stops for good on damage and on a checkpoint
 * that this replica did not reproduce, and says why: a replica that differs must not be believed.
 */
final class Follower implements AutoCloseable {
    /** Where commands come from: hands over a bounded number and says how many. */
    @FunctionalInterface
    interface Source {
        int poll(CommandHandler handler, int limit);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /**
     * A frame holds up to some hundred commands: readers wait a few hundred microseconds. One at a
     * time, so that the view stands behind each again when the log is read again.
     */
    private static final int FRAMES = 1;

    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * A turn applies a frame, or rests; what may hold it up is who reads long with the view's lock,
     * for seconds.
     */
    static final long STUCK_NS = TimeUnit.SECONDS.toNanos(30);

    private final View view;
    private final Source source;
    private final Thread thread;
    private volatile String alarm = "";
    private volatile long turnedAtNs = System.nanoTime();

    Follower(final View view, final Source source) {
        this.view = view;
        this.source = source;
        this.thread = Thread.ofPlatform().name("spindle-replica").start(this::run);
    }

    /** Why it has stopped; empty while it follows. A thread that is gone needs no last word. */
    String alarm() {
        return alarm.isEmpty() && !thread.isAlive() ? "the replica's thread has ended" : alarm;
    }

    /**
     * Whether it has begun no turn for longer than {@link #STUCK_NS}; takes no lock. What has ended
     * is not stuck: a new process would read the same log and end there, too.
     */
    boolean isStuck(final long nowNs) {
        return alarm.isEmpty() && thread.isAlive() && nowNs - turnedAtNs > STUCK_NS;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted() && alarm.isEmpty()) {
                turnedAtNs = System.nanoTime();
                if (view.update(() -> source.poll(view, FRAMES)) == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                } else {
                    alarm = view.read(View.Reading::mismatch);
                }
            }
        } catch (final LogDamaged damage) {
            alarm = damage.getMessage();
        } catch (final RuntimeException | Error fault) {
            alarm = fault.toString();
            LOG.error("replica stopped", fault);
        }
        if (!alarm.isEmpty()) {
            LOG.error("replica stopped: {}", alarm);
        }
    }

    @Override
    public void close() {
        ThreadEnd.await(thread);
    }
}
