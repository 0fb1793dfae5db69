package io.spindle.codec;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.nic.Cold;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Name of a stream of sequenced messages, the same for order entry and market data: {@code SP},
 * yymmdd of the trading day, two digits of the epoch. Ten ASCII characters, held as the first eight
 * and the last two.
 *
 * <pre>
 *   S P 2 6 1 1 2 0 0 1
 *   ╰──── head ───╯ ╰─╯ tail
 * </pre>
 */
public final class SessionId {
    public static final int LENGTH = 10;
    public static final int MAX_EPOCH = 99;

    private static final int TAIL_OFFSET = 8;

    private SessionId() {}

    /** First eight characters, first one on top; {@code date} is yyyymmdd. */
    public static long head(final int date) {
        long head = 'S' << 8 | 'P';
        for (int divisor = 100_000; divisor > 0; divisor /= 10) {
            head = head << 8 | '0' + date / divisor % 10;
        }
        return head;
    }

    /** Last two characters; {@code epoch} is at most {@link #MAX_EPOCH}. */
    public static short tail(final int epoch) {
        return (short) ('0' + epoch / 10 % 10 << 8 | '0' + epoch % 10);
    }

    public static void put(
            final MutableDirectBuffer buffer, final int offset, final long head, final short tail) {
        buffer.putLong(offset, head, BIG_ENDIAN);
        buffer.putShort(offset + TAIL_OFFSET, tail, BIG_ENDIAN);
    }

    public static long head(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }

    public static short tail(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TAIL_OFFSET, BIG_ENDIAN);
    }

    @Cold
    public static String text(final long head, final short tail) {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[LENGTH]);
        put(text, 0, head, tail);
        return text.getStringWithoutLengthAscii(0, LENGTH);
    }
}
