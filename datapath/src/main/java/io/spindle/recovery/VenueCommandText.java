package io.spindle.recovery;

import io.spindle.oms.command.DefineVenueDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetRoutingDecoder;
import io.spindle.oms.command.SetVenueLinkDecoder;
import io.spindle.oms.command.SyncVenueDecoder;
import io.spindle.oms.command.VenueOrderDecoder;
import io.spindle.oms.command.VenueQuoteDecoder;
import io.spindle.oms.command.VenueReportDecoder;
import io.spindle.oms.command.VenueSyncedDecoder;

import org.agrona.DirectBuffer;

/** Commands about other venues, as {@link CommandText} prints them. */
final class VenueCommandText {
    private VenueCommandText() {}

    static void append(
            final StringBuilder text,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case DefineVenueDecoder.TEMPLATE_ID ->
                    new DefineVenueDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetRoutingDecoder.TEMPLATE_ID ->
                    new SetRoutingDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetVenueLinkDecoder.TEMPLATE_ID ->
                    new SetVenueLinkDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case VenueQuoteDecoder.TEMPLATE_ID ->
                    new VenueQuoteDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case VenueReportDecoder.TEMPLATE_ID ->
                    new VenueReportDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SyncVenueDecoder.TEMPLATE_ID ->
                    new SyncVenueDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case VenueOrderDecoder.TEMPLATE_ID ->
                    new VenueOrderDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case VenueSyncedDecoder.TEMPLATE_ID ->
                    new VenueSyncedDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            default -> text.append("[Template").append(header.templateId()).append("]():");
        }
    }
}
