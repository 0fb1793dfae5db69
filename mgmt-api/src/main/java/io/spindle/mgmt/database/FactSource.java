package io.spindle.mgmt.database;

import io.spindle.mgmt.database.FactQueue.Step;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.FactListener;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What commands cause, in steps without a gap: from memory, or out of the log where memory had to
 * let go of it. Facts come on the replica's thread; all else is for the writer's.
 */
final class FactSource implements FactListener, AutoCloseable {
    /** Commands behind the replica from which on memory takes facts again. */
    private static final int NEAR = 10_000;

    private final View view;
    private final TimeTravel past;
    private final FactQueue queue;

    /** Facts of the frame that the replica applies. */
    private final List<Fact> current = new ArrayList<>();

    private LogReplay replay;
    private volatile long applied;
    private volatile long taken;

    /**
     * @param view standing where the log begins
     * @param past reads the log once more
     * @param maxWaiting facts and frames that memory holds
     */
    FactSource(final View view, final TimeTravel past, final int maxWaiting) {
        this.view = view;
        this.past = past;
        this.queue = new FactQueue(maxWaiting);
        this.applied = view.read(now -> queue.takeBehind(Position.of(now)));
    }

    /** What lies up to this sequence is not asked for. */
    void goOnBehind(final long sequence) {
        taken = sequence;
    }

    /** Up to where the replica is. */
    long applied() {
        return applied;
    }

    @Override
    public void on(final Fact fact) {
        if (fact.sequence() > taken) {
            current.add(fact);
        }
    }

    @Override
    public void applied(final long sequence) {
        if (sequence >= taken) {
            final long digest = view.read(now -> now.engine().eventDigest());
            final Position end = new Position(sequence, digest);
            queue.add(new Step(applied, end, List.copyOf(current)));
        }
        current.clear();
        applied = Math.max(applied, sequence);
    }

    /**
     * Hands over the next step; what the taker failed to take comes again.
     *
     * @return false if there is none for now
     */
    boolean next(final Consumer<Step> taker) {
        return isKept() ? nextOfMemory(taker) : nextOfLog(taker);
    }

    /** Whether memory has what comes next. Close behind the replica it may take again. */
    private boolean isKept() {
        if (queue.from() == FactQueue.NOTHING && applied - taken <= NEAR) {
            view.read(now -> queue.takeBehind(Position.of(now)));
        }
        return queue.from() <= taken;
    }

    private boolean nextOfMemory(final Consumer<Step> taker) {
        endReplay();
        final Step next = queue.peek();
        if (next == null) {
            return false;
        }
        hand(next, taker);
        queue.remove();
        return true;
    }

    private boolean nextOfLog(final Consumer<Step> taker) {
        try {
            if (replay == null) {
                replay = new LogReplay(past);
            }
            final Optional<Step> next = replay.next();
            next.ifPresent(step -> hand(step, taker));
            return next.isPresent();
        } catch (final RuntimeException | Error broken) {
            endReplay(); // it stands nobody knows where
            throw broken;
        }
    }

    private void hand(final Step step, final Consumer<Step> taker) {
        taker.accept(step);
        taken = Math.max(taken, step.end().sequence());
    }

    private void endReplay() {
        if (replay != null) {
            replay.close();
            replay = null;
        }
    }

    /** Forgets what waits, and reads no more: nobody will ask for it. */
    void stop() {
        queue.letGo();
        endReplay();
    }

    @Override
    public void close() {
        endReplay();
    }
}
