package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.AdminAnswer;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.view.View;
import io.spindle.oms.RejectCode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * {@code validate=true}: does to a copy of the replica what the engine would be asked to do. Takes
 * as long as a snapshot takes; one at a time.
 */
final class DryRun {
    /** On a copy nothing happens later. */
    private static final long AT_ONCE = 0;

    private final View view;
    private final Supplier<View> blank;
    private final ReentrantLock one = new ReentrantLock();

    /**
     * @param blank makes a view that has seen nothing
     */
    DryRun(final View view, final Supplier<View> blank) {
        this.view = view;
        this.blank = blank;
    }

    /**
     * What would happen.
     *
     * @param sequence after which it was tried
     * @param needsSecondPerson true if it would wait for one
     * @param before the configuration, and {@code after} the change; absent if it is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DryRunJson(
            boolean validated,
            long sequence,
            boolean needsSecondPerson,
            Object before,
            Object after) {}

    /** Throws what the engine would refuse it with. */
    DryRunJson run(final Write write, final Object before, final boolean waits)
            throws IOException, InterruptedException {
        one.lockInterruptibly();
        try {
            final View copy = blank.get();
            view.copyTo(copy);
            final long sequence = copy.read(View.Reading::sequence);
            final AdminAnswer answer = apply(copy, write.command());
            final int code = RejectCode.valueOf(answer.code()).code;
            if (code != RejectCode.NONE.code) {
                throw ApiProblem.ofEngine(code);
            }
            return write.resource() == null
                    ? new DryRunJson(true, sequence, waits, null, null)
                    : new DryRunJson(
                            true, sequence, waits, before, copy.read(write.resource()::read));
        } finally {
            one.unlock();
        }
    }

    /** Enters tickets at a desk. */
    @FunctionalInterface
    interface Entry {
        List<Optional<Order>> at(TicketDesk desk) throws IOException, InterruptedException;
    }

    /**
     * What would become of tickets if they were the next commands; nothing of one that would not be
     * answered at once.
     */
    List<Optional<Order>> place(final Entry entry) throws IOException, InterruptedException {
        one.lockInterruptibly();
        try {
            final View copy = blank.get();
            view.copyTo(copy);
            return entry.at(new TicketDesk(command -> next(copy, command), copy, AT_ONCE));
        } finally {
            one.unlock();
        }
    }

    private static AdminAnswer apply(final View copy, final AdminCommand command) {
        final AdminAnswer[] answer = new AdminAnswer[1];
        copy.addListener(
                fact -> {
                    if (fact instanceof final AdminAnswer given
                            && given.request().equals(command.request())) {
                        answer[0] = given;
                    }
                });
        next(copy, command);
        return answer[0];
    }

    private static void next(final View copy, final AdminCommand command) {
        final long sequence = copy.read(View.Reading::sequence);
        final long timeNs = copy.read(View.Reading::timeNs);
        copy.update(
                () -> {
                    copy.onCommand(sequence + 1, timeNs, command.buffer(), 0, command.length());
                    return 1;
                });
    }
}
