package io.spindle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.Random;

class UdpFrameTest {
    /** 10.0.0.1:1000 to 10.0.0.2:2000, payload "hi"; written by hand, checksum by RFC 1071. */
    private static final String HELLO =
            "020000000002"
                    + "020000000001"
                    + "0800"
                    + "4500001e"
                    + "00004000"
                    + "4011"
                    + "26cd"
                    + "0a000001"
                    + "0a000002"
                    + "03e8"
                    + "07d0"
                    + "000a"
                    + "0000"
                    + "6869";

    private static final int IP = 14;
    private static final int IP_CHECKSUM = IP + 10;
    private static final int UDP = IP + 20;

    private final UnsafeBuffer memory =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(2048, 64));
    private final UdpFrameDecoder decoder = new UdpFrameDecoder();

    private int decode(final String hex) {
        final byte[] frame = HexFormat.of().parseHex(hex);
        memory.putBytes(0, frame);
        return decoder.wrap(memory.addressOffset(), frame.length);
    }

    @Test
    void shouldReadAFrameWrittenByHand() {
        assertEquals(UdpFrameDecoder.UDP, decode(HELLO));
        assertEquals(0x020000000001L, decoder.sourceMac());
        assertEquals(0x0A000001, decoder.sourceAddress());
        assertEquals(0x0A000002, decoder.destinationAddress());
        assertEquals(1000, decoder.sourcePort());
        assertEquals(2000, decoder.destinationPort());
        assertEquals(2, decoder.payloadLength());
        assertEquals(
                "hi",
                decoder.buffer()
                        .getStringWithoutLengthAscii(
                                decoder.payloadOffset(), decoder.payloadLength()));
    }

    @Test
    void shouldLookBehindAVlanTag() {
        final String tagged = HELLO.substring(0, 24) + "8100" + "0064" + HELLO.substring(24);
        assertEquals(UdpFrameDecoder.UDP, decode(tagged));
        assertEquals(46, decoder.payloadOffset());
        assertEquals(1000, decoder.sourcePort());
    }

    @Test
    void shouldIgnorePaddingBehindTheDatagram() {
        assertEquals(UdpFrameDecoder.UDP, decode(HELLO + "00".repeat(16)));
        assertEquals(2, decoder.payloadLength());
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (int length = 0; length < HELLO.length() / 2; length++) {
            memory.putBytes(0, HexFormat.of().parseHex(HELLO));
            assertEquals(UdpFrameDecoder.MALFORMED, decoder.wrap(memory.addressOffset(), length));
        }
    }

    @Test
    void shouldPassOtherProtocolsBy() {
        assertEquals(
                UdpFrameDecoder.OTHER_PROTOCOL,
                decode(HELLO.replace("0800" + "45", "0806" + "45")));
        assertEquals(
                UdpFrameDecoder.OTHER_PROTOCOL,
                decode(HELLO.replace("4011" + "26cd", "4006" + "26d8")));
    }

    @Test
    void shouldRefuseWrongVersionsLengthsFragmentsAndChecksums() {
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(IP, 0x65));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(IP, 0x44));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(IP + 3, 0x13));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(IP + 3, 0xFF));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(IP + 11, 0x00));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(UDP + 5, 0x07));
        assertEquals(UdpFrameDecoder.MALFORMED, corrupt(UDP + 5, 0x0B));
        final String fragment =
                HELLO.replace("00004000" + "4011" + "26cd", "00002001" + "4011" + "46cc");
        assertEquals(UdpFrameDecoder.MALFORMED, decode(fragment));
    }

    private int corrupt(final int offset, final int value) {
        final byte[] frame = HexFormat.of().parseHex(HELLO);
        frame[offset] = (byte) value;
        return decode(HexFormat.of().formatHex(frame));
    }

    @Test
    void shouldSurviveRandomBytes() {
        final Random random = new Random(42);
        final byte[] frame = new byte[128];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(frame);
            memory.putBytes(0, frame);
            final int length = random.nextInt(frame.length);
            assertInside(length, decoder.wrap(memory.addressOffset(), length));
        }
    }

    /** A good frame with a few wrong bytes, half of the time with a checksum that fits them. */
    @Test
    void shouldNeverTakeAPayloadForLongerThanItsFrame() {
        final Random random = new Random(42);
        final byte[] hello = HexFormat.of().parseHex(HELLO);
        int datagrams = 0;
        for (int i = 0; i < 100_000; i++) {
            memory.putBytes(0, hello);
            for (int wrong = random.nextInt(4); wrong > 0; wrong--) {
                memory.putByte(random.nextInt(hello.length), (byte) random.nextInt(64));
            }
            if (random.nextBoolean()) {
                makeChecksumFit();
            }
            final int length = random.nextInt(2 * hello.length);
            final int result = decoder.wrap(memory.addressOffset(), length);
            assertInside(length, result);
            datagrams += result == UdpFrameDecoder.UDP ? 1 : 0;
        }
        assertTrue(datagrams > 1_000, "datagrams: " + datagrams);
    }

    private void makeChecksumFit() {
        final int headerLength = (memory.getByte(IP) & 0xF) << 2;
        memory.putShort(IP_CHECKSUM, (short) 0);
        final int checksum = InternetChecksum.of(memory, IP, headerLength);
        memory.putShort(IP_CHECKSUM, (short) checksum, BIG_ENDIAN);
    }

    private void assertInside(final int length, final int result) {
        if (result == UdpFrameDecoder.UDP) {
            assertTrue(decoder.payloadOffset() >= UdpFrameEncoder.PAYLOAD_OFFSET);
            assertTrue(decoder.payloadLength() >= 0);
            assertTrue(decoder.payloadOffset() + decoder.payloadLength() <= length);
        }
    }

    @Test
    void shouldBuildTheFrameWrittenByHand() {
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final StringBuilder seen = new StringBuilder();
        network.tap(frame -> seen.append(HexFormat.of().formatHex(frame)));
        try (NicQueue nic = network.attach(0x0A000001, 1000, 64)) {
            final UdpFrameEncoder encoder = new UdpFrameEncoder(nic, 0x020000000001L, 0x0A000001);
            assertTrue(encoder.begin(0x020000000002L, 0x0A000002, 2000, 1000));
            encoder.buffer().putStringWithoutLengthAscii(UdpFrameEncoder.PAYLOAD_OFFSET, "hi");
            encoder.send(2);
            nic.flush();
        }
        assertEquals(HELLO, seen.toString());
    }

    @Test
    void shouldFlushOnceWhenNoFrameIsFreeAndThenGiveUp() {
        final NicQueue full = new FullQueue();
        assertFalse(new UdpFrameEncoder(full, 0, 0).begin(0, 0, 1, 1));
        assertEquals(2, full.counters().transmitBackPressure);
    }

    @Test
    void shouldMapGroupsToTheirHardwareAddress() {
        assertEquals(0x01005E404001L, MacAddress.ofGroup(Ports.GROUP_A));
        assertEquals(0x01005E404002L, MacAddress.ofGroup(Ports.GROUP_B));
    }

    /** Never has a free frame. */
    private static final class FullQueue implements NicQueue {
        private final NicCounters counters = new NicCounters();

        @Override
        public long claim() {
            counters.transmitBackPressure++;
            return BACK_PRESSURED;
        }

        @Override
        public int poll(final RxBurst burst) {
            return 0;
        }

        @Override
        public void release(final RxBurst burst) {}

        @Override
        public void commit(final int length) {}

        @Override
        public void abort() {}

        @Override
        public int flush() {
            return 0;
        }

        @Override
        public NicInfo info() {
            return null;
        }

        @Override
        public NicCounters counters() {
            return counters;
        }

        @Override
        public void close() {}
    }
}
