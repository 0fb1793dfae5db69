package io.spindle.perf.wire;

import io.spindle.log.CommandHandler;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;

/**
 * Counts the orders of one session in a log, each number once, from a given number on: the log's
 * own evidence of how many orders a second it took.
 */
final class LoggedOrders implements CommandHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enter = new EnterOrderDecoder();
    private final long from;
    private long lastNumber;
    private long count;
    private long firstNs;
    private long lastNs;

    LoggedOrders(final long from) {
        this.from = from;
    }

    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        header.wrap(buffer, offset);
        if (header.templateId() != EnterOrderDecoder.TEMPLATE_ID) {
            return;
        }
        enter.wrapAndApplyHeader(buffer, offset, header);
        final long number = enter.userRefNum();
        if (number < from) {
            return;
        }
        if (number <= lastNumber) {
            throw new IllegalStateException("number " + number + " logged after " + lastNumber);
        }
        lastNumber = number;
        lastNs = timeNs;
        firstNs = count == 0 ? timeNs : firstNs;
        count++;
    }

    @Override
    public String toString() {
        return "orders=%d elapsedNs=%d".formatted(count, lastNs - firstNs);
    }
}
