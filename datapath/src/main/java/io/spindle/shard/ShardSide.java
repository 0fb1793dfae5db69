package io.spindle.shard;

import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Replica;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One of the two running appliances between which a symbol moves: is told commands, and shows the
 * engine's state behind them. What may be done only once has an id of the move and of its step, so
 * that a move that died may be repeated from its beginning: the engine remembers, and {@link
 * #isDone} asks it.
 *
 * <p>{@link #copy} is the same without the appliance: commands change an engine of its own only.
 *
 * <p>One thread.
 */
final class ShardSide implements Closeable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int FRAMES = 64;
    private static final int LONGEST = 512;
    private static final int UNKNOWN = -1;

    private final String place;
    private final String move;
    private final TradingEngine engine;
    private final CommandSink commands;
    private final IntSupplier news;
    private final Closeable resources;
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);

    /**
     * @param place in words, for errors
     * @param move names the move and the direction of it, the same when it is repeated
     * @param engine follows the commands when {@code news} is asked, which says how many came
     */
    ShardSide(
            final String place,
            final String move,
            final TradingEngine engine,
            final CommandSink commands,
            final IntSupplier news,
            final Closeable resources) {
        this.place = place;
        this.move = move;
        this.engine = engine;
        this.commands = commands;
        this.news = news;
        this.resources = resources;
    }

    /** The running appliance, read up to where it stands when this is called. */
    static ShardSide live(final DataFolder folder, final String move) throws IOException {
        final Replica replica = Replica.ofState(folder, folder.engineConfig(), Long.MAX_VALUE);
        final ControlClient control = ControlClient.open(folder);
        final ShardSide side =
                new ShardSide(
                        folder.path().toString(),
                        move,
                        replica.engine(),
                        (command, offset, length) -> put(control, command, offset, length),
                        () -> poll(replica),
                        () -> {
                            control.close();
                            replica.close();
                        });
        try {
            side.catchUp();
        } catch (final IOException | RuntimeException silent) {
            side.close();
            throw silent;
        }
        return side;
    }

    /** What is done to it happens nowhere else. */
    static ShardSide copy(final DataFolder folder, final String move) throws IOException {
        final ShardSide live = live(folder, move);
        final TradingEngine engine = live.engine;
        return new ShardSide(
                "a copy of " + folder.path(),
                move,
                engine,
                (command, offset, length) ->
                        engine.apply(
                                engine.sequence() + 1, engine.timeNs(), command, offset, length),
                () -> 0,
                live);
    }

    /** A batch of nothing goes through the log: what was said before it is applied with it. */
    private void catchUp() throws IOException {
        final UUID id = UUID.randomUUID();
        new CommandBatch(commands, id.getMostSignificantBits(), id.getLeastSignificantBits())
                .commit();
        await("look", id);
    }

    /** Writes a command from offset 0 on; returns its length. */
    @FunctionalInterface
    interface Request {
        int write(MutableDirectBuffer buffer, long requestHigh, long requestLow);
    }

    /**
     * Has an admin command applied, however often it was before; {@link #engine} is behind it then.
     *
     * @throws IOException if it was refused, or nobody answered
     */
    void ask(final String name, final Request request) throws IOException {
        ask(name, UUID.randomUUID(), request);
    }

    /** The same, unless this move has had it done. */
    void once(final String name, final Request request) throws IOException {
        if (!isDone(name)) {
            ask(name, id(name), request);
        }
    }

    /** Whether the move has had it done, as far as the log was read. */
    boolean isDone(final String name) {
        return answer(id(name)) == 0;
    }

    /** Has all rows applied by one command, once in a move. */
    void book(final String name, final Consumer<CommandBatch> rows) throws IOException {
        final UUID id = bookId(name);
        if (answer(id) == UNKNOWN) {
            final CommandBatch batch =
                    new CommandBatch(
                            commands, id.getMostSignificantBits(), id.getLeastSignificantBits());
            rows.accept(batch);
            batch.commit();
        }
        await(name, id);
    }

    /** Whether {@link #book} was done. */
    boolean isBooked(final String name) {
        return answer(bookId(name)) == 0;
    }

    /** A batch that was refused left nothing behind: the next has an id of its own. */
    private UUID bookId(final String name) {
        int attempt = 0;
        while (answer(id(name + attempt)) > 0) {
            attempt++;
        }
        return id(name + attempt);
    }

    /** Puts an order into the log behind all that was asked for; it is answered by the state. */
    void send(final Request request) throws IOException {
        commands.onCommand(buffer, 0, request.write(buffer, 0, 0));
    }

    private void ask(final String name, final UUID id, final Request request) throws IOException {
        commands.onCommand(
                buffer,
                0,
                request.write(buffer, id.getMostSignificantBits(), id.getLeastSignificantBits()));
        await(name, id);
    }

    private UUID id(final String name) {
        return UUID.nameUUIDFromBytes((move + '/' + name).getBytes(StandardCharsets.UTF_8));
    }

    private int answer(final UUID id) {
        return engine.answer(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static void put(
            final ControlClient control,
            final DirectBuffer command,
            final int offset,
            final int length) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        try {
            while (!control.send(command, offset, length)) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new IOException("the trading process takes no requests");
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int poll(final Replica replica) {
        final int read = replica.poll(FRAMES);
        if (replica.alarm().isPresent()) {
            throw new IllegalStateException(replica.alarm().get());
        }
        return read;
    }

    private void await(final String name, final UUID id) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (answer(id) == UNKNOWN) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(
                        place
                                + ": no answer in the recorded log; repeat when the trading and"
                                + " the media process run");
            }
            poll();
        }
        if (answer(id) != 0) {
            throw new IOException("%s: %s was refused, code %d".formatted(place, name, answer(id)));
        }
    }

    private void poll() {
        if (news.getAsInt() == 0) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Waits for work that the engine does in slices. */
    void awaitRest() throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (engine.pendingContinue() != 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(place + ": the engine does not come to rest");
            }
            poll();
        }
    }

    TradingEngine engine() {
        return engine;
    }

    @Override
    public void close() throws IOException {
        resources.close();
    }
}
