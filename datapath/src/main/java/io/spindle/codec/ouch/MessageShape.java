package io.spindle.codec.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.wire.*;
import io.spindle.nic.Cold;

import org.agrona.DirectBuffer;

/**
 * Whether bytes are one whole OUCH message: a known type, the fixed part complete, the appendage as
 * long as it says and made of complete elements. One for each direction.
 *
 * <pre>
 *  +------------------------------+-----------+-----------------------------------------
 *  | fixed part, by message type  | u16 bytes | u8 length │ u8 tag │ value │ u8 length ...
 *  +------------------------------+-----------+-----------------------------------------
 *                                   may be missing where the schema says "appendage optional"
 * </pre>
 */
public final class MessageShape {
    private static final int TYPES = 128;
    private static final int LENGTH_FIELD = Short.BYTES;

    private final short[] fixedLength = new short[TYPES];
    private final boolean[] hasAppendage = new boolean[TYPES];
    private final boolean[] isAppendageOptional = new boolean[TYPES];

    private MessageShape() {}

    /** Shapes of what a client may send. */
    @Cold
    public static MessageShape fromClient() {
        return new MessageShape()
                .demanding(MessageType.ENTER, EnterDecoder.BLOCK_LENGTH)
                .demanding(MessageType.REPLACE, ReplaceDecoder.BLOCK_LENGTH)
                .allowing(MessageType.CANCEL, CancelDecoder.BLOCK_LENGTH)
                .allowing(MessageType.MODIFY, ModifyDecoder.BLOCK_LENGTH)
                .demanding(MessageType.MASS_CANCEL, MassCancelDecoder.BLOCK_LENGTH)
                .demanding(MessageType.DISABLE_ENTRY, DisableEntryDecoder.BLOCK_LENGTH)
                .demanding(MessageType.ENABLE_ENTRY, EnableEntryDecoder.BLOCK_LENGTH)
                .allowing(MessageType.QUERY, QueryDecoder.BLOCK_LENGTH);
    }

    /** Shapes of what a server may send. */
    @Cold
    public static MessageShape fromServer() {
        return new MessageShape()
                .fixed(MessageType.SYSTEM_EVENT, SystemEventDecoder.BLOCK_LENGTH)
                .demanding(MessageType.ACCEPTED, AcceptedDecoder.BLOCK_LENGTH)
                .demanding(MessageType.REPLACED, ReplacedDecoder.BLOCK_LENGTH)
                .allowing(MessageType.CANCELED, CanceledDecoder.BLOCK_LENGTH)
                .allowing(MessageType.AIQ_CANCELED, AiqCanceledDecoder.BLOCK_LENGTH)
                .demanding(MessageType.EXECUTED, ExecutedDecoder.BLOCK_LENGTH)
                .allowing(MessageType.BROKEN_TRADE, BrokenTradeDecoder.BLOCK_LENGTH)
                .allowing(MessageType.REJECTED, RejectedDecoder.BLOCK_LENGTH)
                .allowing(MessageType.CANCEL_PENDING, CancelPendingDecoder.BLOCK_LENGTH)
                .allowing(MessageType.CANCEL_REJECT, CancelRejectDecoder.BLOCK_LENGTH)
                .allowing(MessageType.PRIORITY_UPDATE, PriorityUpdateDecoder.BLOCK_LENGTH)
                .allowing(MessageType.MODIFIED, ModifiedDecoder.BLOCK_LENGTH)
                .demanding(MessageType.RESTATED, RestatedDecoder.BLOCK_LENGTH)
                .demanding(MessageType.MASS_CANCEL_ACK, MassCancelAckDecoder.BLOCK_LENGTH)
                .demanding(MessageType.DISABLE_ACK, DisableAckDecoder.BLOCK_LENGTH)
                .demanding(MessageType.ENABLE_ACK, EnableAckDecoder.BLOCK_LENGTH)
                .allowing(MessageType.QUERY_ANSWER, QueryAnswerDecoder.BLOCK_LENGTH)
                .demanding(MessageType.NOT_APPLIED, NotAppliedDecoder.BLOCK_LENGTH);
    }

    /** True when these bytes are exactly one message. */
    public boolean isWhole(final DirectBuffer buffer, final int offset, final int length) {
        if (length <= 0) {
            return false;
        }
        final int type = buffer.getByte(offset);
        if (type < 0 || fixedLength[type] == 0) {
            return false;
        }
        final int fixed = fixedLength[type];
        if (length == fixed) {
            return !hasAppendage[type] || isAppendageOptional[type];
        }
        if (!hasAppendage[type] || length < fixed + LENGTH_FIELD) {
            return false;
        }
        final int elements = buffer.getShort(offset + fixed, BIG_ENDIAN) & 0xFFFF;
        return fixed + LENGTH_FIELD + elements == length
                && Appendage.isWhole(buffer, offset + fixed + LENGTH_FIELD, elements);
    }

    /** Where the elements of a whole message's appendage start; the end when there are none. */
    public int elementsOffset(final DirectBuffer buffer, final int offset, final int length) {
        return offset + Math.min(length, fixedLength[buffer.getByte(offset)] + LENGTH_FIELD);
    }

    private MessageShape fixed(final byte type, final int length) {
        fixedLength[type] = (short) length;
        return this;
    }

    private MessageShape demanding(final byte type, final int length) {
        hasAppendage[type] = true;
        return fixed(type, length);
    }

    private MessageShape allowing(final byte type, final int length) {
        isAppendageOptional[type] = true;
        return demanding(type, length);
    }
}
