package io.spindle.recovery;

import io.spindle.journal.LogStart;
import io.spindle.log.CommandHandler;
import io.spindle.log.DataFolder;
import io.spindle.log.DurableFile;
import io.spindle.log.LogDamaged;
import io.spindle.oms.command.AnnotateDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The annotations of the part of the log that was purged. The engine knows nothing of them, so no
 * snapshot has them; whoever shows them reads them here.
 *
 * <pre>
 *   DATA/notes, a record each:  sequence long, timeNs long, length int, CRC32C int, the command
 * </pre>
 */
public final class KeptNotes {
    private static final int HEAD = 2 * Long.BYTES + 2 * Integer.BYTES;

    private KeptNotes() {}

    /**
     * Keeps those of the log up to a sequence, besides those kept before. Call it before they are
     * purged.
     */
    public static void keep(final DataFolder folder, final long upTo) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final long[] last = {0};
        read(folder, upTo, (sequence, timeNs, buffer, offset, length) -> last[0] = sequence);
        if (Files.exists(file(folder))) {
            all.write(Files.readAllBytes(file(folder)));
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final CommandHandler keeper =
                (sequence, timeNs, buffer, offset, length) -> {
                    if (sequence > last[0]
                            && header.wrap(buffer, offset).templateId()
                                    == AnnotateDecoder.TEMPLATE_ID) {
                        all.writeBytes(record(sequence, timeNs, buffer, offset, length));
                    }
                };
        new OfflineLog(folder).read(LogStart.of(folder.archive()).sequence() - 1, upTo, keeper);
        DurableFile.write(file(folder), all.toByteArray());
    }

    private static byte[] record(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] command = new byte[length];
        buffer.getBytes(offset, command);
        return ByteBuffer.allocate(HEAD + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sequence)
                .putLong(timeNs)
                .putInt(length)
                .putInt(crc(command))
                .put(command)
                .array();
    }

    private static int crc(final byte[] command) {
        final CRC32C crc = new CRC32C();
        crc.update(command);
        return (int) crc.getValue();
    }

    /**
     * Hands over the annotating commands up to a sequence, oldest first.
     *
     * @throws LogDamaged if the file is not what was written
     */
    public static void read(final DataFolder folder, final long upTo, final CommandHandler handler)
            throws IOException {
        if (!Files.exists(file(folder))) {
            return;
        }
        final ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file(folder))).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.remaining() >= HEAD) {
            final long sequence = bytes.getLong();
            final long timeNs = bytes.getLong();
            final int length = bytes.getInt();
            final int crc = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw damaged(folder);
            }
            final byte[] command = new byte[length];
            bytes.get(command);
            if (crc(command) != crc) {
                throw damaged(folder);
            }
            if (sequence <= upTo) {
                handler.onCommand(sequence, timeNs, new UnsafeBuffer(command), 0, length);
            }
        }
        if (bytes.hasRemaining()) {
            throw damaged(folder);
        }
    }

    private static LogDamaged damaged(final DataFolder folder) {
        return new LogDamaged(
                file(folder) + " is damaged: it holds the annotations of what was purged",
                "bring it back from a backup");
    }

    private static Path file(final DataFolder folder) {
        return folder.path().resolve("notes");
    }
}
