package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Note;
import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

import java.util.Optional;
import java.util.UUID;

/** The command that the engine is working on: what was asked for, where an event does not say. */
final class CommandInHand {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enterOrder = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final MessageHeaderDecoder optionsHeader = new MessageHeaderDecoder();
    private final OrderOptionsDecoder options = new OrderOptionsDecoder();
    private final AdjustHoldingDecoder adjustHolding = new AdjustHoldingDecoder();
    private final AnnotateDecoder annotate = new AnnotateDecoder();
    private final RecentCommands recent = new RecentCommands();
    private DirectBuffer buffer;
    private int offset;

    /** A command of the log, which is kept for a while. */
    void take(
            final long sequence,
            final long timeNs,
            final DirectBuffer newBuffer,
            final int newOffset,
            final int length) {
        take(newBuffer, newOffset);
        recent.add(sequence, timeNs, templateId(), newBuffer, newOffset, length);
    }

    RecentCommands recent() {
        return recent;
    }

    void take(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        header.wrap(newBuffer, newOffset);
    }

    /** True if it books cash in or out, and is not a trade. */
    boolean isFromOutside() {
        return header.templateId() == AdjustCashDecoder.TEMPLATE_ID || isBatch();
    }

    /** True if it books, among other things, what a file says. */
    boolean isBatch() {
        return header.templateId() == BatchCommitDecoder.TEMPLATE_ID;
    }

    /** True if it takes lots out, and is not a trade. */
    boolean isWithdrawal() {
        return header.templateId() == AdjustHoldingDecoder.TEMPLATE_ID
                && adjustHolding.wrapAndApplyHeader(buffer, offset, header).lots() < 0;
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

    /** The order that was to be entered under this number, or null if it is another command. */
    EnterOrderDecoder enterOrder(final int session, final int userRefIdx, final int userRefNum) {
        if (header.templateId() != EnterOrderDecoder.TEMPLATE_ID) {
            return null;
        }
        enterOrder.wrapAndApplyHeader(buffer, offset, header);
        return enterOrder.session() == session
                        && enterOrder.userRefIdx() == userRefIdx
                        && (int) enterOrder.userRefNum() == userRefNum
                ? enterOrder
                : null;
    }

    /** The order that was to take another's place under this number, or null in the same way. */
    ReplaceOrderDecoder replaceOrder(
            final int session, final int userRefIdx, final int userRefNum) {
        if (header.templateId() != ReplaceOrderDecoder.TEMPLATE_ID) {
            return null;
        }
        replaceOrder.wrapAndApplyHeader(buffer, offset, header);
        return replaceOrder.session() == session
                        && replaceOrder.userRefIdx() == userRefIdx
                        && (int) replaceOrder.userRefNum() == userRefNum
                ? replaceOrder
                : null;
    }

    /** Of the command in hand, or null if it asks for none. */
    OrderOptionsDecoder options(final EnterOrderDecoder entry) {
        return entry.optionsLength() == 0
                ? null
                : optionsAt(entry.limit() + EnterOrderDecoder.optionsHeaderLength());
    }

    /** The same of a replacement. */
    OrderOptionsDecoder options(final ReplaceOrderDecoder replacement) {
        return replacement.optionsLength() == 0
                ? null
                : optionsAt(replacement.limit() + ReplaceOrderDecoder.optionsHeaderLength());
    }

    private OrderOptionsDecoder optionsAt(final int at) {
        return options.wrapAndApplyHeader(buffer, at, optionsHeader);
    }
}
