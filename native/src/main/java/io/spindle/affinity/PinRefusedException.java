package io.spindle.affinity;

/** A thread could not be given the core that was asked for; the message says who is in the way. */
public final class PinRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PinRefusedException(final String message) {
        super(message);
    }
}
