package io.spindle.session;

/**
 * What the session layer wants changed: commands into the log, from which the change comes back as
 * the engine's event.
 */
public interface SessionRequests {
    /** A valid login from this source. */
    void sessionUp(int session, int address, int port, long mac, long timeNs);

    /**
     * The client logged off, or fell silent; reason as in {@code AdminEvents.onSessionDown}. Nobody
     * is heard as this session any more.
     */
    void sessionDown(int session, int reason, long timeNs);
}
