package io.spindle.process;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a process that runs until SIGTERM. That arrives as a shutdown hook, which must outlast
 * the last work: once it returns the JVM is gone. So this is the first thing that a command opens,
 * and the last that it closes.
 */
public final class ProcessEnd implements AutoCloseable {
    private static final long LAST_WORK_S = 10;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String name;

    /**
     * @param name of the process, in front of its lines
     */
    public ProcessEnd(final String name) {
        this.name = name;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** False once the process is to end. */
    public boolean isRunning() {
        return running.get();
    }

    /** The same, for a loop that has to read it itself. */
    public AtomicBoolean running() {
        return running;
    }

    /** Prints a line for the operator, with the time. */
    public void say(final String line) {
        System.out.println(
                LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + name + ": " + line);
    }

    private void stop() {
        running.set(false);
        try {
            ended.await(LAST_WORK_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All work is done: a hook that waits may return. */
    @Override
    public void close() {
        ended.countDown();
    }
}
