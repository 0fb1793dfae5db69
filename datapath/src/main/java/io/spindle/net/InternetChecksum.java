package io.spindle.net;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/** The ones' complement sum of RFC 1071, over an even number of bytes. */
final class InternetChecksum {
    private InternetChecksum() {}

    /** What belongs into a header whose checksum field is 0; over a finished good header, 0. */
    static int of(final DirectBuffer buffer, final int offset, final int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += buffer.getShort(offset + i, BIG_ENDIAN) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum += sum >>> 16;
        return ~sum & 0xFFFF;
    }
}
