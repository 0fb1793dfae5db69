package io.spindle.mgmt.process;

import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The control ring in shared memory. Needs neither media nor Archive, only the loop. */
final class RingControl implements ControlPort, AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

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
    public void close() throws IOException {
        client.close();
    }
}
