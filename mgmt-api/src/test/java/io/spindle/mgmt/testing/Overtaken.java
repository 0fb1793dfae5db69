package io.spindle.mgmt.testing;

import io.spindle.mgmt.control.AdminCommand;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.oms.command.SetTradingStateEncoder;

import java.io.IOException;
import java.util.Optional;

/**
 * A way to the engine on which others are faster: what they do is done right before every trading
 * state that is asked for.
 */
public record Overtaken(ControlPort port, Runnable others) implements ControlPort {
    @Override
    public Optional<Answer> ask(final AdminCommand command) throws IOException {
        if (command.templateId() == SetTradingStateEncoder.TEMPLATE_ID) {
            others.run();
        }
        return port.ask(command);
    }

    @Override
    public void post(final AdminCommand command) throws IOException {
        port.post(command);
    }
}
