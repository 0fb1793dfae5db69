package io.spindle.loop;

import io.spindle.nic.Cold;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The counters file: Agrona's counters over a mapped file that any process may read, by {@link
 * LoopCounter}'s ordinal. The loop is its only writer.
 *
 * <pre>
 *  +-----------------------------------------+-----------------------------------+
 *  | metadata, 512 bytes for each counter    | values, 128 bytes for each        |
 *  +-----------------------------------------+-----------------------------------+
 * </pre>
 */
public final class LoopCounters implements AutoCloseable {
    private static final int COUNT = LoopCounter.values().length;
    private static final int METADATA_BYTES = COUNT * CountersReader.METADATA_LENGTH;
    private static final int VALUES_BYTES = COUNT * CountersReader.COUNTER_LENGTH;

    private final MappedByteBuffer mapped;
    private final CountersManager counters;

    private LoopCounters(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.counters = new CountersManager(metadata(mapped), values(mapped));
    }

    /** Makes the file anew, all counters 0; takes the place of an older one at once. */
    @Cold
    public static LoopCounters create(final Path path) throws IOException {
        final Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.deleteIfExists(fresh);
        final LoopCounters made =
                new LoopCounters(IoUtil.mapNewFile(fresh.toFile(), METADATA_BYTES + VALUES_BYTES));
        for (final LoopCounter counter : LoopCounter.values()) {
            made.counters.allocate(counter.label, counter.ordinal());
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }

    /** Reads the counters of a process that may be running: {@code getCounterValue(ordinal)}. */
    @Cold
    public static CountersReader read(final Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            final MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
            return new CountersReader(metadata(mapped), values(mapped));
        }
    }

    /** Sets a counter, with release. */
    public void set(final LoopCounter counter, final long value) {
        counters.setCounterValue(counter.ordinal(), value);
    }

    public long get(final LoopCounter counter) {
        return counters.getCounterValue(counter.ordinal());
    }

    @Override
    @Cold
    public void close() {
        IoUtil.unmap(mapped);
    }

    @Cold
    private static UnsafeBuffer metadata(final MappedByteBuffer mapped) {
        return new UnsafeBuffer(mapped, 0, METADATA_BYTES);
    }

    @Cold
    private static UnsafeBuffer values(final MappedByteBuffer mapped) {
        return new UnsafeBuffer(mapped, METADATA_BYTES, VALUES_BYTES);
    }
}
