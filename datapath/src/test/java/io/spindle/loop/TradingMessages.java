package io.spindle.loop;

import io.spindle.codec.ouch.wire.CancelEncoder;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.codec.ouch.wire.ModifyEncoder;
import io.spindle.codec.ouch.wire.QueryEncoder;
import io.spindle.codec.ouch.wire.ReplaceEncoder;
import io.spindle.oms.Ascii;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/** Client messages as bytes. */
final class TradingMessages {
    private TradingMessages() {}

    static byte[] enter(final long number, final char side, final long quantity, final long price) {
        return enter(number, side, quantity, price, new byte[0]);
    }

    static byte[] enter(
            final long number,
            final char side,
            final long quantity,
            final long price,
            final byte[] appendage) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final EnterEncoder enter = new EnterEncoder();
        enter.wrap(buffer, 0)
                .messageType((byte) 'O')
                .userRefNum(number)
                .side((byte) side)
                .quantity(quantity)
                .symbol(Ascii.pack("SPDL"))
                .price(price)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putAppendage(appendage, 0, appendage.length);
        enter.clOrdId().first8(Ascii.BLANK).next4(0x20202020).last2(0x2020);
        return Arrays.copyOf(buffer.byteArray(), enter.encodedLength());
    }

    static byte[] replace(final long original, final long number, final long quantity) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final ReplaceEncoder replace = new ReplaceEncoder();
        replace.wrap(buffer, 0)
                .messageType((byte) 'U')
                .originalUserRefNum(original)
                .userRefNum(number)
                .quantity(quantity)
                .price(90_000)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .interMarketSweep((byte) 'N')
                .putAppendage(new byte[0], 0, 0);
        replace.clOrdId().first8(Ascii.BLANK).next4(0x20202020).last2(0x2020);
        return Arrays.copyOf(buffer.byteArray(), replace.encodedLength());
    }

    static byte[] cancel(final long number, final long quantity) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CancelEncoder.BLOCK_LENGTH]);
        new CancelEncoder()
                .wrap(buffer, 0)
                .messageType((byte) 'X')
                .userRefNum(number)
                .quantity(quantity);
        return buffer.byteArray();
    }

    static byte[] modify(final long number, final char side, final long quantity) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ModifyEncoder.BLOCK_LENGTH]);
        new ModifyEncoder()
                .wrap(buffer, 0)
                .messageType((byte) 'M')
                .userRefNum(number)
                .side((byte) side)
                .quantity(quantity);
        return buffer.byteArray();
    }

    static byte[] query() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[QueryEncoder.BLOCK_LENGTH]);
        new QueryEncoder().wrap(buffer, 0).messageType((byte) 'Q');
        return buffer.byteArray();
    }
}
