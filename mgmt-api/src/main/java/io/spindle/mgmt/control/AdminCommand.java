package io.spindle.mgmt.control;

import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A complete command with its request id, ready for the log. The engine takes a request id once:
 * sent again, it changes nothing.
 */
public record AdminCommand(UUID request, DirectBuffer buffer, int length) {
    private static final int MAX_LENGTH = 1024;

    /** Every admin command begins with its request id. */
    private static final int REQUEST_HIGH = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int REQUEST_LOW = REQUEST_HIGH + Long.BYTES;

    /** Writes a command behind a header and says how long it became; the id is put in for it. */
    @FunctionalInterface
    interface Encoding {
        int encode(UnsafeBuffer buffer, MessageHeaderEncoder header);
    }

    static AdminCommand encode(final UUID request, final Encoding encoding) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        final int length = encoding.encode(buffer, new MessageHeaderEncoder());
        buffer.putLong(REQUEST_HIGH, request.getMostSignificantBits(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(REQUEST_LOW, request.getLeastSignificantBits(), ByteOrder.LITTLE_ENDIAN);
        return new AdminCommand(request, buffer, length);
    }

    public long requestHigh() {
        return request.getMostSignificantBits();
    }

    public long requestLow() {
        return request.getLeastSignificantBits();
    }
}
