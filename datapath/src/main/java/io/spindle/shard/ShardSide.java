package io.spindle.shard;

import io.spindle.log.ControlClient;
import io.spindle.log.ControlClient.Answer;
import io.spindle.log.DataFolder;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Replica;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the two running appliances between which a symbol moves: is told commands, and shows the
 * engine's state behind them. Every request has an id of the move and of its place in it, so that a
 * move that died may be repeated from its beginning: what was done is not done again.
 *
 * <p>One thread.
 */
final class ShardSide implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int FRAMES = 64;
    private static final int LONGEST = 512;

    private final DataFolder folder;
    private final ControlClient control;
    private final Replica replica;
    private final String move;
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);

    /**
     * @param move names the move and the step of it, the same when it is repeated
     */
    ShardSide(final DataFolder folder, final String move) throws IOException {
        this.folder = folder;
        this.move = move;
        replica = Replica.ofState(folder, folder.engineConfig(), Long.MAX_VALUE);
        control = ControlClient.open(folder);
        follow(0);
    }

    /** Writes a command from offset 0 on; returns its length. */
    @FunctionalInterface
    interface Request {
        int write(MutableDirectBuffer buffer, long requestHigh, long requestLow);
    }

    /**
     * Has an admin command applied; {@link #engine} is behind it then.
     *
     * @param name of the request within the move
     * @throws IOException if it was refused, or nobody answered
     */
    void ask(final String name, final Request request) throws IOException {
        final UUID id =
                UUID.nameUUIDFromBytes((move + '/' + name).getBytes(StandardCharsets.UTF_8));
        final long high = id.getMostSignificantBits();
        final long low = id.getLeastSignificantBits();
        final int length = request.write(buffer, high, low);
        final Answer answer =
                control.ask(buffer, 0, length, high, low, PATIENCE_NS)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                folder.path()
                                                        + ": no answer from the trading process;"
                                                        + " repeat when it runs"));
        if (answer.code() != 0) {
            throw new IOException(
                    "%s: %s was refused, code %d".formatted(folder.path(), name, answer.code()));
        }
        follow(answer.sequence());
    }

    /** Puts an order into the log behind all that was asked for; it is answered by the state. */
    void send(final Request request) throws IOException {
        final int length = request.write(buffer, 0, 0);
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!control.send(buffer, 0, length)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(folder.path() + ": the trading process takes no requests");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Until the recorded log has come to this sequence and has no more for now. */
    void follow(final long sequence) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (replica.poll(FRAMES) > 0 || replica.engine().sequence() < sequence) {
            if (replica.alarm().isPresent()) {
                throw new IOException(replica.alarm().get());
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(folder.path() + ": the media process does not record");
            }
        }
    }

    /** Waits for work that the engine does in slices. */
    void awaitRest() throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (engine().pendingContinue() != 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(folder.path() + ": the engine does not come to rest");
            }
            follow(engine().sequence() + 1);
        }
    }

    TradingEngine engine() {
        return replica.engine();
    }

    @Override
    public void close() throws IOException {
        control.close();
        replica.close();
    }
}
