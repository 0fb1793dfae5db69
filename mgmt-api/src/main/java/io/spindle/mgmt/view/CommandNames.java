package io.spindle.mgmt.view;

import io.spindle.oms.command.AdjustCashDecoder;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.DefineAccountDecoder;
import io.spindle.oms.command.DefineFirmDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.DefineSessionDecoder;
import io.spindle.oms.command.SetTradingStateDecoder;

import java.util.Map;

/** Commands as the schema names them. */
final class CommandNames {
    private static final Map<Integer, String> NAMES =
            Map.of(
                    BatchBeginDecoder.TEMPLATE_ID, "BatchBegin",
                    BatchCommitDecoder.TEMPLATE_ID, "BatchCommit",
                    DefineInstrumentDecoder.TEMPLATE_ID, "DefineInstrument",
                    DefineFirmDecoder.TEMPLATE_ID, "DefineFirm",
                    DefineAccountDecoder.TEMPLATE_ID, "DefineAccount",
                    DefineSessionDecoder.TEMPLATE_ID, "DefineSession",
                    AdjustCashDecoder.TEMPLATE_ID, "AdjustCash",
                    AdjustHoldingDecoder.TEMPLATE_ID, "AdjustHolding",
                    SetTradingStateDecoder.TEMPLATE_ID, "SetTradingState");

    private CommandNames() {}

    static String of(final int templateId) {
        return NAMES.getOrDefault(templateId, "Command" + templateId);
    }
}
