package io.spindle.mgmt.control;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends commands on the back office's behalf and waits until this process's replica has applied
 * them.
 */
public final class Commander {
    /** The engine or the loop did not do what was asked. */
    public static final class Failure extends IOException {
        private static final long serialVersionUID = 1;
        private static final String NO_ANSWER = "NO_ANSWER";

        private final String code;

        Failure(final String code, final String message) {
            super(message);
            this.code = code;
        }

        /** True if the command may be in the log all the same. */
        public boolean isUncertain() {
            return code.equals(NO_ANSWER);
        }

        /** The reject code's name, or NO_ANSWER. */
        public String code() {
            return code;
        }
    }

    private static final long CATCH_UP_MS = 30_000;

    /** A loop is seen to turn at the second look. */
    private static final int KNOWN_TRIES = 20;

    private static final long KNOWN_PAUSE_MS = 50;

    private final ControlDesk desk;
    private final View view;
    private final DataFolder folder;
    private final LongSupplier logEnd;

    /**
     * @param logEnd sequence of the log's newest command, {@link Long#MAX_VALUE} while it is not
     *     known
     */
    public Commander(
            final ControlDesk desk,
            final View view,
            final DataFolder folder,
            final LongSupplier logEnd) {
        this.desk = desk;
        this.view = view;
        this.folder = folder;
        this.logEnd = logEnd;
    }

    /**
     * Waits until the replica knows all that is in the log now. Whoever acts by himself asks for it
     * first: while it replays or stands still, the replica tells of a market that is over.
     */
    public void awaitCurrent() throws Failure, InterruptedException {
        if (!awaitCurrent(CATCH_UP_MS)) {
            throw new Failure(
                    Failure.NO_ANSWER,
                    "nothing was done: this process does not know all of the log yet");
        }
    }

    /** The same; false if it does not in time, or while nobody knows how far the log goes. */
    public boolean awaitCurrent(final long timeoutMs) throws InterruptedException {
        long end = logEnd.getAsLong();
        for (int i = 0; timeoutMs > 0 && i < KNOWN_TRIES && end == Long.MAX_VALUE; i++) {
            TimeUnit.MILLISECONDS.sleep(KNOWN_PAUSE_MS);
            end = logEnd.getAsLong();
        }
        return end != Long.MAX_VALUE && view.await(end, timeoutMs);
    }

    /**
     * Sends one command.
     *
     * @return its sequence
     */
    public long send(final AdminCommand command) throws IOException, InterruptedException {
        return settle(desk.ask(command));
    }

    /**
     * Begins a trading day unless it has begun; there is no answer but the day itself. The day is
     * written down first, so that its session's name is not used again if a power cut takes the
     * command.
     */
    public void beginDay(final LocalDate day) throws IOException, InterruptedException {
        awaitCurrent();
        final int date = Integer.parseInt(day.format(DateTimeFormatter.BASIC_ISO_DATE));
        if (date <= view.read(now -> now.engine().date())) {
            return;
        }
        folder.newestSession(date, DayCommands.FIRST_EPOCH);
        desk.post(DayCommands.dayStart(date));
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CATCH_UP_MS);
        while (view.read(now -> now.engine().date()) != date) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new Failure(Failure.NO_ANSWER, "the day " + date + " has not begun yet");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /**
     * Loads a batch.
     *
     * @return the sequence of its commit, or the replica's if there was nothing to load
     */
    public long load(final UUID request, final ControlDesk.Rows rows)
            throws IOException, InterruptedException {
        final boolean[] empty = new boolean[1];
        final Optional<ControlPort.Answer> answer =
                desk.load(
                        request,
                        batch -> {
                            final long before = batch.count();
                            rows.write(batch);
                            empty[0] = batch.count() == before;
                        });
        return empty[0] ? view.read(View.Reading::sequence) : settle(answer);
    }

    private long settle(final Optional<ControlPort.Answer> answer)
            throws Failure, InterruptedException {
        if (answer.isEmpty()) {
            throw new Failure(Failure.NO_ANSWER, "the trading process did not answer");
        }
        final RejectCode code = RejectCode.of(answer.get().code());
        if (code != RejectCode.NONE) {
            throw new Failure(
                    code == null ? "CODE_" + answer.get().code() : code.name(),
                    code == null ? "refused" : code.meaning);
        }
        if (!view.await(answer.get().sequence(), CATCH_UP_MS)) {
            throw new Failure(Failure.NO_ANSWER, "done, but this process lags behind the log");
        }
        return answer.get().sequence();
    }
}
