package io.spindle.session;

import org.agrona.MutableDirectBuffer;

/**
 * Takes sequenced messages, session by session: the loop's {@link SessionEgress}, which sends them,
 * or a replica's drop copy, which keeps them.
 */
public interface ReportSink {
    /** The memory in which messages are encoded; the same for ever. */
    MutableDirectBuffer buffer();

    /**
     * Opens the session's next message, of at most {@link OutboundStore#MAX_MESSAGE_LENGTH} bytes.
     *
     * @return offset in {@link #buffer} at which to encode
     */
    int claim(int session);

    /**
     * Completes the message opened last.
     *
     * @param txTime offset in the message of the 8 bytes that take the time at which it is first
     *     sent, 0 = none; they are 0 in the message, which is the log's alone
     */
    void commit(int length, int txTime);
}
