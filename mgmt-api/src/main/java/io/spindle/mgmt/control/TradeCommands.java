package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.BustTradeEncoder;
import io.spindle.oms.command.CorrectTradeEncoder;

import java.util.UUID;

/** What may be asked about trades that were made. */
public final class TradeCommands {
    private TradeCommands() {}

    /**
     * Takes a trade back.
     *
     * @param cause E erroneous, C consent, S supervisory, X external
     */
    public static AdminCommand bust(
            final UUID request, final long matchNumber, final char cause, final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final BustTradeEncoder command = new BustTradeEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .matchNumber(matchNumber)
                            .operatorId(Ascii.pack(operator))
                            .reason((byte) cause);
                    return command.limit();
                });
    }

    /** Makes a trade again at another price; see {@link #bust}. */
    public static AdminCommand correct(
            final UUID request,
            final long matchNumber,
            final long price,
            final char cause,
            final String operator) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final CorrectTradeEncoder command = new CorrectTradeEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .matchNumber(matchNumber)
                            .price(price)
                            .operatorId(Ascii.pack(operator))
                            .reason((byte) cause);
                    return command.limit();
                });
    }
}
