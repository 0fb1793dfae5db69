package io.spindle.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.capture.CapturedFrame.Direction;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.sim.SimFaults;
import io.spindle.sim.SimNetwork;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Frames teed into a pcapng file, and files of others read. */
class CaptureTest {
    private static final int ADDRESS = 10 << 24 | 1;
    private static final long EPOCH_NS = 1_795_190_400_123_456_789L;

    @TempDir private Path folder;

    @Test
    void shouldWriteWhatComesAndGoesAndReadItBack() throws IOException {
        final Path file = folder.resolve("wire.pcapng");
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        network.advanceTo(EPOCH_NS);
        final NicQueue queue = network.attach(ADDRESS, 26_400, 16);
        try (NicQueue tee = Capture.tee(queue, file, () -> EPOCH_NS + 5, 1 << 16)) {
            network.inject(frame(1));
            final RxBurst burst = new RxBurst(4);
            assertEquals(1, tee.poll(burst));
            final UnsafeBuffer out = new UnsafeBuffer(tee.claim(), 61);
            out.putBytes(0, new UnsafeBuffer(burst.address(0), 60), 0, 60);
            tee.commit(61);
            tee.claim();
            tee.abort();
            tee.release(burst);
            assertEquals(1, tee.flush());
            assertEquals(queue.info(), tee.info());
            assertEquals(0, tee.counters().captureDropped);
        }
        final List<CapturedFrame> frames = CaptureReader.read(file);
        assertEquals(2, frames.size());
        assertEquals(Direction.RECEIVED, frames.get(0).direction());
        assertEquals(EPOCH_NS, frames.get(0).timeNs());
        assertArrayEquals(frame(1), frames.get(0).bytes());
        assertEquals(Direction.SENT, frames.get(1).direction());
        assertEquals(EPOCH_NS + 5, frames.get(1).timeNs());
        assertEquals(61, frames.get(1).bytes().length);
    }

    @Test
    void shouldCountFramesThatTheRingHadNoRoomForAndNeverWait() throws IOException {
        final Path file = folder.resolve("full.pcapng");
        final SimNetwork network = new SimNetwork(1, SimFaults.NONE);
        final NicQueue queue = network.attach(ADDRESS, 26_400, 4096);
        final int sent = 4_000;
        final long dropped;
        try (NicQueue tee = Capture.tee(queue, file, () -> 1, 1 << 12)) {
            for (int i = 0; i < sent; i++) {
                network.inject(frame(i));
            }
            assertEquals(sent, tee.poll(new RxBurst(4096)));
            dropped = tee.counters().captureDropped;
        }
        assertTrue(dropped > 0);
        assertEquals(sent - dropped, CaptureReader.read(file).size());
    }

    @Test
    void shouldReadClassicFilesInBothByteOrdersAndResolutions() throws IOException {
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            final Path file = folder.resolve("classic-" + order);
            final ByteBuffer bytes = ByteBuffer.allocate(24 + 16 + 60).order(order);
            bytes.putInt(0xA1B2C3D4).position(20).putInt(1);
            bytes.putInt(7).putInt(8).putInt(60).putInt(60).put(frame(3));
            Files.write(file, bytes.array());
            final CapturedFrame frame = CaptureReader.read(file).getFirst();
            assertEquals(7_000_008_000L, frame.timeNs());
            assertArrayEquals(frame(3), frame.bytes());
            bytes.putInt(0, 0xA1B23C4D);
            Files.write(file, bytes.array());
            assertEquals(7_000_000_008L, CaptureReader.read(file).getFirst().timeNs());
        }
    }

    @Test
    void shouldReadMicrosecondsAndBigEndianSectionsOfOtherTools() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(1024);
        bytes.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putInt(0x00010000).putLong(-1);
        bytes.putInt(28);
        bytes.putInt(1).putInt(20).putShort((short) 1).putShort((short) 0).putInt(0).putInt(20);
        bytes.putInt(0xBAD).putInt(12).putInt(12);
        bytes.putInt(6).putInt(92).putInt(0).putInt(0).putInt(5_000_001).putInt(60).putInt(60);
        bytes.put(frame(9)).putInt(92);
        final Path file = folder.resolve("tool.pcapng");
        Files.write(file, java.util.Arrays.copyOf(bytes.array(), bytes.position()));
        final CapturedFrame frame = CaptureReader.read(file).getFirst();
        assertEquals(5_000_001_000L, frame.timeNs());
        assertEquals(Direction.UNKNOWN, frame.direction());
    }

    @Test
    void shouldRefuseWhatIsNoCaptureAndEveryCutThatIsNotBetweenBlocks() throws IOException {
        final Path file = folder.resolve("cut.pcapng");
        try (CaptureWriter writer = new CaptureWriter(file, "test0")) {
            writer.write(1, Direction.SENT, new UnsafeBuffer(frame(1)), 0, 60);
        }
        final byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try {
                assertTrue(CaptureReader.read(file).isEmpty());
            } catch (final IOException cut) {
                refused++;
            }
        }
        assertEquals(whole.length - 2, refused);
        Files.writeString(file, "this is no capture at all");
        assertThrows(IOException.class, () -> CaptureReader.read(file));
    }

    private static byte[] frame(final int number) {
        final ByteBuffer frame = ByteBuffer.allocate(60);
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(23, (byte) 17);
        frame.putInt(30, ADDRESS).putShort(36, (short) 26_400).putInt(42, number);
        return frame.array();
    }
}
