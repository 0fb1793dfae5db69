package io.spindle.codec.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

/**
 * Bytes written by hand from the tables of the specification, one group a field, each message also
 * read back by juncture, a decoder that is not ours.
 */
class ItchGoldenTest {
    private static final long SPDL = 0x5350_444C_2020_2020L;
    private static final int TEST = 0x5445_5354;
    private static final int BLANKS = 0x2020_2020;
    private static final int LOCATE = 258;
    private static final long TIME = 34_200_123_456_789L;

    /** Locate 258, tracking number 0, 34,200.123456789 s after midnight. */
    private static final String PREFIX = " 0102 0000 1f1ad635bd15 ";

    private static final String STOCK = " 5350444c20202020 ";

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldEncodeSystemEvent() {
        assertMessage(
                SystemEvent.encode(buffer, 0, LOCATE, TIME, 'O'),
                "53" + PREFIX + "4f",
                "SystemEvent[eventCode=O]");
    }

    @Test
    void shouldEncodeStockDirectory() {
        assertMessage(
                StockDirectory.encode(
                        buffer, 0, LOCATE, TIME, SPDL, ' ', 'N', 100, 'N', 'C', 0x5A20, 'P', 'N',
                        ' ', '1', 'N', 3, 'Y'),
                "52" + PREFIX + STOCK + "20 4e 00000064 4e 43 5a20 50 4e 20 31 4e 00000003 59",
                "StockDirectory[stock=SPDL, marketCategory= , financialStatusIndicator=N,"
                        + " roundLotSize=100, roundLotsOnly=N, issueClassification=C,"
                        + " issueSubType=Z, authenticity=P, shortSaleThresholdIndicator=N,"
                        + " ipoFlag= , luldReferencePriceTier=1, etpFlag=N, etpLeverageFactor=3,"
                        + " inverseIndicator=Y]");
    }

    @Test
    void shouldEncodeTradingAction() {
        assertMessage(
                TradingAction.encode(buffer, 0, LOCATE, TIME, SPDL, 'H', ' ', 0x5431_2020),
                "48" + PREFIX + STOCK + "48 20 54312020",
                "StockTradingAction[stock=SPDL, tradingState=H, reserved= , reason=T1]");
    }

    @Test
    void shouldEncodeShortSaleRestriction() {
        assertMessage(
                ShortSaleRestriction.encode(buffer, 0, LOCATE, TIME, SPDL, '1'),
                "59" + PREFIX + STOCK + "31",
                "RegSHORestriction[stock=SPDL, regSHOAction=1]");
    }

    @Test
    void shouldEncodeParticipantPosition() {
        assertMessage(
                ParticipantPosition.encode(buffer, 0, LOCATE, TIME, TEST, SPDL, 'Y', 'N', 'A'),
                "4c" + PREFIX + "54455354" + STOCK + "59 4e 41",
                "MarketParticipantPosition[mpid=TEST, stock=SPDL, primaryMarketMaker=Y,"
                        + " marketMakerMode=N, marketParticipantState=A]");
    }

    @Test
    void shouldEncodeOperationalHalt() {
        assertMessage(
                OperationalHalt.encode(buffer, 0, LOCATE, TIME, SPDL, 'Q', 'T'),
                "68" + PREFIX + STOCK + "51 54",
                "OperationalHalt[stock=SPDL, marketCode=Q, operationalHaltAction=T]");
    }

    @Test
    void shouldEncodeCollarLevels() {
        assertMessage(
                CollarLevels.encode(buffer, 0, LOCATE, TIME, SPDL, 100_000, 105_000, 95_000, 2),
                "4a" + PREFIX + STOCK + "000186a0 00019a28 00017318 00000002",
                "LULDAuctionCollar[stock=SPDL, auctionCollarReferencePrice=100000,"
                        + " upperAuctionCollarPrice=105000, lowerAuctionCollarPrice=95000,"
                        + " auctionCollarExtension=2]");
    }

    @Test
    void shouldEncodeAddOrder() {
        assertMessage(
                AddOrder.encode(
                        buffer,
                        0,
                        LOCATE,
                        TIME,
                        1_234_567_890_123L,
                        'B',
                        4_000_000_000L,
                        SPDL,
                        250_000),
                "41" + PREFIX + "0000011f71fb04cb 42 ee6b2800" + STOCK + "0003d090",
                "AddOrder[orderReferenceNumber=1234567890123, buySellIndicator=B,"
                        + " shares=4000000000, stock=SPDL, price=250000]");
    }

    @Test
    void shouldEncodeAddOrderAttributed() {
        assertMessage(
                AddOrderAttributed.encode(
                        buffer, 0, LOCATE, TIME, 7, 'S', 100, SPDL, 4_000_000_000L, TEST),
                "46" + PREFIX + "0000000000000007 53 00000064" + STOCK + "ee6b2800 54455354",
                "AddOrderMPID[orderReferenceNumber=7, buySellIndicator=S, shares=100, stock=SPDL,"
                        + " price=4000000000, attribution=TEST]");
    }

    @Test
    void shouldEncodeOrderExecuted() {
        assertMessage(
                OrderExecuted.encode(buffer, 0, LOCATE, TIME, 7, 100, 1_234_567_890_123L),
                "45" + PREFIX + "0000000000000007 00000064 0000011f71fb04cb",
                "OrderExecuted[orderReferenceNumber=7, executedShares=100,"
                        + " matchNumber=1234567890123]");
    }

    @Test
    void shouldEncodeOrderExecutedWithPrice() {
        assertMessage(
                OrderExecutedWithPrice.encode(buffer, 0, LOCATE, TIME, 7, 100, 9, 'N', 250_000),
                "43" + PREFIX + "0000000000000007 00000064 0000000000000009 4e 0003d090",
                "OrderExecutedWithPrice[orderReferenceNumber=7, executedShares=100,"
                        + " matchNumber=9, printable=N, executionPrice=250000]");
    }

    @Test
    void shouldEncodeOrderReduced() {
        assertMessage(
                OrderReduced.encode(buffer, 0, LOCATE, TIME, 7, 31_400),
                "58" + PREFIX + "0000000000000007 00007aa8",
                "OrderCancel[orderReferenceNumber=7, canceledShares=31400]");
    }

    @Test
    void shouldEncodeOrderDeleted() {
        assertMessage(
                OrderDeleted.encode(buffer, 0, LOCATE, TIME, 0x0100_0000_0000_0001L),
                "44" + PREFIX + "0100000000000001",
                "OrderDelete[orderReferenceNumber=72057594037927937]");
    }

    @Test
    void shouldEncodeOrderReplaced() {
        assertMessage(
                OrderReplaced.encode(buffer, 0, LOCATE, TIME, 7, 8, 100, 250_000),
                "55" + PREFIX + "0000000000000007 0000000000000008 00000064 0003d090",
                "OrderReplace[originalOrderReferenceNumber=7, newOrderReferenceNumber=8,"
                        + " shares=100, price=250000]");
    }

    @Test
    void shouldEncodeTrade() {
        assertMessage(
                Trade.encode(buffer, 0, LOCATE, TIME, 0, 'B', 100, SPDL, 250_000, 9),
                "50"
                        + PREFIX
                        + "0000000000000000 42 00000064"
                        + STOCK
                        + "0003d090 0000000000000009",
                "Trade[orderReferenceNumber=0, buySellIndicator=B, shares=100, stock=SPDL,"
                        + " price=250000, matchNumber=9]");
    }

    /** Bytes only: juncture 1.0.0 reads four bytes of shares where the specification has eight. */
    @Test
    void shouldEncodeCrossTrade() {
        final int length =
                CrossTrade.encode(buffer, 0, LOCATE, TIME, 4_000_000_000L, SPDL, 250_000, 9, 'O');

        assertBytes(
                length,
                "51" + PREFIX + "00000000ee6b2800" + STOCK + "0003d090 0000000000000009 4f");
    }

    @Test
    void shouldEncodeBrokenTrade() {
        assertMessage(
                BrokenTrade.encode(buffer, 0, LOCATE, TIME, 9),
                "42" + PREFIX + "0000000000000009",
                "BrokenTrade[matchNumber=9]");
    }

    @Test
    void shouldEncodeImbalance() {
        assertMessage(
                Imbalance.encode(
                        buffer, 0, LOCATE, TIME, 100, 31_400, 'B', SPDL, 250_000, 105_000, 95_000,
                        'C', 'L'),
                "49"
                        + PREFIX
                        + "0000000000000064 0000000000007aa8 42"
                        + STOCK
                        + "0003d090 00019a28 00017318 43 4c",
                "NOII[pairedShares=100, imbalanceShares=31400, imbalanceDirection=B, stock=SPDL,"
                        + " farPrice=250000, nearPrice=105000, currentReferencePrice=95000,"
                        + " crossType=C, priceVariationIndicator=L]");
    }

    @Test
    void shouldEncodeSnapshotEnd() {
        final int length = SnapshotEnd.encode(buffer, 0, 12_345);

        assertBytes(length, "47 3132333435202020202020202020202020202020");
        assertEquals(12_345, SnapshotEnd.sequence(buffer, 0));
    }

    @Test
    void shouldReadTheHeaderOfAnyMessage() {
        OrderDeleted.encode(buffer, 0, 65_535, 281_474_976_710_655L, 1);

        assertEquals('D', ItchHeader.type(buffer, 0));
        assertEquals(65_535, ItchHeader.stockLocate(buffer, 0));
        assertEquals(0, ItchHeader.trackingNumber(buffer, 0));
        assertEquals(281_474_976_710_655L, ItchHeader.timestampNs(buffer, 0));
    }

    @Test
    void shouldClearTheTrackingNumberOfWhatLayThereBefore() {
        buffer.setMemory(0, 64, (byte) 0xFF);
        OrderDeleted.encode(buffer, 0, 1, 0, 1);

        assertEquals(0, ItchHeader.trackingNumber(buffer, 0));
    }

    @Test
    void shouldPackBlankReasonAsSpaces() {
        TradingAction.encode(buffer, 0, LOCATE, TIME, SPDL, 'T', ' ', BLANKS);

        assertEquals(
                "StockTradingAction[stock=SPDL, tradingState=T, reserved= , reason=]",
                Juncture.read(buffer, TradingAction.LENGTH));
    }

    private void assertMessage(final int length, final String golden, final String meaning) {
        assertBytes(length, golden);
        assertEquals(meaning, Juncture.read(buffer, length));
    }

    private void assertBytes(final int length, final String golden) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        assertEquals(golden.replace(" ", ""), HexFormat.of().formatHex(bytes));
    }
}
