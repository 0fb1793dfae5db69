package io.spindle.nic;

/** A backend cannot work here; the message names what it looked for. */
@Cold
public final class NicRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NicRefusedException(final String message) {
        super(message);
    }

    public NicRefusedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
