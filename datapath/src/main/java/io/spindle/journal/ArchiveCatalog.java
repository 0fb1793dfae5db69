package io.spindle.journal;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.spindle.log.DurableFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the Archive believes that the log's recording starts and stops: fields of its catalog's
 * first entry.
 *
 * <pre>
 *   0       header, its length among it
 *   length  entry: header, descriptor of recording 0
 * </pre>
 *
 * <p>Only to be written while no Archive runs.
 */
record ArchiveCatalog(Path archive) {
    private static final int START_POSITION =
            RecordingDescriptorHeaderDecoder.BLOCK_LENGTH
                    + RecordingDescriptorDecoder.startPositionEncodingOffset();
    private static final int STOP_POSITION =
            RecordingDescriptorHeaderDecoder.BLOCK_LENGTH
                    + RecordingDescriptorDecoder.stopPositionEncodingOffset();

    /**
     * Lets the Archive look for the end in the files, as it does after a kill, unless it knows it.
     * A write that failed half-way has left frames which it did not count, and a power cut may have
     * taken some that it did; it would go on at its own position and write over the ones or behind
     * a hole.
     *
     * @param position behind the last whole frame of the files
     */
    void endAt(final long position) throws IOException {
        final long stop = stopPosition();
        if (stop != position && stop != AeronArchive.NULL_POSITION) {
            stopPosition(AeronArchive.NULL_POSITION);
        }
    }

    /** {@link AeronArchive#NULL_POSITION} if it does not know, or there is no catalog. */
    long stopPosition() throws IOException {
        return read(STOP_POSITION);
    }

    void stopPosition(final long position) throws IOException {
        write(STOP_POSITION, position);
    }

    /**
     * Stream position before which nothing is kept, 0 unless the beginning was purged; {@link
     * AeronArchive#NULL_POSITION} if there is no catalog.
     */
    long startPosition() throws IOException {
        return read(START_POSITION);
    }

    void startPosition(final long position) throws IOException {
        write(START_POSITION, position);
    }

    /** Forces it to the disk, what a running Archive has written into it too. */
    void force() throws IOException {
        DurableFile.force(file());
    }

    private long read(final int offset) throws IOException {
        if (!Files.exists(file())) {
            return AeronArchive.NULL_POSITION;
        }
        try (FileChannel catalog = FileChannel.open(file(), StandardOpenOption.READ)) {
            final ByteBuffer field = field();
            final boolean isWhole = catalog.read(field, entry(catalog) + offset) == Long.BYTES;
            return isWhole ? field.getLong(0) : AeronArchive.NULL_POSITION;
        }
    }

    private void write(final int offset, final long position) throws IOException {
        try (FileChannel catalog =
                FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            catalog.write(field().putLong(position).flip(), entry(catalog) + offset);
            catalog.force(true);
        }
    }

    private static long entry(final FileChannel catalog) throws IOException {
        final ByteBuffer length = field();
        catalog.read(length, CatalogHeaderDecoder.lengthEncodingOffset());
        return length.getInt(0);
    }

    private static ByteBuffer field() {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path file() {
        return archive.resolve("archive.catalog");
    }
}
