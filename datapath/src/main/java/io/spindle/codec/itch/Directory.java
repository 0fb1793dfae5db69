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
                publicState(state),
                BLANK,
                FOUR_BLANKS);
    }

    /** ITCH knows four states: a closing call is one like the others, closed or gone is halted. */
    private static int publicState(final int state) {
        switch (state) {
            case 'C':
                return 'P';
            case 'K':
            case 'X':
            case InstrumentTable.REMOVED:
                return 'H';
            default:
                return state;
        }
    }

    /** Writes an {@link OperationalHalt} of the instrument; returns its length. */
    public static int encodeHalt(
            final MutableDirectBuffer buffer,
            final int offset,
            final InstrumentTable instruments,
            final int instrument,
            final long timestampNs,
            final boolean halted) {
        return OperationalHalt.encode(
                buffer,
                offset,
                instrument,
                timestampNs,
                instruments.symbol(instrument),
                BLANK,
                halted ? 'H' : 'T');
    }

    /** Writes the {@link CollarLevels} of the instrument's call; returns their length. */
    public static int encodeCollar(
            final MutableDirectBuffer buffer,
            final int offset,
            final InstrumentTable instruments,
            final int instrument,
            final long timestampNs) {
        return CollarLevels.encode(
                buffer,
                offset,
                instrument,
                timestampNs,
                instruments.symbol(instrument),
                instruments.referencePrice(instrument),
                instruments.upperBand(instrument),
                instruments.lowerBand(instrument),
                instruments.collarExtensions(instrument));
    }

    /**
     * Writes an {@link Imbalance}; returns its length. Far price is 0: nothing is worked out from
     * auction orders alone.
     *
     * @param price at which the auction would trade, 0 = it would not
     * @param imbalance lots wanted beyond those at that price: positive to buy, negative to sell
     */
    static int encodeIndication(
            final MutableDirectBuffer buffer,
            final int offset,
            final InstrumentTable instruments,
            final int instrument,
            final long timestampNs,
            final long price,
            final long paired,
            final long imbalance,
            final int cross) {
        return Imbalance.encode(
                buffer,
                offset,
                instrument,
                timestampNs,
                paired,
                Math.abs(imbalance),
                Imbalance.direction(price, imbalance),
                instruments.symbol(instrument),
                0,
                price,
                price,
                cross,
                Imbalance.variation(price, instruments.referencePrice(instrument)));
    }
}
