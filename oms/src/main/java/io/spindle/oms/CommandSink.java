package io.spindle.oms;

import org.agrona.DirectBuffer;

/** Takes complete commands, header included; the bytes are borrowed for the length of the call. */
@FunctionalInterface
public interface CommandSink {
    void onCommand(DirectBuffer buffer, int offset, int length);
}
