package io.spindle.log;

import org.agrona.DirectBuffer;

/** Takes logged commands one by one; the bytes are borrowed for the length of the call. */
@FunctionalInterface
public interface CommandHandler {
    void onCommand(long sequence, long timeNs, DirectBuffer buffer, int offset, int length);
}
