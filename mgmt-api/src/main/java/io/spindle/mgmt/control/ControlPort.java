package io.spindle.mgmt.control;

import java.io.IOException;
import java.util.Optional;

/** The way to the engine: asks it for a change and waits for its answer. Thread-safe. */
public interface ControlPort extends CommandPost {
    /**
     * @param code 0 = done, else the engine's reject code
     * @param sequence of the command in the log
     */
    record Answer(int code, long sequence) {
        public boolean isDone() {
            return code == 0;
        }
    }

    /**
     * @return nothing if no answer came in time: the command may or may not be in the log, and may
     *     be sent again under the same request id
     */
    Optional<Answer> ask(AdminCommand command) throws IOException;
}
