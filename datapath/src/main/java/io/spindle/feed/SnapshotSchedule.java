package io.spindle.feed;

import io.spindle.oms.SnapshotReader;
import io.spindle.oms.SnapshotWriter;
import io.spindle.oms.TradingEngine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When the replica writes a snapshot of the engine: after so many commands, or after so long if
 * there was any. Keeps the newest few.
 *
 * <p><i>Called from</i> the replica's thread, which does nothing else meanwhile.
 */
final class SnapshotSchedule {
    static final long COMMANDS = 2_000_000;
    static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(10);
    static final int KEPT = 3;

    private final SnapshotWriter writer = new SnapshotWriter();
    private final Path folder;
    private long lastSequence;
    private long lastNs;

    SnapshotSchedule(final Path folder, final long nowNs) {
        this.folder = folder;
        lastNs = nowNs;
    }

    boolean isDue(final TradingEngine engine, final long nowNs) {
        final long commands = engine.sequence() - lastSequence;
        return commands >= COMMANDS || commands > 0 && nowNs - lastNs >= INTERVAL_NS;
    }

    /** Writes one now, unless it is there from before. */
    void take(final TradingEngine engine, final long nowNs) throws IOException {
        if (!Files.exists(SnapshotReader.file(folder, engine.sequence()))) {
            writer.write(engine, folder);
        }
        lastSequence = engine.sequence();
        lastNs = nowNs;
        final List<Path> all = SnapshotReader.list(folder);
        for (final Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.delete(old);
        }
    }
}
