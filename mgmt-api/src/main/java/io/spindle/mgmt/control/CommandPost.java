package io.spindle.mgmt.control;

import java.io.IOException;

/** Takes commands to which there is no answer. */
@FunctionalInterface
public interface CommandPost {
    /**
     * @throws IOException if the loop does not take it in time
     */
    void post(AdminCommand command) throws IOException;
}
