package io.spindle.capture;

import static io.spindle.capture.PcapNg.*;

import io.spindle.capture.CapturedFrame.Direction;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the Ethernet frames of a capture file: pcapng in either byte order, and classic pcap with
 * micro- or nanosecond stamps (IETF draft-ietf-opsawg-pcap). Blocks of other kinds are skipped.
 */
public final class CaptureReader {
    private static final int CLASSIC_MICROS = 0xA1B2C3D4;
    private static final int CLASSIC_NANOS = 0xA1B23C4D;
    private static final int CLASSIC_HEADER_LENGTH = 24;
    private static final int CLASSIC_LINK_OFFSET = 20;
    private static final int CLASSIC_RECORD_LENGTH = 16;
    private static final long NANOS = 1_000_000_000L;
    private static final int DEFAULT_RESOLUTION = 6;

    private final List<CapturedFrame> frames = new ArrayList<>();
    private final List<Long> unitsPerSecond = new ArrayList<>();
    private final List<Boolean> ethernet = new ArrayList<>();
    private final ByteBuffer file;

    private CaptureReader(final ByteBuffer file) {
        this.file = file;
    }

    /**
     * @throws IOException when the file is neither format, or ends in the middle of a block
     */
    public static List<CapturedFrame> read(final Path path) throws IOException {
        final CaptureReader reader = new CaptureReader(ByteBuffer.wrap(Files.readAllBytes(path)));
        try {
            reader.readAll();
        } catch (final IndexOutOfBoundsException | java.nio.BufferUnderflowException cut) {
            throw new IOException(path + ": ends in the middle of a block", cut);
        } catch (final IllegalArgumentException damaged) {
            throw new IOException(path + ": " + damaged.getMessage(), damaged);
        }
        return reader.frames;
    }

    private void readAll() {
        final int magic = file.getInt(0);
        if (magic == SECTION_HEADER) {
            while (file.hasRemaining()) {
                readBlock();
            }
            return;
        }
        if (magic != CLASSIC_MICROS && magic != CLASSIC_NANOS) {
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        switch (file.getInt(0)) {
            case CLASSIC_MICROS -> readClassic(1_000);
            case CLASSIC_NANOS -> readClassic(1);
            default -> throw new IllegalArgumentException("neither pcapng nor pcap");
        }
    }

    private void readClassic(final int nanosPerUnit) {
        if (file.getInt(CLASSIC_LINK_OFFSET) != LINK_TYPE_ETHERNET) {
            throw new IllegalArgumentException("not a capture of Ethernet frames");
        }
        file.position(CLASSIC_HEADER_LENGTH);
        while (file.hasRemaining()) {
            final int record = file.position();
            final long seconds = Integer.toUnsignedLong(file.getInt(record));
            final long units = Integer.toUnsignedLong(file.getInt(record + 4));
            final byte[] bytes = new byte[checked(file.getInt(record + 8))];
            file.get(record + CLASSIC_RECORD_LENGTH, bytes);
            file.position(record + CLASSIC_RECORD_LENGTH + bytes.length);
            final long timeNs = seconds * NANOS + units * nanosPerUnit;
            frames.add(new CapturedFrame(timeNs, Direction.UNKNOWN, bytes));
        }
    }

    private void readBlock() {
        final int block = file.position();
        if (file.getInt(block) == SECTION_HEADER) {
            readSection(block);
        }
        final int type = file.getInt(block);
        final int length = file.getInt(block + 4);
        if (length < FRAMING_LENGTH || length % 4 != 0 || block + length > file.limit()) {
            throw new IllegalArgumentException("block of length " + length + " at " + block);
        }
        final int body = block + BODY_OFFSET;
        if (type == INTERFACE) {
            readInterface(body, block + length - 4);
        } else if (type == ENHANCED_PACKET) {
            readPacket(body, block + length - 4);
        }
        file.position(block + length);
    }

    private void readSection(final int block) {
        file.order(ByteOrder.BIG_ENDIAN);
        if (file.getInt(block + BODY_OFFSET) != MAGIC) {
            file.order(ByteOrder.LITTLE_ENDIAN);
        }
        unitsPerSecond.clear();
        ethernet.clear();
    }

    private void readInterface(final int body, final int end) {
        ethernet.add(file.getShort(body) == LINK_TYPE_ETHERNET);
        final int option = findOption(OPTION_RESOLUTION, body + 8, end);
        final byte resolution = option < 0 ? DEFAULT_RESOLUTION : file.get(option);
        unitsPerSecond.add(
                resolution < 0 ? 1L << (resolution & 0x7F) : (long) Math.pow(10, resolution));
    }

    private void readPacket(final int body, final int end) {
        final int source = file.getInt(body);
        if (!ethernet.get(source)) {
            return;
        }
        final long units =
                Integer.toUnsignedLong(file.getInt(body + PACKET_TIME_HIGH_OFFSET)) << 32
                        | Integer.toUnsignedLong(file.getInt(body + PACKET_TIME_LOW_OFFSET));
        final byte[] bytes = new byte[checked(file.getInt(body + PACKET_CAPTURED_OFFSET))];
        file.get(body + PACKET_BYTES_OFFSET, bytes);
        final int options = body + PACKET_BYTES_OFFSET + padded(bytes.length);
        final int flags = findOption(OPTION_FLAGS, options, end);
        frames.add(
                new CapturedFrame(
                        nanos(units, unitsPerSecond.get(source)),
                        flags < 0 ? Direction.UNKNOWN : direction(file.getInt(flags)),
                        bytes));
    }

    private int checked(final int length) {
        if (length < 0 || length > file.limit()) {
            throw new IllegalArgumentException("frame of length " + length);
        }
        return length;
    }

    private static long nanos(final long units, final long perSecond) {
        return units / perSecond * NANOS + units % perSecond * NANOS / perSecond;
    }

    private static Direction direction(final int flags) {
        return switch (flags & DIRECTION_MASK) {
            case INBOUND -> Direction.RECEIVED;
            case OUTBOUND -> Direction.SENT;
            default -> Direction.UNKNOWN;
        };
    }

    /** Position of the option's value, −1 when it is not there. */
    private int findOption(final short wanted, final int from, final int end) {
        int option = from;
        while (option + 4 <= end && file.getShort(option) != OPTION_END) {
            if (file.getShort(option) == wanted) {
                return option + 4;
            }
            option += 4 + padded(Short.toUnsignedInt(file.getShort(option + 2)));
        }
        return -1;
    }
}
