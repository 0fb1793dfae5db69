package io.spindle.attest;

import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

/** Reads when a member's message arrived, as the log has it. */
final class Arrival {
    /** No message of a member. */
    static final long NONE = -1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enter = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final ModifyOrderDecoder modify = new ModifyOrderDecoder();

    /**
     * Log time of its stamp.
     *
     * @param timeNs log time of the command, which stands in for a stamp where there is none
     * @return 0 when there was no stamp, {@link #NONE} when nobody sent it
     */
    long of(final DirectBuffer buffer, final int offset, final long timeNs) {
        header.wrap(buffer, offset);
        final long receivedNs =
                switch (header.templateId()) {
                    case EnterOrderDecoder.TEMPLATE_ID ->
                            enter.wrapAndApplyHeader(buffer, offset, header).receivedNs();
                    case ReplaceOrderDecoder.TEMPLATE_ID ->
                            replace.wrapAndApplyHeader(buffer, offset, header).receivedNs();
                    case CancelOrderDecoder.TEMPLATE_ID ->
                            cancel.wrapAndApplyHeader(buffer, offset, header).receivedNs();
                    case ModifyOrderDecoder.TEMPLATE_ID ->
                            modify.wrapAndApplyHeader(buffer, offset, header).receivedNs();
                    default -> NONE;
                };
        return receivedNs == timeNs ? 0 : receivedNs;
    }
}
