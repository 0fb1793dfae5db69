package io.spindle.perf.log;

import io.spindle.log.CommandHandler;
import io.spindle.log.CommandLog;
import io.spindle.log.LogRing;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;

import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Spindle's log ring; a thread drains it as the journaller would. */
final class RingAppender implements Appender {
    private final Path folder;
    private final RingFile file;
    private final LogRing ring;
    private final Drain drain;
    private long timeNs;

    RingAppender(final int largest) throws IOException {
        folder = Files.createTempDirectory(Path.of("/dev/shm"), "spindle-bench");
        final RingOwner owner = new RingOwner(new UUID(0, 1), new UUID(0, 2));
        file = RingFile.create(folder.resolve("log.ring"), LogRing.CAPACITY, largest, owner, 0, 0);
        file.prefault();
        ring = file.writer();
        final RingReader reader = file.reader();
        final CommandHandler nothing = (sequence, time, buffer, offset, length) -> {};
        drain =
                Drain.start(
                        () -> {
                            final int records = reader.poll(nothing, 256);
                            if (records > 0) {
                                reader.release(reader.sequence(), reader.position());
                            }
                            return records;
                        });
    }

    @Override
    public boolean append(final DirectBuffer record, final int length) {
        final int offset = ring.claim(length, false);
        if (offset == CommandLog.BACK_PRESSURED) {
            return false;
        }
        ring.buffer().putBytes(offset, record, 0, length);
        ring.commit(length, ++timeNs);
        return true;
    }

    @Override
    public void close() {
        drain.close();
        file.close();
        IoUtil.delete(folder.toFile(), true);
    }
}
