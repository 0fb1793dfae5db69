package io.spindle.loop;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.RingReader;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.session.Bindings;

import org.agrona.DirectBuffer;

/**
 * Moves requests from the control ring into the log, one a turn, as they are. Room in the log is
 * claimed first, so that a request waits in its ring rather than be lost. Only what an operator may
 * ask for passes: the admin commands, tickets, a new day, a session's end.
 */
final class ControlIntake implements CommandHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionDownDecoder down = new SessionDownDecoder();
    private final RingReader requests;
    private final CommandLog log;
    private final Bindings bindings;
    private long timeNs;
    private int claim;
    private boolean taken;

    ControlIntake(final RingReader requests, final CommandLog log, final Bindings bindings) {
        this.requests = requests;
        this.log = log;
        this.bindings = bindings;
    }

    /**
     * Takes at most one request.
     *
     * @return requests logged
     */
    int poll(final long logTimeNs) {
        if (requests.backlog() == 0) {
            return 0;
        }
        claim = log.claim(log.maxCommandLength(), true);
        if (claim == CommandLog.BACK_PRESSURED) {
            return 0;
        }
        timeNs = logTimeNs;
        taken = false;
        requests.poll(this, 1);
        if (!taken) {
            log.abort();
        }
        requests.release(requests.sequence(), requests.position());
        return taken ? 1 : 0;
    }

    @Override
    public void onCommand(
            final long sequence,
            final long requestTimeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        header.wrap(buffer, offset);
        final boolean complete =
                length >= MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        if (complete && isForOperators(header.templateId()) && isWhole(buffer, offset, length)) {
            log.buffer().putBytes(claim, buffer, offset, length);
            log.commit(length, timeNs);
            taken = true;
            if (header.templateId() == SessionDownDecoder.TEMPLATE_ID) {
                unbind(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
            }
        }
    }

    /** As in {@link LogRequests}: nobody is heard any more as whom an operator takes down. */
    private void unbind(final DirectBuffer buffer, final int body) {
        down.wrap(buffer, body, header.blockLength(), header.version());
        if (down.session() < bindings.capacity()) {
            bindings.unbind(down.session());
        }
    }

    /** The options of an order are none, or one whole block of ours: the engine relies on it. */
    private boolean isWhole(final DirectBuffer buffer, final int offset, final int length) {
        if (header.templateId() != EnterOrderDecoder.TEMPLATE_ID
                && header.templateId() != ReplaceOrderDecoder.TEMPLATE_ID) {
            return true;
        }
        final int options =
                MessageHeaderDecoder.ENCODED_LENGTH
                        + header.blockLength()
                        + EnterOrderDecoder.optionsHeaderLength();
        if (length != options && length != options + OptionBlock.LENGTH) {
            return false;
        }
        final int said =
                buffer.getShort(offset + options - Short.BYTES, EnterOrderDecoder.BYTE_ORDER);
        if (said != length - options || said == 0) {
            return said == length - options;
        }
        header.wrap(buffer, offset + options);
        return header.templateId() == OrderOptionsDecoder.TEMPLATE_ID
                && header.blockLength() == OrderOptionsDecoder.BLOCK_LENGTH;
    }

    /** Admin commands, and tickets: orders that an operator enters on a session's behalf. */
    private static boolean isForOperators(final int templateId) {
        return templateId >= BatchBeginDecoder.TEMPLATE_ID
                || templateId == EnterOrderDecoder.TEMPLATE_ID
                || templateId == ReplaceOrderDecoder.TEMPLATE_ID
                || templateId == CancelOrderDecoder.TEMPLATE_ID
                || templateId == DayStartDecoder.TEMPLATE_ID
                || templateId == SessionDownDecoder.TEMPLATE_ID;
    }
}
