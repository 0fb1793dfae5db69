package io.spindle.oms;

import io.spindle.matcher.Cold;
import io.spindle.oms.command.AdjustCashEncoder;
import io.spindle.oms.command.AdjustHoldingEncoder;
import io.spindle.oms.command.BatchBeginEncoder;
import io.spindle.oms.command.BatchCommitEncoder;
import io.spindle.oms.command.DefineAccountEncoder;
import io.spindle.oms.command.DefineFirmEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes configuration as commands into a {@link CommandSink}: begin, rows, {@link #commit}. Rows
 * have request id 0, so that a repeated load is applied again; the batch has its own.
 */
@Cold
public final class CommandBatch {
    private final CommandSink sink;
    private final long requestHigh;
    private final long requestLow;
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(256);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long count;
    private long checksum;

    /** Begins a batch under this request id. */
    public CommandBatch(final CommandSink sink, final long requestHigh, final long requestLow) {
        this.sink = sink;
        this.requestHigh = requestHigh;
        this.requestLow = requestLow;
        final BatchBeginEncoder begin = new BatchBeginEncoder();
        begin.wrapAndApplyHeader(buffer, 0, header).requestHigh(0).requestLow(0);
        sink.onCommand(buffer, 0, header.encodedLength() + begin.encodedLength());
    }

    /** What an instrument is; prices and quantities as in {@link InstrumentTable}. */
    public record Instrument(
            String symbol,
            String currency,
            long tickSize,
            long lotSize,
            long minQuantity,
            long maxQuantity,
            long maxPrice,
            int priceDecimals,
            int lotExponent) {}

    public CommandBatch instrument(final Instrument instrument) {
        final DefineInstrumentEncoder row = new DefineInstrumentEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .symbol(Ascii.pack(instrument.symbol()))
                .tickSize(instrument.tickSize())
                .lotSize(instrument.lotSize())
                .minQuantity(instrument.minQuantity())
                .maxQuantity(instrument.maxQuantity())
                .maxPrice(instrument.maxPrice())
                .currency(Ascii.packInt(instrument.currency()))
                .priceDecimals((short) instrument.priceDecimals())
                .lotExponent((short) instrument.lotExponent());
        return row(row.encodedLength());
    }

    public CommandBatch firm(final String firm) {
        final DefineFirmEncoder row = new DefineFirmEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .firm(Ascii.packInt(firm));
        return row(row.encodedLength());
    }

    /**
     * @param flags of {@link AccountTable}
     */
    public CommandBatch account(final String account, final String firm, final int flags) {
        final DefineAccountEncoder row = new DefineAccountEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .accountHigh(Ascii.pack(account))
                .accountLow(Ascii.pack(account, Long.BYTES))
                .firm(Ascii.packInt(firm))
                .flags(flags);
        return row(row.encodedLength());
    }

    /** Who may log in, and how. */
    public record Session(
            String username, String firm, String account, int flags, byte[] salt, byte[] secret) {}

    public CommandBatch session(final Session session) {
        final DefineSessionEncoder row = new DefineSessionEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .username(Ascii.pack(session.username()))
                .firm(Ascii.packInt(session.firm()))
                .flags(session.flags())
                .accountHigh(Ascii.pack(session.account()))
                .accountLow(Ascii.pack(session.account(), Long.BYTES));
        for (int i = 0; i < SessionTable.SALT_LENGTH; i++) {
            row.salt(i, (short) (session.salt()[i] & 0xFF));
        }
        for (int i = 0; i < SessionTable.SECRET_LENGTH; i++) {
            row.secret(i, (short) (session.secret()[i] & 0xFF));
        }
        return row(row.encodedLength());
    }

    /** Books cash in from outside, in 10^-4 of the currency. */
    public CommandBatch cash(final String account, final String currency, final long amount) {
        final AdjustCashEncoder row = new AdjustCashEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .accountHigh(Ascii.pack(account))
                .accountLow(Ascii.pack(account, Long.BYTES))
                .amount(amount)
                .currency(Ascii.packInt(currency));
        return row(row.encodedLength());
    }

    /** Books lots in from outside. */
    public CommandBatch holding(final String account, final String symbol, final long lots) {
        final AdjustHoldingEncoder row = new AdjustHoldingEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(0)
                .requestLow(0)
                .accountHigh(Ascii.pack(account))
                .accountLow(Ascii.pack(account, Long.BYTES))
                .symbol(Ascii.pack(symbol))
                .lots(lots);
        return row(row.encodedLength());
    }

    /** Rows written so far. */
    public long count() {
        return count;
    }

    /** Makes the rows take effect. */
    public void commit() {
        final BatchCommitEncoder row = new BatchCommitEncoder();
        row.wrapAndApplyHeader(buffer, 0, header)
                .requestHigh(requestHigh)
                .requestLow(requestLow)
                .count(count)
                .checksum(checksum);
        sink.onCommand(buffer, 0, header.encodedLength() + row.encodedLength());
    }

    private CommandBatch row(final int encodedLength) {
        final int length = header.encodedLength() + encodedLength;
        count++;
        checksum = Batch.checksum(checksum, buffer, 0, length);
        sink.onCommand(buffer, 0, length);
        return this;
    }
}
