package io.spindle.client;

import org.agrona.DirectBuffer;

/** What a {@link ClientSession} tells its owner. */
public interface ClientListener {
    /** Logged in; reports below {@code nextSequence} are being fetched if they were not seen. */
    void onLoggedIn(String sessionId, long nextSequence);

    /** reason: A not authorised, S no such session. */
    void onLoginRejected(char reason);

    /** The next report, in sequence and once; the bytes are borrowed. */
    void onReport(long sequence, DirectBuffer buffer, int offset, int length);

    /** The trading day's stream ended after this many reports. */
    void onEndOfSession(long total);
}
