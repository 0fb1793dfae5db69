package io.spindle.mgmt.background;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * A thread that takes one turn after another until it is closed, and rests in between. Whatever
 * leaves a turn, an {@link Error} too, ends the turn and not the thread: the log has it, once until
 * a turn succeeds or another kind of fault comes, and the next turn is taken after a pause.
 */
public final class BackgroundLoop implements AutoCloseable {
    /** What is done in a turn. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does what is next; after a fault it is called again, and goes on where it stands.
         *
         * @return how long to rest then, in ms
         * @throws IOException for what may come right by itself
         * @throws InterruptedException when the loop is closed
         */
        long take() throws IOException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final String NO_MEMORY = "there is no memory to say what it is";

    private final String fault;
    private final Turn turn;
    private final Thread thread;
    private long firstMs;
    private long pauseMs;
    private Class<?> told;
    private volatile String trouble = "";
    private volatile boolean isClosing;

    /**
     * A loop that has not begun; {@link #start} begins it.
     *
     * @param kind of thread, with its name
     * @param fault what is not done while turns fail, for the log
     * @param turn what is done again and again
     */
    public BackgroundLoop(final Thread.Builder kind, final String fault, final Turn turn) {
        this.fault = fault;
        this.turn = turn;
        this.thread = kind.unstarted(this::run);
    }

    /**
     * Begins; only once.
     *
     * @param newFirstMs before the first turn
     * @param newPauseMs after a turn that failed
     */
    public void start(final long newFirstMs, final long newPauseMs) {
        firstMs = newFirstMs;
        pauseMs = newPauseMs;
        thread.start();
    }

    /**
     * Why the last turn failed.
     *
     * @return empty if it did not
     */
    public String trouble() {
        return trouble;
    }

    private void run() {
        try {
            long restMs = firstMs;
            while (!isClosing) { // a turn may swallow the interrupt
                Thread.sleep(restMs);
                restMs = takeTurn();
            }
        } catch (final InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns for how long to rest then. */
    private long takeTurn() throws InterruptedException {
        try {
            final long restMs = turn.take();
            told = null;
            trouble = "";
            return restMs;
        } catch (final IOException | RuntimeException | Error broken) {
            tell(broken);
            return pauseMs;
        }
    }

    /** What fails because the loop is being closed is no fault. */
    private void tell(final Throwable broken) {
        try {
            trouble = broken.toString();
            if (broken.getClass() != told && !isClosing) {
                LOG.error("{}; trying again", fault, broken);
                told = broken.getClass();
            }
        } catch (final OutOfMemoryError scarce) {
            trouble = NO_MEMORY;
        }
    }

    /** Ends behind the turn in hand; see {@link ThreadEnd}. */
    @Override
    public void close() {
        isClosing = true;
        ThreadEnd.await(thread);
    }
}
