package io.spindle.loop;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.net.UdpFrameEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames from the first client's source to the server, written without the encoder under test. */
final class FrameWriter {
    private static final int IP = 14;
    private static final int UDP = IP + 20;

    private FrameWriter() {}

    static void write(final UnsafeBuffer frame, final DirectBuffer payload, final int length) {
        frame.putShort(12, (short) 0x0800, BIG_ENDIAN);
        frame.putShort(IP, (short) 0x4500, BIG_ENDIAN);
        frame.putShort(IP + 2, (short) (28 + length), BIG_ENDIAN);
        frame.putInt(IP + 4, 0);
        frame.putShort(IP + 8, (short) 0x4011, BIG_ENDIAN);
        frame.putShort(IP + 10, (short) 0);
        frame.putInt(IP + 12, TradingRig.CLIENT_ADDRESS, BIG_ENDIAN);
        frame.putInt(IP + 16, TradingRig.SERVER_ADDRESS, BIG_ENDIAN);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += frame.getShort(IP + i, BIG_ENDIAN) & 0xFFFF;
        }
        frame.putShort(IP + 10, (short) ~((sum & 0xFFFF) + (sum >>> 16)), BIG_ENDIAN);
        frame.putShort(UDP, (short) 40_000, BIG_ENDIAN);
        frame.putShort(UDP + 2, (short) TradingRig.PORT, BIG_ENDIAN);
        frame.putShort(UDP + 4, (short) (8 + length), BIG_ENDIAN);
        frame.putShort(UDP + 6, (short) 0);
        frame.putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, payload, 0, length);
    }
}
