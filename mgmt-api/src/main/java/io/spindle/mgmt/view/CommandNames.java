package io.spindle.mgmt.view;

import io.spindle.oms.command.*;

import java.util.Map;

/** Commands as the schema names them, but for those by which the loop talks to itself. */
public final class CommandNames {
    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(EnterOrderDecoder.TEMPLATE_ID, "EnterOrder"),
                    Map.entry(ReplaceOrderDecoder.TEMPLATE_ID, "ReplaceOrder"),
                    Map.entry(CancelOrderDecoder.TEMPLATE_ID, "CancelOrder"),
                    Map.entry(ModifyOrderDecoder.TEMPLATE_ID, "ModifyOrder"),
                    Map.entry(MassCancelDecoder.TEMPLATE_ID, "MassCancel"),
                    Map.entry(SetEntryDecoder.TEMPLATE_ID, "SetEntry"),
                    Map.entry(AccountQueryDecoder.TEMPLATE_ID, "AccountQuery"),
                    Map.entry(RefusedDecoder.TEMPLATE_ID, "Refused"),
                    Map.entry(SessionUpDecoder.TEMPLATE_ID, "SessionUp"),
                    Map.entry(SessionDownDecoder.TEMPLATE_ID, "SessionDown"),
                    Map.entry(DayStartDecoder.TEMPLATE_ID, "DayStart"),
                    Map.entry(BatchBeginDecoder.TEMPLATE_ID, "BatchBegin"),
                    Map.entry(BatchCommitDecoder.TEMPLATE_ID, "BatchCommit"),
                    Map.entry(DefineInstrumentDecoder.TEMPLATE_ID, "DefineInstrument"),
                    Map.entry(DefineFirmDecoder.TEMPLATE_ID, "DefineFirm"),
                    Map.entry(DefineAccountDecoder.TEMPLATE_ID, "DefineAccount"),
                    Map.entry(DefineSessionDecoder.TEMPLATE_ID, "DefineSession"),
                    Map.entry(AdjustCashDecoder.TEMPLATE_ID, "AdjustCash"),
                    Map.entry(AdjustHoldingDecoder.TEMPLATE_ID, "AdjustHolding"),
                    Map.entry(LinkBooksDecoder.TEMPLATE_ID, "LinkBooks"),
                    Map.entry(SetTradingStateDecoder.TEMPLATE_ID, "SetTradingState"),
                    Map.entry(SetEntryStateDecoder.TEMPLATE_ID, "SetEntryState"),
                    Map.entry(SetLimitsDecoder.TEMPLATE_ID, "SetLimits"),
                    Map.entry(SetInstrumentRiskDecoder.TEMPLATE_ID, "SetInstrumentRisk"),
                    Map.entry(SetReferencePriceDecoder.TEMPLATE_ID, "SetReferencePrice"),
                    Map.entry(SetFeesDecoder.TEMPLATE_ID, "SetFees"),
                    Map.entry(SetAccountFeesDecoder.TEMPLATE_ID, "SetAccountFees"),
                    Map.entry(SetRateDecoder.TEMPLATE_ID, "SetRate"),
                    Map.entry(SetAuthorisationRuleDecoder.TEMPLATE_ID, "SetAuthorisationRule"),
                    Map.entry(AuthoriseDecoder.TEMPLATE_ID, "Authorise"),
                    Map.entry(SetDisconnectGraceDecoder.TEMPLATE_ID, "SetDisconnectGrace"),
                    Map.entry(AdminCancelDecoder.TEMPLATE_ID, "AdminCancel"),
                    Map.entry(SetDayGateDecoder.TEMPLATE_ID, "SetDayGate"),
                    Map.entry(BustTradeDecoder.TEMPLATE_ID, "BustTrade"),
                    Map.entry(CorrectTradeDecoder.TEMPLATE_ID, "CorrectTrade"),
                    Map.entry(StartAlgorithmDecoder.TEMPLATE_ID, "StartAlgorithm"),
                    Map.entry(StopAlgorithmDecoder.TEMPLATE_ID, "StopAlgorithm"),
                    Map.entry(AnnotateDecoder.TEMPLATE_ID, "Annotate"),
                    Map.entry(DefineVenueDecoder.TEMPLATE_ID, "DefineVenue"),
                    Map.entry(SetRoutingDecoder.TEMPLATE_ID, "SetRouting"),
                    Map.entry(SetVenueLinkDecoder.TEMPLATE_ID, "SetVenueLink"),
                    Map.entry(VenueQuoteDecoder.TEMPLATE_ID, "VenueQuote"),
                    Map.entry(VenueReportDecoder.TEMPLATE_ID, "VenueReport"),
                    Map.entry(SyncVenueDecoder.TEMPLATE_ID, "SyncVenue"),
                    Map.entry(VenueOrderDecoder.TEMPLATE_ID, "VenueOrder"),
                    Map.entry(VenueSyncedDecoder.TEMPLATE_ID, "VenueSynced"));

    private CommandNames() {}

    /** False of the loop's own: ticks, anchors of the clock, checkpoints, slices. */
    static boolean isUpdate(final int templateId) {
        return NAMES.containsKey(templateId);
    }

    public static String of(final int templateId) {
        return NAMES.getOrDefault(templateId, "Command" + templateId);
    }
}
