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

/**
 * Spindle's log ring as the loop uses it: appended to, then polled once a turn. A thread drains it
 * as the journaller would.
 */
final class RingAppender implements Appender {
    private static final CommandHandler NOTHING = (sequence, time, buffer, offset, length) -> {};
    private static final int COMMANDS_PER_TURN = 1024;

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
        drain =
                Drain.start(
                        () -> {
                            final int records = reader.poll(NOTHING, 256);
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
    public void publish() {
        ring.poll(NOTHING, COMMANDS_PER_TURN);
    }

    @Override
    public void close() {
        drain.close();
        file.close();
        IoUtil.delete(folder.toFile(), true);
    }
}
