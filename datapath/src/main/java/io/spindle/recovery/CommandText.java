package io.spindle.recovery;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.AccountQueryDecoder;
import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.AdminCancelDecoder;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.AuthoriseDecoder;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.BustTradeDecoder;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.CheckpointDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.ContinueDecoder;
import io.spindle.oms.command.CorrectTradeDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.LinkBooksDecoder;
import io.spindle.oms.command.MassCancelDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;
import io.spindle.oms.command.SessionDownDecoder;
import io.spindle.oms.command.SessionUpDecoder;
import io.spindle.oms.command.SetAccountFeesDecoder;
import io.spindle.oms.command.SetAuthorisationRuleDecoder;
import io.spindle.oms.command.SetDayGateDecoder;
import io.spindle.oms.command.SetDisconnectGraceDecoder;
import io.spindle.oms.command.SetEntryDecoder;
import io.spindle.oms.command.SetEntryStateDecoder;
import io.spindle.oms.command.SetFeesDecoder;
import io.spindle.oms.command.SetInstrumentRiskDecoder;
import io.spindle.oms.command.SetLimitsDecoder;
import io.spindle.oms.command.SetRateDecoder;
import io.spindle.oms.command.SetReferencePriceDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;
import io.spindle.oms.command.StartAlgorithmDecoder;
import io.spindle.oms.command.StopAlgorithmDecoder;
import io.spindle.oms.command.TickDecoder;

import org.agrona.DirectBuffer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A logged command as a name and fields in words. Packed names are unpacked; what protects a
 * password is withheld.
 */
record CommandText(String name, Map<String, String> fields) {
    private static final Set<String> PACKED_LONGS =
            Set.of("symbol", "username", "accountHigh", "accountLow", "clOrdIdHigh", "clOrdIdLow");
    private static final Set<String> PACKED_INTS = Set.of("firm", "currency", "venue");
    private static final Set<String> CHARACTERS =
            Set.of(
                    "side",
                    "timeInForce",
                    "display",
                    "capacity",
                    "interMarketSweep",
                    "crossType",
                    "strategy",
                    "kind",
                    "liquidity",
                    "state",
                    "expected");
    private static final Set<String> WITHHELD = Set.of("salt", "secret");

    static CommandText of(final DirectBuffer buffer, final int offset) {
        final StringBuilder text = new StringBuilder();
        append(text, buffer, offset);
        final Map<String, String> fields = new LinkedHashMap<>();
        final int end = text.indexOf("]");
        final String[] parts = text.substring(text.indexOf("):") + 2).split("\\|");
        for (final String part : parts) {
            final int equals = part.indexOf('=');
            if (equals > 0) {
                final String field = part.substring(0, equals);
                fields.put(field, value(field, part.substring(equals + 1)));
            }
        }
        return new CommandText(text.substring(1, end), fields);
    }

    private static String value(final String field, final String printed) {
        if (PACKED_LONGS.contains(field)) {
            return Ascii.unpack(Long.parseLong(printed)).strip();
        }
        if (PACKED_INTS.contains(field)) {
            return Ascii.unpack((int) Long.parseLong(printed)).strip();
        }
        if (CHARACTERS.contains(field)) {
            final int character = Integer.parseInt(printed);
            return character > ' ' ? Character.toString(character) : printed;
        }
        return WITHHELD.contains(field) ? "withheld" : printed;
    }

    private static void append(
            final StringBuilder text, final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID ->
                    new EnterOrderDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                    new ReplaceOrderDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case CancelOrderDecoder.TEMPLATE_ID ->
                    new CancelOrderDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case ModifyOrderDecoder.TEMPLATE_ID ->
                    new ModifyOrderDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case AccountQueryDecoder.TEMPLATE_ID ->
                    new AccountQueryDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case RefusedDecoder.TEMPLATE_ID ->
                    new RefusedDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            default -> appendHousekeeping(text, buffer, offset, header);
        }
    }

    private static void appendHousekeeping(
            final StringBuilder text,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case SessionUpDecoder.TEMPLATE_ID ->
                    new SessionUpDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SessionDownDecoder.TEMPLATE_ID ->
                    new SessionDownDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case TickDecoder.TEMPLATE_ID ->
                    new TickDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ClockAnchorDecoder.TEMPLATE_ID ->
                    new ClockAnchorDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case CheckpointDecoder.TEMPLATE_ID ->
                    new CheckpointDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case DayStartDecoder.TEMPLATE_ID ->
                    new DayStartDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ContinueDecoder.TEMPLATE_ID ->
                    new ContinueDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case BatchBeginDecoder.TEMPLATE_ID ->
                    new BatchBeginDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case BatchCommitDecoder.TEMPLATE_ID ->
                    new BatchCommitDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            default -> appendConfiguration(text, buffer, offset, header);
        }
    }

    private static void appendConfiguration(
            final StringBuilder text,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case DefineInstrumentDecoder.TEMPLATE_ID ->
                    new DefineInstrumentDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case DefineFirmDecoder.TEMPLATE_ID ->
                    new DefineFirmDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case DefineAccountDecoder.TEMPLATE_ID ->
                    new DefineAccountDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case DefineSessionDecoder.TEMPLATE_ID ->
                    new DefineSessionDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case AdjustCashDecoder.TEMPLATE_ID ->
                    new AdjustCashDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case AdjustHoldingDecoder.TEMPLATE_ID ->
                    new AdjustHoldingDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case LinkBooksDecoder.TEMPLATE_ID ->
                    new LinkBooksDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetTradingStateDecoder.TEMPLATE_ID ->
                    new SetTradingStateDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            default -> appendRisk(text, buffer, offset, header);
        }
    }

    private static void appendRisk(
            final StringBuilder text,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case SetEntryStateDecoder.TEMPLATE_ID ->
                    new SetEntryStateDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetLimitsDecoder.TEMPLATE_ID ->
                    new SetLimitsDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetInstrumentRiskDecoder.TEMPLATE_ID ->
                    new SetInstrumentRiskDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetReferencePriceDecoder.TEMPLATE_ID ->
                    new SetReferencePriceDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetFeesDecoder.TEMPLATE_ID ->
                    new SetFeesDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case SetAccountFeesDecoder.TEMPLATE_ID ->
                    new SetAccountFeesDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetRateDecoder.TEMPLATE_ID ->
                    new SetRateDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case SetAuthorisationRuleDecoder.TEMPLATE_ID ->
                    new SetAuthorisationRuleDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case AuthoriseDecoder.TEMPLATE_ID ->
                    new AuthoriseDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetDisconnectGraceDecoder.TEMPLATE_ID ->
                    new SetDisconnectGraceDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            default -> appendDesk(text, buffer, offset, header);
        }
    }

    private static void appendDesk(
            final StringBuilder text,
            final DirectBuffer buffer,
            final int offset,
            final MessageHeaderDecoder header) {
        switch (header.templateId()) {
            case MassCancelDecoder.TEMPLATE_ID ->
                    new MassCancelDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetEntryDecoder.TEMPLATE_ID ->
                    new SetEntryDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case AdminCancelDecoder.TEMPLATE_ID ->
                    new AdminCancelDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case SetDayGateDecoder.TEMPLATE_ID ->
                    new SetDayGateDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case BustTradeDecoder.TEMPLATE_ID ->
                    new BustTradeDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case CorrectTradeDecoder.TEMPLATE_ID ->
                    new CorrectTradeDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case StartAlgorithmDecoder.TEMPLATE_ID ->
                    new StartAlgorithmDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case StopAlgorithmDecoder.TEMPLATE_ID ->
                    new StopAlgorithmDecoder()
                            .wrapAndApplyHeader(buffer, offset, header)
                            .appendTo(text);
            case AnnotateDecoder.TEMPLATE_ID ->
                    new AnnotateDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            default -> VenueCommandText.append(text, buffer, offset, header);
        }
    }
}
