package io.spindle.journal;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.standby.StandbyAddress;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A media process on a thread of the test, with small sizes. */
public final class MediaThread implements AutoCloseable {
    public static final JournalConfig CONFIG = new JournalConfig(1 << 16, 1 << 18, 8192, 0, 0);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    public MediaThread(final DataFolder folder) {
        this(folder, CONFIG);
    }

    public MediaThread(final DataFolder folder, final JournalConfig config) {
        this(folder, config, null);
    }

    public MediaThread(
            final DataFolder folder, final JournalConfig config, final StandbyAddress standby) {
        thread = new Thread(() -> run(folder, config, standby), "media");
        thread.start();
    }

    private void run(
            final DataFolder folder, final JournalConfig config, final StandbyAddress standby) {
        try {
            new MediaProcess(folder, config, standby, System.out::println).run(running::get);
        } catch (final IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** What ended the process by itself, null if it was told to. */
    public Throwable failure() {
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NS));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failure.get();
    }

    public void awaitRecorded(final LogRing ring) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (ring.safeSequence(AckLevel.SYNCED) < ring.lastSequence()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(
                        "recorded "
                                + ring.safeSequence(AckLevel.SYNCED)
                                + " of "
                                + ring.lastSequence());
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        running.set(false);
        if (failure() != null) {
            throw new AssertionError(failure.get());
        }
    }
}
