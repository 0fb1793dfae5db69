package io.spindle.mgmt.control;

import io.spindle.mgmt.model.Instrument;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import java.util.UUID;

/** Encodes what an administrator may ask for. */
public final class Commands {
    private Commands() {}

    /**
     * Defines the instrument, or changes it if the symbol is known; its state is not part of it.
     */
    public static AdminCommand defineInstrument(final UUID request, final Instrument instrument) {
        return AdminCommand.encode(
                request,
                buffer -> {
                    final DefineInstrumentEncoder command = new DefineInstrumentEncoder();
                    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                            .requestHigh(request.getMostSignificantBits())
                            .requestLow(request.getLeastSignificantBits())
                            .symbol(Packed.eight(instrument.symbol()))
                            .tickSize(instrument.tickSize())
                            .lotSize(instrument.lotSize())
                            .minQuantity(instrument.minQuantity())
                            .maxQuantity(instrument.maxQuantity())
                            .maxPrice(instrument.maxPrice())
                            .currency(Packed.four(instrument.currency()))
                            .priceDecimals((short) instrument.priceDecimals())
                            .lotExponent((short) instrument.lotExponent());
                    return command.limit();
                });
    }

    /** Sets an instrument's trading action: H, P, Q or T. */
    public static AdminCommand setTradingState(
            final UUID request, final String symbol, final char state) {
        return AdminCommand.encode(
                request,
                buffer -> {
                    final SetTradingStateEncoder command = new SetTradingStateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                            .requestHigh(request.getMostSignificantBits())
                            .requestLow(request.getLeastSignificantBits())
                            .symbol(Packed.eight(symbol))
                            .state((byte) state);
                    return command.limit();
                });
    }
}
