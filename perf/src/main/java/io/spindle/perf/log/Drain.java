package io.spindle.perf.log;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** A thread that polls until it is closed; backs off like the media process. */
final class Drain implements AutoCloseable {
    private final IntSupplier poll;
    private final Thread thread = new Thread(this::run, "drain");
    private volatile boolean running = true;

    private Drain(final IntSupplier poll) {
        this.poll = poll;
    }

    static Drain start(final IntSupplier poll) {
        final Drain drain = new Drain(poll);
        drain.thread.setDaemon(true);
        drain.thread.start();
        return drain;
    }

    private void run() {
        final IdleStrategy idle =
                new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MICROSECONDS.toNanos(500));
        while (running) {
            idle.idle(poll.getAsInt());
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
