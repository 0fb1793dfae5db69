package io.spindle.codec.ouch;

import io.spindle.codec.ouch.wire.CancelDecoder;
import io.spindle.codec.ouch.wire.DisableEntryDecoder;
import io.spindle.codec.ouch.wire.EnableEntryDecoder;
import io.spindle.codec.ouch.wire.EnterDecoder;
import io.spindle.codec.ouch.wire.MassCancelDecoder;
import io.spindle.codec.ouch.wire.ModifyDecoder;
import io.spindle.codec.ouch.wire.ReplaceDecoder;
import io.spindle.oms.Ascii;
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
    private static final int VERSION = EnterDecoder.SCHEMA_VERSION;

    private final EnterDecoder enter = new EnterDecoder();
    private final ReplaceDecoder replace = new ReplaceDecoder();
    private final CancelDecoder cancel = new CancelDecoder();
    private final ModifyDecoder modify = new ModifyDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final DisableEntryDecoder disable = new DisableEntryDecoder();
    private final EnableEntryDecoder enable = new EnableEntryDecoder();
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
                enter.wrap(buffer, offset, EnterDecoder.BLOCK_LENGTH, VERSION);
                onEnter(session, arrivedNs);
                break;
            case MessageType.REPLACE:
                replace.wrap(buffer, offset, ReplaceDecoder.BLOCK_LENGTH, VERSION);
                onReplace(session, arrivedNs);
                break;
            case MessageType.MASS_CANCEL:
                massCancel.wrap(buffer, offset, MassCancelDecoder.BLOCK_LENGTH, VERSION);
                onMassCancel(session, arrivedNs);
                break;
            case MessageType.DISABLE_ENTRY:
                disable.wrap(buffer, offset, DisableEntryDecoder.BLOCK_LENGTH, VERSION);
                onSetEntry(session, false, disable.userRefNum(), disable.firm());
                break;
            case MessageType.ENABLE_ENTRY:
                enable.wrap(buffer, offset, EnableEntryDecoder.BLOCK_LENGTH, VERSION);
                onSetEntry(session, true, enable.userRefNum(), enable.firm());
                break;
            default:
                onUnnumbered(session, buffer, offset, arrivedNs);
                break;
        }
    }

    /** Messages that speak of a number used before, or of none: any option makes them malformed. */
    private void onUnnumbered(
            final int session, final DirectBuffer buffer, final int offset, final long arrivedNs) {
        if (!options.areOnlyTheIndex()) {
            counters.malformedMessages++;
            return;
        }
        final int userRefIdx = options.userRefIdx();
        switch (buffer.getByte(offset)) {
            case MessageType.CANCEL:
                cancel.wrap(buffer, offset, CancelDecoder.BLOCK_LENGTH, VERSION);
                count(commands.cancel(session, userRefIdx, cancel, arrivedNs));
                break;
            case MessageType.MODIFY:
                modify.wrap(buffer, offset, ModifyDecoder.BLOCK_LENGTH, VERSION);
                count(commands.modify(session, userRefIdx, modify, arrivedNs));
                break;
            default:
                count(commands.query(session, userRefIdx));
                break;
        }
    }

    private void onEnter(final int session, final long arrivedNs) {
        final int number = (int) enter.userRefNum();
        if (isDuplicate(session, number)) {
            return;
        }
        int refusal = refusal(options.areForAnOrder(), overloaded);
        if (refusal == RejectCode.NONE.code) {
            if (commands.enter(session, options, enter, arrivedNs)) {
                return;
            }
            refusal = RejectCode.LOG_NEARLY_FULL.code;
        }
        counters.ordersRefused++;
        final long high = ClOrdId.high(enter.clOrdId());
        refuse(session, number, refusal, high, ClOrdId.low(enter.clOrdId()));
    }

    private void onReplace(final int session, final long arrivedNs) {
        final int number = (int) replace.userRefNum();
        if (isDuplicate(session, number)) {
            return;
        }
        int refusal = refusal(options.areForAnOrder(), overloaded);
        if (refusal == RejectCode.NONE.code) {
            if (commands.replace(session, options, replace, arrivedNs)) {
                return;
            }
            refusal = RejectCode.LOG_NEARLY_FULL.code;
        }
        final long high = ClOrdId.high(replace.clOrdId());
        refuse(session, number, refusal, high, ClOrdId.low(replace.clOrdId()));
    }

    private void onMassCancel(final int session, final long arrivedNs) {
        final int number = (int) massCancel.userRefNum();
        if (isDuplicate(session, number)) {
            return;
        }
        final int refusal = refusal(options.areFilters(), false);
        if (refusal == RejectCode.NONE.code) {
            count(commands.massCancel(session, options, massCancel, arrivedNs));
        } else {
            refuse(session, number, refusal, Ascii.BLANK, Ascii.BLANK);
        }
    }

    private void onSetEntry(
            final int session, final boolean enabled, final long userRefNum, final int firm) {
        final int number = (int) userRefNum;
        if (isDuplicate(session, number)) {
            return;
        }
        final int refusal = refusal(options.areOnlyTheIndex(), false);
        if (refusal == RejectCode.NONE.code) {
            count(commands.setEntry(session, options.userRefIdx(), enabled, userRefNum, firm));
        } else {
            refuse(session, number, refusal, Ascii.BLANK, Ascii.BLANK);
        }
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

    private static int refusal(final boolean optionsFit, final boolean late) {
        if (late) {
            return RejectCode.OVERLOAD.code;
        }
        return optionsFit ? RejectCode.NONE.code : RejectCode.TAG.code;
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
