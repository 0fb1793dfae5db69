package io.spindle.trading;

import io.spindle.log.DataFolder;
import io.spindle.loop.TradingLoop;
import io.spindle.oms.SnapshotReader;
import io.spindle.recovery.OpenLog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Brings a new loop to where the log ends: newest whole snapshot, then the Archive, then what only
 * the ring has, then the commands with which a new log, day or epoch begins.
 */
public final class Recovery {
    private static final int COMMANDS_PER_POLL = 1024;

    private final OpenLog log;
    private final TradingLoop loop;
    private final LongConsumer progress;

    /**
     * @param progress is told the sequence reached, now and then
     */
    public Recovery(final OpenLog log, final TradingLoop loop, final LongConsumer progress) {
        this.log = log;
        this.loop = loop;
        this.progress = progress;
    }

    /**
     * Reads the newest snapshot that is whole; without one everything is replayed.
     *
     * @param report is told of snapshots passed over
     * @return the snapshot's sequence, 0 without one
     */
    public long readSnapshot(final DataFolder folder, final Consumer<String> report)
            throws IOException {
        final SnapshotReader reader = new SnapshotReader();
        for (final Path file : SnapshotReader.list(folder.snapshots())) {
            if (reader.readIfIntact(file, loop.engine())) {
                loop.resume();
                break;
            }
            report.accept("passed over a damaged snapshot: " + file);
        }
        return loop.engine().sequence();
    }

    /** Applies all that the log has behind the snapshot. */
    public OpenLog.Replayed replay() throws IOException {
        return log.replay(loop.engine().sequence(), loop, progress);
    }

    /**
     * Logs and applies what has to be said before the port opens.
     *
     * @return what that was, for the banner; empty when nothing was needed
     */
    public String begin(final Bootstrap bootstrap, final Instant now) throws IOException {
        final String added =
                new FirstCommands(log.folder(), log.ring(), loop.engine(), now)
                        .append(bootstrap, log.lossPossible());
        while (log.ring().poll(loop, COMMANDS_PER_POLL) > 0) {
            progress.accept(loop.engine().sequence());
        }
        return added;
    }
}
