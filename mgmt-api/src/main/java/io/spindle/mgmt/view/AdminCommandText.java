package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Note;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.AdminCancelDecoder;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.AuthoriseDecoder;
import io.spindle.oms.command.BustTradeDecoder;
import io.spindle.oms.command.CorrectTradeDecoder;
import io.spindle.oms.command.DayStartDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.DefineVenueDecoder;
import io.spindle.oms.command.LinkBooksDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetEntryStateDecoder;
import io.spindle.oms.command.SetInstrumentRiskDecoder;
import io.spindle.oms.command.SetLimitsDecoder;
import io.spindle.oms.command.SetRateDecoder;
import io.spindle.oms.command.SetReferencePriceDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;
import io.spindle.oms.command.StartAlgorithmDecoder;
import io.spindle.oms.command.StopAlgorithmDecoder;
import io.spindle.oms.command.VenueQuoteDecoder;
import io.spindle.oms.command.VenueReportDecoder;

import org.agrona.DirectBuffer;

/** What is asked for apart from sessions: by people, files, connectors and the clock. */
final class AdminCommandText {
    private final CommandText text;
    private final DirectBuffer buffer;
    private final int offset;
    private final MessageHeaderDecoder header;

    AdminCommandText(final CommandText text) {
        this.text = text;
        this.buffer = text.buffer;
        this.offset = text.offset;
        this.header = text.header;
    }

    void read() {
        if (!readMember() && !readMarket() && !readRisk()) {
            readRest();
        }
    }

    private boolean readMember() {
        switch (header.templateId()) {
            case DefineFirmDecoder.TEMPLATE_ID -> {
                final var it = new DefineFirmDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("firm", Ascii.unpack((int) it.firm()));
            }
            case DefineAccountDecoder.TEMPLATE_ID -> {
                final var it =
                        new DefineAccountDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.account(it.accountHigh(), it.accountLow());
                text.put("firm", Ascii.unpack((int) it.firm()));
                text.put("flags", it.flags());
            }
            case DefineSessionDecoder.TEMPLATE_ID -> {
                final var it =
                        new DefineSessionDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, Ascii.unpack(it.username()));
                text.account(it.accountHigh(), it.accountLow());
                text.put("firm", Ascii.unpack((int) it.firm()));
                text.put("flags", it.flags());
            }
            case AdjustCashDecoder.TEMPLATE_ID -> {
                final var it = new AdjustCashDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.account(it.accountHigh(), it.accountLow());
                text.put("currency", Ascii.unpack((int) it.currency()));
                text.amount("amount", it.amount());
            }
            case AdjustHoldingDecoder.TEMPLATE_ID -> {
                final var it =
                        new AdjustHoldingDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.account(it.accountHigh(), it.accountLow());
                text.put("quantity", text.symbol(it.symbol()).quantity(it.lots()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readMarket() {
        switch (header.templateId()) {
            case DefineInstrumentDecoder.TEMPLATE_ID -> {
                final var it =
                        new DefineInstrumentDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("symbol", Ascii.unpack(it.symbol()));
                text.put("currency", Ascii.unpack((int) it.currency()));
                text.put("tickSize", Decimals.text(it.tickSize(), it.priceDecimals()));
                text.put("maxPrice", Decimals.text(it.maxPrice(), it.priceDecimals()));
                text.put("lotSize", Decimals.text(it.lotSize(), it.lotExponent()));
                text.put("minQuantity", Decimals.text(it.minQuantity(), it.lotExponent()));
                text.put("maxQuantity", Decimals.text(it.maxQuantity(), it.lotExponent()));
            }
            case SetTradingStateDecoder.TEMPLATE_ID -> {
                final var it =
                        new SetTradingStateDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.symbol(it.symbol());
                text.letter("state", it.state());
                text.letter("expected", it.expected());
            }
            case LinkBooksDecoder.TEMPLATE_ID -> {
                final var it = new LinkBooksDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.symbol(it.symbol());
                text.put("otherSymbol", Ascii.unpack(it.otherSymbol()));
            }
            case SetReferencePriceDecoder.TEMPLATE_ID -> {
                final var it =
                        new SetReferencePriceDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("price", text.symbol(it.symbol()).price(it.price()));
            }
            case SetInstrumentRiskDecoder.TEMPLATE_ID -> {
                final var it =
                        new SetInstrumentRiskDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.symbol(it.symbol());
                text.put("bandBps", it.bandBps());
                text.put("marginBps", it.marginBps());
                text.put("settlementDays", it.settlementDays());
                text.put("flags", it.flags());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readRisk() {
        switch (header.templateId()) {
            case SetEntryStateDecoder.TEMPLATE_ID -> {
                final var it =
                        new SetEntryStateDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.scope(it.scope(), it.firm(), it.accountHigh(), it.accountLow(), it.username());
                text.letter("state", it.state());
                text.put("cancelOrders", it.cancelOrders());
                text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
            }
            case SetLimitsDecoder.TEMPLATE_ID -> {
                final var it = new SetLimitsDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.scope(it.scope(), it.firm(), it.accountHigh(), it.accountLow(), it.username());
                text.count("openOrders", it.openOrders());
                text.count("orderLots", it.orderQuantity());
                text.amount("orderNotional", it.orderNotional());
                text.count("positionLots", it.position());
                text.amount("exposure", it.exposure());
            }
            case SetRateDecoder.TEMPLATE_ID -> {
                final var it = new SetRateDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.scope(it.scope(), 0, it.accountHigh(), it.accountLow(), it.username());
                text.letter("mode", it.mode());
                text.put("perSecond", it.perSecond());
                text.put("burst", it.burst());
            }
            case AuthoriseDecoder.TEMPLATE_ID -> {
                final var it = new AuthoriseDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.order(it.session(), it.userRefIdx(), it.userRefNum());
                text.put("release", it.release());
                text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
            }
            case AdminCancelDecoder.TEMPLATE_ID -> read(new AdminCancelDecoder());
            case BustTradeDecoder.TEMPLATE_ID -> {
                final var it = new BustTradeDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("matchNumber", it.matchNumber());
                text.letter("reason", it.reason());
                text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
            }
            case CorrectTradeDecoder.TEMPLATE_ID -> {
                final var it = new CorrectTradeDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("matchNumber", it.matchNumber());
                text.put("wirePrice", it.price());
                text.letter("reason", it.reason());
                text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void read(final AdminCancelDecoder it) {
        it.wrapAndApplyHeader(buffer, offset, header);
        text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
        if (it.orderReference() != 0) {
            text.order(it.session(), it.userRefIdx(), it.userRefNum());
            return;
        }
        text.scope(it.scope(), it.firm(), it.accountHigh(), it.accountLow(), it.username());
        text.symbol(it.symbol());
    }

    private void readRest() {
        switch (header.templateId()) {
            case DayStartDecoder.TEMPLATE_ID ->
                    text.put(
                            "date",
                            new DayStartDecoder()
                                    .wrapAndApplyHeader(buffer, offset, header)
                                    .date());
            case AnnotateDecoder.TEMPLATE_ID -> read(new AnnotateDecoder());
            case StartAlgorithmDecoder.TEMPLATE_ID -> {
                final var it =
                        new StartAlgorithmDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, Ascii.unpack(it.username()));
                text.account(it.accountHigh(), it.accountLow());
                final Instrument instrument = text.symbol(it.symbol());
                text.letter("kind", it.kind());
                text.letter("side", it.side());
                text.put("quantity", instrument.quantity(it.quantity()));
                text.put("price", instrument.price(it.price()));
            }
            case StopAlgorithmDecoder.TEMPLATE_ID -> {
                final var it =
                        new StopAlgorithmDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put(CommandText.SESSION, Ascii.unpack(it.username()));
                text.put("number", it.number());
                text.put(CommandText.BY, Ascii.unpack(it.operatorId()));
            }
            case VenueQuoteDecoder.TEMPLATE_ID -> {
                final var it = new VenueQuoteDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("venue", Ascii.unpack((int) it.venue()));
                text.symbol(it.symbol());
            }
            case VenueReportDecoder.TEMPLATE_ID -> {
                final var it = new VenueReportDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("venue", Ascii.unpack((int) it.venue()));
                text.put("number", it.number());
                text.letter("kind", it.kind());
                text.put("lots", it.quantity());
            }
            case DefineVenueDecoder.TEMPLATE_ID -> {
                final var it = new DefineVenueDecoder().wrapAndApplyHeader(buffer, offset, header);
                text.put("venue", Ascii.unpack((int) it.venue()));
                text.put("enabled", it.enabled());
            }
            default -> {}
        }
    }

    /** A note, without what it says: its metadata have that. */
    private void read(final AnnotateDecoder it) {
        it.wrapAndApplyHeader(buffer, offset, header);
        final byte[] record = new byte[it.recordLength()];
        it.getRecord(record, 0, record.length);
        Note.parse(record)
                .ifPresent(
                        note -> {
                            text.put("kind", note.kind());
                            text.put("key", note.key());
                            text.put(CommandText.BY, note.author());
                        });
    }
}
