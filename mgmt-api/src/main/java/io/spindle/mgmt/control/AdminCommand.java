package io.spindle.mgmt.control;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.UUID;

/**
 * A complete command with its request id, ready for the log. The engine takes a request id once:
 * sent again, it changes nothing.
 */
public record AdminCommand(UUID request, DirectBuffer buffer, int length) {
    private static final int MAX_LENGTH = 1024;

    /** Writes a command into the buffer and says how long it became. */
    @FunctionalInterface
    interface Encoding {
        int encode(UnsafeBuffer buffer);
    }

    static AdminCommand encode(final UUID request, final Encoding encoding) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        return new AdminCommand(request, buffer, encoding.encode(buffer));
    }

    public long requestHigh() {
        return request.getMostSignificantBits();
    }

    public long requestLow() {
        return request.getLeastSignificantBits();
    }
}
