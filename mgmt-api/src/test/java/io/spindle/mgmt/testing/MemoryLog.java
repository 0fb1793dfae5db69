package io.spindle.mgmt.testing;

import io.spindle.log.CommandHandler;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.FactListener;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A log in memory whose every command is applied to a view at once, a microsecond apart from a
 * start.
 */
public final class MemoryLog implements ControlPort, FactListener {
    public static final long START_NS = 1_763_640_000_000_000_000L;
    private static final long STEP_NS = 1_000;

    private final View view;
    private final long startNs;
    private final List<byte[]> commands = new ArrayList<>();
    private final List<AdminCommand> late = new ArrayList<>();
    private boolean isSlow;
    private AdminAnswer answered;

    public MemoryLog(final View view, final long startNs) {
        this.view = view;
        this.startNs = startNs;
        view.addListener(this);
    }

    /** Appends what the encoding writes into the buffer; it returns the length. */
    public synchronized long append(final ToIntFunction<UnsafeBuffer> encoding) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final int length = encoding.applyAsInt(buffer);
        return append(buffer, length);
    }

    private long append(final DirectBuffer buffer, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(0, copy);
        commands.add(copy);
        final long sequence = commands.size();
        view.update(() -> feed(view, sequence));
        return sequence;
    }

    /** Replays one command of the log into any view; only inside its update. */
    public int feed(final View into, final long sequence) {
        final byte[] command = commands.get((int) sequence - 1);
        into.onCommand(sequence, timeNs(sequence), new UnsafeBuffer(command), 0, command.length);
        return 1;
    }

    /** The log from its beginning. */
    public TimeTravel.Log reader() {
        return new TimeTravel.Log() {
            private long next = 1;

            @Override
            public int poll(final CommandHandler handler, final int limit) {
                int count = 0;
                while (count < limit && next <= lastSequence()) {
                    final byte[] command = commands.get((int) next - 1);
                    handler.onCommand(
                            next, timeNs(next), new UnsafeBuffer(command), 0, command.length);
                    next++;
                    count++;
                }
                return count;
            }

            @Override
            public void close() {}
        };
    }

    public long timeNs(final long sequence) {
        return startNs + sequence * STEP_NS;
    }

    public synchronized long lastSequence() {
        return commands.size();
    }

    @Override
    public synchronized Optional<Answer> ask(final AdminCommand command) {
        final long sequence = append(command.buffer(), command.length());
        return Optional.of(new Answer(RejectCode.valueOf(answered.code()).code, sequence));
    }

    @Override
    public synchronized void post(final AdminCommand command) {
        if (isSlow) {
            late.add(command);
        } else {
            append(command.buffer(), command.length());
        }
    }

    /** From now on what is posted waits until the log is fast again. */
    public synchronized void slow(final boolean slow) {
        isSlow = slow;
        if (!slow) {
            late.forEach(this::post);
            late.clear();
        }
    }

    @Override
    public void on(final Fact fact) {
        if (fact instanceof final AdminAnswer answer) {
            answered = answer;
        }
    }
}
