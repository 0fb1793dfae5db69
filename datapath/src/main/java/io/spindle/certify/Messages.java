package io.spindle.certify;

import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.CancelEncoder;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.codec.ouch.wire.ReplaceEncoder;
import io.spindle.oms.Ascii;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/** Client messages of one instrument, as bytes; prices in wire units. */
final class Messages {
    private static final int LONGEST = 128;

    private final long symbol;

    Messages(final String symbol) {
        this.symbol = Ascii.pack(symbol);
    }

    byte[] enter(
            final long number,
            final char side,
            final long quantity,
            final long price,
            final char timeInForce,
            final byte... appendage) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
        final EnterEncoder enter = new EnterEncoder();
        enter.wrap(buffer, 0)
                .messageType(MessageType.ENTER)
                .userRefNum(number)
                .side((byte) side)
                .quantity(quantity)
                .symbol(symbol)
                .price(price)
                .timeInForce((byte) timeInForce)
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N')
                .putAppendage(appendage, 0, appendage.length);
        ClOrdId.put(enter.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        return Arrays.copyOf(buffer.byteArray(), enter.encodedLength());
    }

    byte[] replace(final long original, final long number, final long quantity, final long price) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONGEST]);
        final ReplaceEncoder replace = new ReplaceEncoder();
        replace.wrap(buffer, 0)
                .messageType(MessageType.REPLACE)
                .originalUserRefNum(original)
                .userRefNum(number)
                .quantity(quantity)
                .price(price)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .interMarketSweep((byte) 'N')
                .putAppendage(new byte[0], 0, 0);
        ClOrdId.put(replace.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        return Arrays.copyOf(buffer.byteArray(), replace.encodedLength());
    }

    /** {@code total} = quantity wanted, what is executed included; 0 = cancel. */
    byte[] cancel(final long number, final long total) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CancelEncoder.BLOCK_LENGTH]);
        new CancelEncoder()
                .wrap(buffer, 0)
                .messageType(MessageType.CANCEL)
                .userRefNum(number)
                .quantity(total);
        return buffer.byteArray();
    }
}
