package io.spindle.journal;

import static io.spindle.journal.JournalFrame.*;

import io.aeron.protocol.DataHeaderFlyweight;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Changes one order's quantity in a recording, as a bad disk or a bad person would. */
public final class LoggedQuantity {
    /**
     * Adds one lot to the first logged order of a segment's second half.
     *
     * @param repair true to make the record's checksum right again
     */
    public static void flip(final Path archive, final boolean repair) throws IOException {
        final Segment segment = Segment.list(archive).getFirst();
        try (FileChannel file =
                FileChannel.open(
                        segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes =
                    ByteBuffer.allocateDirect((int) file.size()).order(ByteOrder.LITTLE_ENDIAN);
            file.read(bytes, 0);
            final int record = findOrder(new UnsafeBuffer(bytes));
            final int quantity =
                    record
                            + PAYLOAD
                            + MessageHeaderDecoder.ENCODED_LENGTH
                            + EnterOrderDecoder.quantityEncodingOffset();
            bytes.putLong(quantity, bytes.getLong(quantity) + 1);
            if (repair) {
                final CRC32C crc = new CRC32C();
                final int length = bytes.getInt(record + LENGTH);
                crc.update(
                        bytes.duplicate()
                                .limit(record + PAYLOAD + length)
                                .position(record + SEQUENCE));
                bytes.putInt(record + CRC, (int) crc.getValue());
            }
            file.write(bytes.clear(), 0);
        }
    }

    /** The first record of an order in the fifth frame or later that is not marketable alone. */
    private static int findOrder(final UnsafeBuffer view) {
        int frame = 0;
        while (frame < view.capacity() && view.getInt(frame) > 0) {
            final int journal = frame + DataHeaderFlyweight.HEADER_LENGTH;
            int record = journal + RECORDS_OFFSET;
            for (int i = 0; i < view.getInt(journal + COUNT_OFFSET); i++) {
                final int template =
                        view.getShort(
                                record + PAYLOAD + MessageHeaderDecoder.templateIdEncodingOffset());
                if (template == EnterOrderDecoder.TEMPLATE_ID) {
                    return record;
                }
                record += recordLength(view.getInt(record + LENGTH));
            }
            frame += (view.getInt(frame) + 31) & -32;
        }
        throw new AssertionError("no order in the recording");
    }

    private LoggedQuantity() {}
}
