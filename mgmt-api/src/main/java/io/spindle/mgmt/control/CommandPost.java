package io.spindle.mgmt.control;

import io.spindle.mgmt.model.OrderId;

import java.io.IOException;

/** Takes commands to which there is no answer. */
@FunctionalInterface
public interface CommandPost {
    /**
     * @throws IOException if the loop does not take it in time
     */
    void post(AdminCommand command) throws IOException;

    /**
     * A ticket's command.
     *
     * @param order that it enters, or puts in another's place
     * @throws IOException if the loop does not take it in time
     */
    default void post(final AdminCommand command, final OrderId order) throws IOException {
        post(command);
    }
}
