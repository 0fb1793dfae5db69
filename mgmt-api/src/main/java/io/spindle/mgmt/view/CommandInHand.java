package io.spindle.mgmt.view;

import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;

/** The command that the engine is working on: what was asked for, where an event does not say. */
final class CommandInHand {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enterOrder = new EnterOrderDecoder();
    private DirectBuffer buffer;
    private int offset;

    void take(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        header.wrap(newBuffer, newOffset);
    }

    int templateId() {
        return header.templateId();
    }

    /** The order that was to be entered, or null if it is another kind of command. */
    EnterOrderDecoder enterOrder() {
        return header.templateId() == EnterOrderDecoder.TEMPLATE_ID
                ? enterOrder.wrapAndApplyHeader(buffer, offset, header)
                : null;
    }
}
