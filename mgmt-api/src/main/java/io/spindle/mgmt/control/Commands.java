package io.spindle.mgmt.control;

import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Note;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.AnnotateEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.SetReferencePriceEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import java.util.UUID;

/** What may be asked of the market: instruments, their states and reference prices. */
public final class Commands {
    /** Expects nothing of the state in which an instrument is. */
    public static final char ANY_STATE = (char) SetTradingStateEncoder.expectedNullValue();

    private Commands() {}

    /** Defines the instrument; its state is not part of it. */
    public static AdminCommand defineInstrument(final UUID request, final Instrument instrument) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final DefineInstrumentEncoder command = new DefineInstrumentEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(instrument.symbol()))
                            .tickSize(instrument.tickSize())
                            .lotSize(instrument.lotSize())
                            .minQuantity(instrument.minQuantity())
                            .maxQuantity(instrument.maxQuantity())
                            .maxPrice(instrument.maxPrice())
                            .currency(Integer.toUnsignedLong(Ascii.packInt(instrument.currency())))
                            .priceDecimals((short) instrument.priceDecimals())
                            .lotExponent((short) instrument.lotExponent());
                    return command.limit();
                });
    }

    /** Puts a note into the log; the engine does nothing with it. */
    public static AdminCommand annotate(final UUID request, final Note note) {
        final byte[] record = note.bytes();
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final AnnotateEncoder command = new AnnotateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .putRecord(record, 0, record.length);
                    return command.limit();
                });
    }

    /** Takes a closed instrument away that nobody uses. */
    public static AdminCommand removeInstrument(final UUID request, final String symbol) {
        return setTradingState(request, symbol, Instrument.REMOVED, ANY_STATE);
    }

    /**
     * Sets an instrument's trading state, by the letter that the engine and the feed use.
     *
     * @param expected the letter of the state that it has to be in, or {@link #ANY_STATE}; the
     *     engine refuses with STATE_CHANGED if it is in another one
     */
    public static AdminCommand setTradingState(
            final UUID request, final String symbol, final char state, final char expected) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetTradingStateEncoder command = new SetTradingStateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .state((byte) state)
                            .expected((byte) expected);
                    return command.limit();
                });
    }

    /**
     * @param price wire price, 0 = the last trade's again
     */
    public static AdminCommand setReferencePrice(
            final UUID request, final String symbol, final long price) {
        return AdminCommand.encode(
                request,
                (buffer, header) -> {
                    final SetReferencePriceEncoder command = new SetReferencePriceEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .price(price);
                    return command.limit();
                });
    }
}
