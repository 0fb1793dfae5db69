package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Note;
import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;

import java.util.Optional;
import java.util.UUID;

/** The command that the engine is working on: what was asked for, where an event does not say. */
final class CommandInHand {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enterOrder = new EnterOrderDecoder();
    private final AnnotateDecoder annotate = new AnnotateDecoder();
    private DirectBuffer buffer;
    private int offset;

    void take(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        header.wrap(newBuffer, newOffset);
    }

    /** True if it books something in or out, and is not a trade. */
    boolean isFromOutside() {
        return header.templateId() == AdjustCashDecoder.TEMPLATE_ID
                || header.templateId() == BatchCommitDecoder.TEMPLATE_ID;
    }

    int templateId() {
        return header.templateId();
    }

    /** The note that the command carries, if it is a command with one. */
    Optional<Note> note() {
        if (header.templateId() != AnnotateDecoder.TEMPLATE_ID) {
            return Optional.empty();
        }
        annotate.wrapAndApplyHeader(buffer, offset, header);
        final byte[] record = new byte[annotate.recordLength()];
        annotate.getRecord(record, 0, record.length);
        return Note.parse(record);
    }

    /** Of the command that carries a {@link #note}. */
    UUID noteRequest() {
        return new UUID(annotate.requestHigh(), annotate.requestLow());
    }

    /** The order that was to be entered, or null if it is another kind of command. */
    EnterOrderDecoder enterOrder() {
        return header.templateId() == EnterOrderDecoder.TEMPLATE_ID
                ? enterOrder.wrapAndApplyHeader(buffer, offset, header)
                : null;
    }
}
