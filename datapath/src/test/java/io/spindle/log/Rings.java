package io.spindle.log;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Small rings in plain memory, and what is read back out of them. */
final class Rings {
    static final int CAPACITY = 4096;
    static final int MAX_PAYLOAD = 128;
    static final RingOwner OWNER = new RingOwner(new UUID(1, 2), new UUID(3, 4));

    record Command(long sequence, long timeNs, long first, int length) {}

    static ByteBuffer image() {
        final ByteBuffer bytes =
                ByteBuffer.allocateDirect((int) RingLayout.fileLength(CAPACITY, MAX_PAYLOAD))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
        bytes.putInt(RingLayout.MAX_PAYLOAD_OFFSET, MAX_PAYLOAD);
        bytes.putLong(RingLayout.CAPACITY_OFFSET, CAPACITY);
        return bytes;
    }

    static RingMemory memory(final ByteBuffer image) {
        return new RingMemory(new UnsafeBuffer(image), image.duplicate());
    }

    static LogRing attach(final ByteBuffer image) {
        return RingFile.scan(memory(image), "test ring");
    }

    /** Appends a command whose payload begins with {@code first}; the rest follows from it. */
    static long append(final LogRing ring, final long first, final int length) {
        final int offset = ring.claim(length, true);
        if (offset == CommandLog.BACK_PRESSURED) {
            return offset;
        }
        ring.buffer().putLong(offset, first);
        for (int i = Long.BYTES; i < length; i++) {
            ring.buffer().putByte(offset + i, (byte) (first + i));
        }
        return ring.commit(length, first * 1000);
    }

    static List<Command> pollAll(final LogRing ring) {
        final List<Command> commands = new ArrayList<>();
        while (ring.poll(collector(commands), 7) > 0) {
            continue;
        }
        return commands;
    }

    static CommandHandler collector(final List<Command> commands) {
        return (sequence, timeNs, buffer, offset, length) -> {
            final long first = buffer.getLong(offset);
            for (int i = Long.BYTES; i < length; i++) {
                if (buffer.getByte(offset + i) != (byte) (first + i)) {
                    throw new AssertionError("byte " + i + " of sequence " + sequence);
                }
            }
            commands.add(new Command(sequence, timeNs, first, length));
        };
    }

    private Rings() {}
}
