package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.oms.command.AccountQueryDecoder;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.ContinueDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MassCancelDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;
import io.spindle.oms.command.SetEntryDecoder;
import io.spindle.oms.command.TickDecoder;

import org.agrona.DirectBuffer;

/** Reads which command it is and hands it, decoded, to who carries it out. */
final class CommandRouter {
    private static final int FIRST_ADMIN_TEMPLATE = 40;

    private final OrderEntry entry;
    private final OrderChanges changes;
    private final Housekeeping housekeeping;
    private final AdminDesk admin;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enterOrder = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ModifyOrderDecoder modifyOrder = new ModifyOrderDecoder();
    private final AccountQueryDecoder accountQuery = new AccountQueryDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final SessionUpDecoder sessionUp = new SessionUpDecoder();
    private final SessionDownDecoder sessionDown = new SessionDownDecoder();
    private final ClockAnchorDecoder clockAnchor = new ClockAnchorDecoder();
    private final CheckpointDecoder checkpoint = new CheckpointDecoder();
    private final DayStartDecoder dayStart = new DayStartDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private final SetEntryDecoder setEntry = new SetEntryDecoder();
    private final ContinueDecoder proceed = new ContinueDecoder();

    CommandRouter(
            final OrderEntry entry,
            final OrderChanges changes,
            final Housekeeping housekeeping,
            final AdminDesk admin) {
        this.entry = entry;
        this.changes = changes;
        this.housekeeping = housekeeping;
        this.admin = admin;
    }

    void route(final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (header.templateId() >= FIRST_ADMIN_TEMPLATE) {
            admin.handle(buffer, offset, length);
        } else {
            dispatch(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        }
    }

    private void dispatch(final DirectBuffer buffer, final int body) {
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID:
                entry.enter(enterOrder.wrap(buffer, body, block, version));
                break;
            case ReplaceOrderDecoder.TEMPLATE_ID:
                changes.replace(replaceOrder.wrap(buffer, body, block, version));
                break;
            case CancelOrderDecoder.TEMPLATE_ID:
                changes.cancel(cancelOrder.wrap(buffer, body, block, version));
                break;
            case ModifyOrderDecoder.TEMPLATE_ID:
                changes.modify(modifyOrder.wrap(buffer, body, block, version));
                break;
            case AccountQueryDecoder.TEMPLATE_ID:
                housekeeping.query(accountQuery.wrap(buffer, body, block, version));
                break;
            case RefusedDecoder.TEMPLATE_ID:
                entry.refused(refused.wrap(buffer, body, block, version));
                break;
            case SessionUpDecoder.TEMPLATE_ID:
                housekeeping.sessionUp(sessionUp.wrap(buffer, body, block, version));
                break;
            case SessionDownDecoder.TEMPLATE_ID:
                housekeeping.sessionDown(sessionDown.wrap(buffer, body, block, version));
                break;
            case ClockAnchorDecoder.TEMPLATE_ID:
                housekeeping.clockAnchor(clockAnchor.wrap(buffer, body, block, version));
                break;
            case CheckpointDecoder.TEMPLATE_ID:
                housekeeping.checkpoint(checkpoint.wrap(buffer, body, block, version));
                break;
            case DayStartDecoder.TEMPLATE_ID:
                housekeeping.dayStart(dayStart.wrap(buffer, body, block, version));
                break;
            case MassCancelDecoder.TEMPLATE_ID:
                housekeeping.massCancel(massCancel.wrap(buffer, body, block, version));
                break;
            case SetEntryDecoder.TEMPLATE_ID:
                housekeeping.setEntry(setEntry.wrap(buffer, body, block, version));
                break;
            case TickDecoder.TEMPLATE_ID:
                housekeeping.tick();
                break;
            case ContinueDecoder.TEMPLATE_ID:
                housekeeping.proceed(proceed.wrap(buffer, body, block, version).origin());
                break;
            default:
                throw unknown(header.templateId());
        }
    }

    @Cold
    private static IllegalArgumentException unknown(final int templateId) {
        return new IllegalArgumentException("templateId=" + templateId + ": not a command");
    }
}
