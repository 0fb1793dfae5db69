package io.spindle.perf.log;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Length and bytes into a mapped file, round and round: no checksum, no reader, no room to ask. */
final class MappedAppender implements Appender {
    private static final int CAPACITY = 256 << 20;
    private static final int SPARE = 1 << 16;

    private final Path file;
    private final UnsafeBuffer buffer;
    private int position;

    /**
     * @param folder in memory or on a disk
     */
    MappedAppender(final Path folder) throws IOException {
        file = Files.createTempFile(folder, "spindle-bench", ".log");
        Files.delete(file);
        buffer = new UnsafeBuffer(IoUtil.mapNewFile(file.toFile(), CAPACITY + SPARE, true));
    }

    @Override
    public boolean append(final DirectBuffer record, final int length) {
        buffer.putBytes(position + Integer.BYTES, record, 0, length);
        buffer.putIntRelease(position, length);
        position = BitUtil.align(position + Integer.BYTES + length, Long.BYTES) & (CAPACITY - 1);
        return true;
    }

    @Override
    public void close() {
        IoUtil.unmap(buffer.byteBuffer());
        try {
            Files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
