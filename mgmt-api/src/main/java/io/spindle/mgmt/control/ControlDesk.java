package io.spindle.mgmt.control;

import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.CommandBatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets nobody's command slip into somebody else's batch: a command that could be taken for a row
 * waits until the batch is committed. Everything else, the kill switch first of all, never waits.
 */
public final class ControlDesk implements ControlPort {
    private final ReentrantReadWriteLock rows = new ReentrantReadWriteLock(true);
    private final ControlPort port;

    public ControlDesk(final ControlPort port) {
        this.port = port;
    }

    @Override
    public Optional<Answer> ask(final AdminCommand command) throws IOException {
        SentCommands.add(command.request());
        if (!command.isRow()) {
            return port.ask(command);
        }
        rows.readLock().lock();
        try {
            return port.ask(command);
        } finally {
            rows.readLock().unlock();
        }
    }

    @Override
    public void post(final AdminCommand command) throws IOException {
        port.post(command);
    }

    @Override
    public void post(final AdminCommand command, final OrderId order) throws IOException {
        SentCommands.add(order);
        port.post(command, order);
    }

    /** Works out the rows of a batch from a state that no other row can change any more. */
    @FunctionalInterface
    public interface Rows {
        void write(CommandBatch batch) throws IOException;
    }

    /**
     * Loads a batch: all of it takes effect with its commit, or none.
     *
     * @param request id of the commit; 0 rows load nothing and give no answer
     */
    public Optional<Answer> load(final UUID request, final Rows content) throws IOException {
        rows.writeLock().lock();
        try {
            final List<AdminCommand> commands = new ArrayList<>();
            final CommandBatch batch =
                    new CommandBatch(
                            (buffer, offset, length) ->
                                    commands.add(
                                            AdminCommand.copy(request, buffer, offset, length)),
                            request.getMostSignificantBits(),
                            request.getLeastSignificantBits());
            content.write(batch);
            if (commands.size() == 1) {
                return Optional.empty();
            }
            batch.commit();
            final AdminCommand commit = commands.removeLast();
            SentCommands.add(request);
            for (final AdminCommand command : commands) {
                port.post(command);
            }
            return port.ask(commit);
        } finally {
            rows.writeLock().unlock();
        }
    }
}
