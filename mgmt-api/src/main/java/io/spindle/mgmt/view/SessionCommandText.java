package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MassCancelDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.RefusedDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;
import io.spindle.oms.command.SetEntryDecoder;

import org.agrona.DirectBuffer;

/** What sessions ask for, and what is said of them. */
final class SessionCommandText {
    private final CommandText text;
    private final DirectBuffer buffer;
    private final int offset;
    private final MessageHeaderDecoder header;

    SessionCommandText(final CommandText text) {
        this.text = text;
        this.buffer = text.buffer;
        this.offset = text.offset;
        this.header = text.header;
    }

    /** False if it is none of these commands. */
    boolean read() {
        return readOrder() || readSession();
    }

    private boolean readOrder() {
        switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID -> read(new EnterOrderDecoder());
            case ReplaceOrderDecoder.TEMPLATE_ID -> {
                final var it = new ReplaceOrderDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.order(it.session(), it.userRefIdx(), it.userRefNum());
                text.put(
                        "replaces",
                        new OrderId(
                                        text.username(it.session()),
                                        it.userRefIdx(),
                                        it.originalUserRefNum())
                                .toString());
                text.put("lots", it.quantity());
            }
            case CancelOrderDecoder.TEMPLATE_ID -> {
                final var it = new CancelOrderDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.order(it.session(), it.userRefIdx(), it.userRefNum());
                text.put("lots", it.quantity());
            }
            case ModifyOrderDecoder.TEMPLATE_ID -> {
                final var it = new ModifyOrderDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.order(it.session(), it.userRefIdx(), it.userRefNum());
                text.letter("side", it.side());
                text.put("lots", it.quantity());
            }
            case MassCancelDecoder.TEMPLATE_ID -> {
                final var it = new MassCancelDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, text.username(it.session()));
                text.put("firm", Ascii.unpack(it.firm()));
                text.symbol(it.symbol());
                text.letter("side", it.side());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readSession() {
        switch (header.templateId()) {
            case SetEntryDecoder.TEMPLATE_ID -> {
                final var it = new SetEntryDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, text.username(it.session()));
                text.put("firm", Ascii.unpack(it.firm()));
                text.put("enabled", it.enabled());
            }
            case RefusedDecoder.TEMPLATE_ID -> {
                final var it = new RefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.order(it.session(), it.userRefIdx(), it.userRefNum());
                text.put("reason", EngineNames.reject(it.reason()));
            }
            case SessionUpDecoder.TEMPLATE_ID ->
                    text.put(
                            CommandText.SESSION,
                            text.username(
                                    new SessionUpDecoder()
                                            .wrapAndApplyHeader(buffer, offset, header)
                                            .session()));
            case SessionDownDecoder.TEMPLATE_ID -> {
                final var it = new SessionDownDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, text.username(it.session()));
                text.put("reason", it.reason());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void read(final EnterOrderDecoder it) {
        it.wrapAndApplyHeader(buffer, offset, header);
        text.order(it.session(), it.userRefIdx(), it.userRefNum());
        final Instrument instrument = text.symbol(it.symbol());
        text.letter("side", it.side());
        text.put("quantity", instrument.quantity(it.quantity()));
        text.put("price", it.price() == Long.MAX_VALUE ? "market" : instrument.price(it.price()));
        text.letter("timeInForce", it.timeInForce());
        text.put("clientOrderId", Ascii.unpack(it.clOrdIdHigh(), it.clOrdIdLow()));
        if (it.optionsLength() > 0) {
            final var options =
                    new OrderOptionsDecoder()
                            .wrapAndApplyHeader(
                                    buffer,
                                    it.limit() + EnterOrderDecoder.optionsHeaderLength(),
                                    new MessageHeaderDecoder());
            if (options.accountHigh() != OrderOptionsDecoder.accountHighNullValue()) {
                text.account(options.accountHigh(), options.accountLow());
            }
        }
        text.accountOf(it.session());
    }
}
