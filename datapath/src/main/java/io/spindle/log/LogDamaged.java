package io.spindle.log;

import io.spindle.nic.Cold;

/** The log holds something that no crash leaves behind; whoever reads it must not go on. */
@Cold
public final class LogDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what was found, and where
     * @param remedy what the operator can do
     */
    public LogDamaged(final String what, final String remedy) {
        super(what + "\n  what to do: " + remedy);
    }
}
