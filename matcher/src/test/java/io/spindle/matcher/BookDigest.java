package io.spindle.matcher;

import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/** A number that says whether two instances hold the same book, made from its whole image. */
final class BookDigest implements ImageSink {
    private static final long PRIME = 0x100000001B3L;

    private long hash;

    long of(final Matcher matcher, final int book) {
        hash = 0;
        matcher.save(book, this);
        return hash;
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        for (int at = offset; at < offset + length; at += Integer.BYTES) {
            final long mixed = (hash ^ buffer.getInt(at, ByteOrder.LITTLE_ENDIAN)) * PRIME;
            hash = mixed ^ mixed >>> 32;
        }
    }
}
