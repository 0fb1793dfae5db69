package io.spindle.session;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * SipHash-2-4, a keyed hash for short messages: who does not know the key cannot say the hash of
 * anything. Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
 */
public final class SipHash {
    private static final long INIT_0 = 0x736F6D6570736575L;
    private static final long INIT_1 = 0x646F72616E646F6DL;
    private static final long INIT_2 = 0x6C7967656E657261L;
    private static final long INIT_3 = 0x7465646279746573L;
    private static final int LENGTH_SHIFT = 56;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** Hash of these bytes under the key's two little-endian words. */
    public long of(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long key0,
            final long key1) {
        v0 = INIT_0 ^ key0;
        v1 = INIT_1 ^ key1;
        v2 = INIT_2 ^ key0;
        v3 = INIT_3 ^ key1;
        final int whole = offset + (length & -Long.BYTES);
        for (int at = offset; at < whole; at += Long.BYTES) {
            compress(buffer.getLong(at, LITTLE_ENDIAN));
        }
        long last = (long) length << LENGTH_SHIFT;
        for (int at = offset + length - 1; at >= whole; at--) {
            last |= (buffer.getByte(at) & 0xFFL) << (at - whole) * Byte.SIZE;
        }
        compress(last);
        v2 ^= 0xFF;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void compress(final long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
