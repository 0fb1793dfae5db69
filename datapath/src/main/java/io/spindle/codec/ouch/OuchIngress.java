package io.spindle.codec.ouch;

import io.spindle.codec.ouch.wire.CancelDecoder;
import io.spindle.codec.ouch.wire.EnterDecoder;
import io.spindle.codec.ouch.wire.ModifyDecoder;
import io.spindle.codec.ouch.wire.ReplaceDecoder;
import io.spindle.oms.RejectCode;
import io.spindle.oms.SessionTable;
import io.spindle.session.MessageHandler;
import io.spindle.session.SessionCounters;

import org.agrona.DirectBuffer;

/**
 * Turns a client's message into a logged command: validates the whole message in the frame, filters
 * numbers already used, then appends. What it cannot pass on for want of room, for overload or for
 * an option that does not exist becomes a {@code Refused} command, so that the answer is the log's.
 */
public final class OuchIngress implements MessageHandler {
    private final EnterDecoder enter = new EnterDecoder();
    private final ReplaceDecoder replace = new ReplaceDecoder();
    private final CancelDecoder cancel = new CancelDecoder();
    private final ModifyDecoder modify = new ModifyDecoder();
    private final MessageShape shape = MessageShape.fromClient();
    private final Options options = new Options();
    private final SessionTable sessions;
    private final OrderCommands commands;
    private final SessionCounters counters;
    private boolean overloaded;

    public OuchIngress(
            final SessionTable sessions,
            final OrderCommands commands,
            final SessionCounters counters) {
        this.sessions = sessions;
        this.commands = commands;
        this.counters = counters;
    }

    /** While set, new orders and replaces are refused; cancels pass. */
    public void overloaded(final boolean now) {
        overloaded = now;
    }

    @Override
    public void onMessage(
            final int session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long receivedNs,
            final long timeNs) {
        if (!shape.isWhole(buffer, offset, length)) {
            counters.malformedMessages++;
            return;
        }
        options.read(buffer, shape.elementsOffset(buffer, offset, length), offset + length);
        final long arrivedNs = receivedNs == 0 ? timeNs : receivedNs;
        commands.at(timeNs);
        switch (buffer.getByte(offset)) {
            case MessageType.ENTER:
                enter.wrap(buffer, offset, EnterDecoder.BLOCK_LENGTH, EnterDecoder.SCHEMA_VERSION);
                onEnter(session, arrivedNs);
                break;
            case MessageType.REPLACE:
                replace.wrap(
                        buffer, offset, ReplaceDecoder.BLOCK_LENGTH, ReplaceDecoder.SCHEMA_VERSION);
                onReplace(session, arrivedNs);
                break;
            case MessageType.CANCEL:
                cancel.wrap(
                        buffer, offset, CancelDecoder.BLOCK_LENGTH, CancelDecoder.SCHEMA_VERSION);
                count(commands.cancel(session, options.userRefIdx(), cancel, arrivedNs));
                break;
            case MessageType.MODIFY:
                modify.wrap(
                        buffer, offset, ModifyDecoder.BLOCK_LENGTH, ModifyDecoder.SCHEMA_VERSION);
                count(commands.modify(session, options.userRefIdx(), modify, arrivedNs));
                break;
            case MessageType.QUERY:
                count(commands.query(session, options.userRefIdx()));
                break;
            default:
                counters.malformedMessages++;
                break;
        }
    }

    private void onEnter(final int session, final long arrivedNs) {
        final int number = (int) enter.userRefNum();
        if (isDuplicate(session, number)) {
            return;
        }
        int refusal = refusal();
        if (refusal == RejectCode.NONE.code) {
            if (commands.enter(session, options.userRefIdx(), enter, arrivedNs)) {
                return;
            }
            refusal = RejectCode.LOG_NEARLY_FULL.code;
        }
        final long high = ClOrdId.high(enter.clOrdId());
        refuse(session, number, refusal, high, ClOrdId.low(enter.clOrdId()));
    }

    private void onReplace(final int session, final long arrivedNs) {
        final int number = (int) replace.userRefNum();
        if (isDuplicate(session, number)) {
            return;
        }
        int refusal = refusal();
        if (refusal == RejectCode.NONE.code) {
            if (commands.replace(session, options.userRefIdx(), replace, arrivedNs)) {
                return;
            }
            refusal = RejectCode.LOG_NEARLY_FULL.code;
        }
        final long high = ClOrdId.high(replace.clOrdId());
        refuse(session, number, refusal, high, ClOrdId.low(replace.clOrdId()));
    }

    /** The engine would ignore it too; this only keeps it out of the log. */
    private boolean isDuplicate(final int session, final int number) {
        final int last = sessions.lastUserRefNum(session, options.userRefIdx());
        if (Integer.compareUnsigned(number, last) <= 0) {
            counters.duplicatesFiltered++;
            return true;
        }
        return false;
    }

    private int refusal() {
        if (overloaded) {
            return RejectCode.OVERLOAD.code;
        }
        return options.areKnown() ? RejectCode.NONE.code : RejectCode.TAG.code;
    }

    private void refuse(
            final int session,
            final int number,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        counters.refused++;
        count(
                commands.refused(
                        session, options.userRefIdx(), number, reason, clOrdIdHigh, clOrdIdLow));
    }

    private void count(final boolean logged) {
        if (!logged) {
            counters.droppedLogFull++;
        }
    }
}
