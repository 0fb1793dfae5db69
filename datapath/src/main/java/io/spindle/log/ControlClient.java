package io.spindle.log;

import io.spindle.nic.Cold;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the loop and waits for its answer. Needs neither media nor Archive, so the kill switch works
 * with both dead. Thread-safe.
 */
@Cold
public final class ControlClient implements AutoCloseable {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ControlRing control;
    private final RingFile answers;

    private ControlClient(final ControlRing control, final RingFile answers) {
        this.control = control;
        this.answers = answers;
    }

    public static ControlClient open(final DataFolder folder) throws IOException {
        return new ControlClient(ControlRing.open(folder), AnswerRing.openFile(folder));
    }

    /**
     * @param code 0 = done, else the engine's reject code
     * @param sequence of the command in the log
     */
    public record Answer(long code, long sequence) {}

    /**
     * Sends a complete SBE admin command and waits for the answer with its request id.
     *
     * @return nothing if none came in time: the request may or may not be in the log, and may be
     *     repeated under the same id
     */
    public Optional<Answer> ask(
            final DirectBuffer command,
            final int offset,
            final int length,
            final long requestHigh,
            final long requestLow,
            final long timeoutNs)
            throws IOException {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        final Answer[] found = new Answer[1];
        final AnswerRing.Reader reader = AnswerRing.Reader.of(answers);
        boolean sent = false;
        do {
            sent = sent || control.send(command, offset, length);
            reader.poll(
                    (high, low, code, sequence) -> {
                        if (high == requestHigh && low == requestLow) {
                            found[0] = new Answer(code, sequence);
                        }
                    });
            if (found[0] == null) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        } while (found[0] == null && System.nanoTime() - deadlineNs < 0);
        return Optional.ofNullable(found[0]);
    }

    /**
     * Sends a command to which nobody waits for an answer.
     *
     * @return false if the ring is full
     */
    public boolean send(final DirectBuffer command, final int offset, final int length)
            throws IOException {
        return control.send(command, offset, length);
    }

    @Override
    public void close() throws IOException {
        control.close();
        answers.close();
    }
}
