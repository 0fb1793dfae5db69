package io.spindle.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.agrona.DirectBuffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes frames to a pcapng file that Wireshark reads. One thread. */
public final class CaptureWriter implements Closeable {
    private static final int BUFFER_LENGTH = 1 << 20;
    private static final int ROOM_FOR_A_BLOCK = 1 << 16;
    private static final int SNAP_LENGTH = 0x40000;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final FileChannel file;
    private long lastTimeNs;

    /**
     * @param interfaceName shown by the tools that read the file
     */
    public CaptureWriter(final Path path, final String interfaceName) throws IOException {
        file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        final int section = begin(PcapNg.SECTION_HEADER);
        buffer.putInt(PcapNg.MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        end(section);
        final int description = begin(PcapNg.INTERFACE);
        buffer.putShort(PcapNg.LINK_TYPE_ETHERNET).putShort((short) 0).putInt(SNAP_LENGTH);
        option(PcapNg.OPTION_NAME, interfaceName.getBytes(UTF_8));
        option(PcapNg.OPTION_RESOLUTION, new byte[] {PcapNg.NANOSECONDS});
        option(PcapNg.OPTION_END, new byte[0]);
        end(description);
    }

    public void write(
            final long timeNs,
            final CapturedFrame.Direction direction,
            final DirectBuffer frames,
            final int offset,
            final int length)
            throws IOException {
        if (buffer.remaining() < ROOM_FOR_A_BLOCK) {
            flush();
        }
        lastTimeNs = timeNs;
        final int packet = begin(PcapNg.ENHANCED_PACKET);
        buffer.putInt(0).putInt((int) (timeNs >>> 32)).putInt((int) timeNs);
        buffer.putInt(length).putInt(length);
        frames.getBytes(offset, buffer, length);
        pad(length);
        if (direction != CapturedFrame.Direction.UNKNOWN) {
            final boolean sent = direction == CapturedFrame.Direction.SENT;
            buffer.putShort(PcapNg.OPTION_FLAGS).putShort((short) Integer.BYTES);
            buffer.putInt(sent ? PcapNg.OUTBOUND : PcapNg.INBOUND);
            buffer.putShort(PcapNg.OPTION_END).putShort((short) 0);
        }
        end(packet);
    }

    /** Frames that are missing from the file; part of its end. */
    public void writeDropped(final long frames) {
        final int statistics = begin(PcapNg.STATISTICS);
        buffer.putInt(0).putInt((int) (lastTimeNs >>> 32)).putInt((int) lastTimeNs);
        buffer.putShort(PcapNg.OPTION_DROPPED).putShort((short) Long.BYTES).putLong(frames);
        buffer.putShort(PcapNg.OPTION_END).putShort((short) 0);
        end(statistics);
    }

    private int begin(final int type) {
        final int start = buffer.position();
        buffer.putInt(type).putInt(0);
        return start;
    }

    private void end(final int start) {
        final int length = buffer.position() - start + Integer.BYTES;
        buffer.putInt(start + Integer.BYTES, length);
        buffer.putInt(length);
    }

    private void option(final short code, final byte[] value) {
        buffer.putShort(code).putShort((short) value.length).put(value);
        pad(value.length);
    }

    private void pad(final int length) {
        for (int i = length; i < PcapNg.padded(length); i++) {
            buffer.put((byte) 0);
        }
    }

    /** Hands what was written to the file system. */
    public void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        file.close();
    }
}
