package io.spindle.client;

import org.agrona.DirectBuffer;

/** Sends one datagram to the server; losing it is allowed. */
@FunctionalInterface
public interface Wire {
    void send(DirectBuffer buffer, int offset, int length);
}
