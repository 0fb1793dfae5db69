package io.spindle.mgmt.control;

import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
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
    /** What the control ring and the log take. */
    private static final int MAX_LENGTH = 4096;

    /** Request id 0 is never remembered and answered to nobody. */
    private static final UUID NOBODY = new UUID(0, 0);

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

    /** A command that has no request id: a new day, a row of a batch. */
    static AdminCommand unnumbered(final Encoding encoding) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        return new AdminCommand(
                NOBODY, buffer, encoding.encode(buffer, new MessageHeaderEncoder()));
    }

    /** A copy of a command that somebody else has written, under the id that is in it. */
    static AdminCommand copy(
            final UUID request, final DirectBuffer source, final int offset, final int length) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        buffer.putBytes(0, source, offset, length);
        return new AdminCommand(request, buffer, length);
    }

    /** The same from the bytes that {@link #bytes} gave. */
    public static AdminCommand of(final UUID request, final byte[] bytes) {
        return new AdminCommand(request, new UnsafeBuffer(bytes), bytes.length);
    }

    public byte[] bytes() {
        final byte[] copy = new byte[length];
        buffer.getBytes(0, copy);
        return copy;
    }

    /** While a batch is open, the engine takes commands of these kinds as its rows. */
    boolean isRow() {
        final int templateId = templateId();
        return templateId >= DefineInstrumentDecoder.TEMPLATE_ID
                && templateId <= AdjustHoldingDecoder.TEMPLATE_ID;
    }

    /** Which command of the schema it is. */
    public int templateId() {
        return new MessageHeaderDecoder().wrap(buffer, 0).templateId();
    }

    public long requestHigh() {
        return request.getMostSignificantBits();
    }

    public long requestLow() {
        return request.getLeastSignificantBits();
    }
}
