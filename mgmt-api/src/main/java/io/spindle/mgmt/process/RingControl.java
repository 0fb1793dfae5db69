package io.spindle.mgmt.process;

import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The control ring in shared memory. Needs neither media nor Archive, only the loop. */
final class RingControl implements ControlPort, AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final ControlClient client;

    RingControl(final DataFolder folder) throws IOException {
        client = ControlClient.open(folder);
    }

    @Override
    public Optional<Answer> ask(final AdminCommand command) throws IOException {
        return client.ask(
                        command.buffer(),
                        0,
                        command.length(),
                        command.requestHigh(),
                        command.requestLow(),
                        PATIENCE_NS)
                .map(answer -> new Answer((int) answer.code(), answer.sequence()));
    }

    @Override
    public void post(final AdminCommand command) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!client.send(command.buffer(), 0, command.length())) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("the trading loop takes no requests");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
