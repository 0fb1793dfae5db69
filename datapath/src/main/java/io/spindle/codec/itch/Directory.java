package io.spindle.codec.itch;

import io.spindle.oms.InstrumentTable;

import org.agrona.MutableDirectBuffer;

/**
 * What feed and snapshot say of an instrument. Nasdaq's own classifications do not apply here;
 * docs/protocol/market-data.md lists what stands in their place.
 */
public final class Directory {
    private static final int BLANK = ' ';
    private static final int TWO_BLANKS = 0x2020;
    private static final int FOUR_BLANKS = 0x2020_2020;
    private static final int NORMAL = 'N';
    private static final int NO = 'N';
    private static final int LIVE = 'P';

    private Directory() {}

    /** Writes the instrument's {@link StockDirectory}; returns its length. */
    public static int encode(
            final MutableDirectBuffer buffer,
            final int offset,
            final InstrumentTable instruments,
            final int instrument,
            final long timestampNs) {
        return StockDirectory.encode(
                buffer,
                offset,
                instrument,
                timestampNs,
                instruments.symbol(instrument),
                BLANK,
                NORMAL,
                instruments.lotSize(instrument),
                NO,
                BLANK,
                TWO_BLANKS,
                LIVE,
                NO,
                BLANK,
                BLANK,
                NO,
                0,
                NO);
    }

    /** Writes the instrument's {@link TradingAction}; returns its length. */
    public static int encodeState(
            final MutableDirectBuffer buffer,
            final int offset,
            final InstrumentTable instruments,
            final int instrument,
            final long timestampNs,
            final int state) {
        return TradingAction.encode(
                buffer,
                offset,
                instrument,
                timestampNs,
                instruments.symbol(instrument),
                state,
                BLANK,
                FOUR_BLANKS);
    }
}
