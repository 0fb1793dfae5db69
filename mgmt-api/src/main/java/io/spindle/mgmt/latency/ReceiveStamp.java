package io.spindle.mgmt.latency;

import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

/** The network's stamp on a client's message, as the log keeps it. One thread. */
public final class ReceiveStamp {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enter = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final ModifyOrderDecoder modify = new ModifyOrderDecoder();

    /** When the network handed a client's message over; 0 for everything else. */
    public long of(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int block = header.blockLength();
        final int version = header.version();
        return switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID ->
                    enter.wrap(buffer, body, block, version).receivedNs();
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                    replace.wrap(buffer, body, block, version).receivedNs();
            case CancelOrderDecoder.TEMPLATE_ID ->
                    cancel.wrap(buffer, body, block, version).receivedNs();
            case ModifyOrderDecoder.TEMPLATE_ID ->
                    modify.wrap(buffer, body, block, version).receivedNs();
            default -> 0;
        };
    }
}
