package io.spindle.mgmt.view;

import io.spindle.log.CommandHandler;
import io.spindle.mgmt.model.Times;

import org.agrona.DirectBuffer;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The view as it was after an earlier command: a fresh replica, fed with the log up to there. The
 * last answer is kept, for whoever asks about the same moment again. What became true on the way is
 * told to whoever asks for that. Takes as long as the replay takes; one at a time.
 */
public final class TimeTravel {
    /** A log that can be read from its first command on. */
    public interface Log extends AutoCloseable {
        /** Hands over the next commands; returns 0 at the end of the log. */
        int poll(CommandHandler handler, int limit);

        @Override
        void close();
    }

    /** What the caller means: after this sequence, or as late as this time; whichever is first. */
    public record Moment(long sequence, long timeNs) {
        public static Moment sequence(final long sequence) {
            return new Moment(sequence, Long.MAX_VALUE);
        }

        public static Moment time(final long timeNs) {
            return new Moment(Long.MAX_VALUE, timeNs);
        }

        boolean includes(final long commandSequence, final long commandTimeNs) {
            return commandSequence <= sequence && commandTimeNs <= timeNs;
        }
    }

    private static final int FRAMES = 64;

    private final Supplier<View> fresh;
    private final Function<View, Log> logs;
    private final LongSupplier present;
    private View last;
    private Moment lastMoment;

    /**
     * @param fresh makes an empty view
     * @param logs opens the log at its beginning, for a view that is at it
     * @param present the sequence that the log has reached
     */
    public TimeTravel(
            final Supplier<View> fresh,
            final Function<View, Log> logs,
            final LongSupplier present) {
        this.fresh = fresh;
        this.logs = logs;
        this.present = present;
    }

    /** A view that has seen nothing. */
    public View blank() {
        return fresh.get();
    }

    /** The log for whoever goes through it alone: lets a blank view stand where it begins. */
    public Log open(final View blank) {
        return logs.apply(blank);
    }

    /** Says by where the log begins, sequence and log time, whether it is worth reading. */
    @FunctionalInterface
    public interface Start {
        /**
         * @throws RuntimeException if it is not
         */
        void check(long sequence, long timeNs);
    }

    /**
     * Hands over the commands as they are in the log, from its beginning on; nothing is applied.
     *
     * @param enough asked after every few commands
     */
    public synchronized void scan(
            final Start start, final CommandHandler handler, final BooleanSupplier enough) {
        forget();
        final View blank = fresh.get();
        final long end = present.getAsLong();
        final long[] reached = new long[1];
        try (Log log = logs.apply(blank)) {
            reached[0] = blank.read(View.Reading::sequence);
            if (reached[0] > 0) {
                start.check(reached[0], blank.read(View.Reading::timeNs));
            }
            final CommandHandler counting =
                    (sequence, timeNs, buffer, offset, length) -> {
                        reached[0] = sequence;
                        handler.onCommand(sequence, timeNs, buffer, offset, length);
                    };
            int count = 1;
            while (count > 0 && reached[0] < end && !enough.getAsBoolean()) {
                count = log.poll(counting, FRAMES);
            }
        }
    }

    /**
     * The view at that moment.
     *
     * @throws IllegalArgumentException if that part of the log was purged
     */
    public synchronized View at(final Moment moment) {
        if (!moment.equals(lastMoment)) {
            forget();
            last = replay(moment, moment, fact -> {}, () -> false);
            lastMoment = moment;
        }
        return last;
    }

    /** Two views at a time would take twice the memory. */
    private void forget() {
        last = null;
        lastMoment = null;
    }

    /**
     * Tells what became true up to a moment, from the log's beginning on.
     *
     * @param unknown up to where the log may have been purged
     * @param until the last commands that are told of
     * @param enough asked before every command; once it is, nothing more is told
     * @throws IllegalArgumentException if more of the log was purged than that
     */
    public synchronized void tell(
            final Moment unknown,
            final Moment until,
            final FactListener listener,
            final BooleanSupplier enough) {
        forget();
        replay(unknown, until, listener, enough);
    }

    private View replay(
            final Moment unknown,
            final Moment until,
            final FactListener listener,
            final BooleanSupplier enough) {
        final View view = fresh.get();
        final long end = present.getAsLong();
        final Gate gate = new Gate(view, until, enough);
        try (Log log = logs.apply(view)) {
            gate.sequence = view.read(now -> begins(now, unknown));
            view.addListener(listener);
            int count = 1;
            while (count > 0 && !gate.closed && gate.sequence < end) {
                count = view.update(() -> log.poll(gate, FRAMES));
            }
        }
        return view;
    }

    private static long begins(final View.Reading view, final Moment moment) {
        if (view.sequence() > 0 && !moment.includes(view.sequence(), view.timeNs())) {
            throw new IllegalArgumentException(
                    "lies before the log begins, behind sequence %d of %s: it was purged"
                            .formatted(view.sequence(), Times.text(view.timeNs())));
        }
        return view.sequence();
    }

    /** Lets commands through up to the moment. */
    private static final class Gate implements CommandHandler {
        private final View view;
        private final Moment moment;
        private final BooleanSupplier enough;
        private boolean closed;
        private long sequence;

        Gate(final View view, final Moment moment, final BooleanSupplier enough) {
            this.view = view;
            this.moment = moment;
            this.enough = enough;
        }

        @Override
        public void onCommand(
                final long commandSequence,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            closed = closed || enough.getAsBoolean() || !moment.includes(commandSequence, timeNs);
            if (!closed) {
                sequence = commandSequence;
                view.onCommand(commandSequence, timeNs, buffer, offset, length);
            }
        }
    }
}
