package io.spindle.session;

import org.agrona.DirectBuffer;

/** Takes the messages that sessions send, one by one. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * @param session who sent it; logged in, source checked
     * @param buffer the received frame, borrowed for the length of the call
     * @param offset of the message in the buffer
     * @param length of the message, 0 or more
     * @param receivedNs when the card or kernel took it, 0 = unknown
     * @param timeNs log time of this turn
     */
    void onMessage(
            int session, DirectBuffer buffer, int offset, int length, long receivedNs, long timeNs);
}
