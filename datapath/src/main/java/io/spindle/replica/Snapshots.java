package io.spindle.replica;

import io.spindle.oms.SnapshotReader;
import io.spindle.oms.SnapshotWriter;
import io.spindle.oms.TradingEngine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The snapshots of a data folder: written on a schedule by one replica, kept in small number, read
 * newest first. A half-written or damaged file is passed over; the log is never purged because of a
 * snapshot.
 *
 * <p>One thread, that of the replica whose engine is written.
 */
public final class Snapshots {
    /** Commands after which a snapshot is due: 2 million are replayed well within a second. */
    public static final long EVERY_COMMANDS = 2_000_000;

    /** Time after which a snapshot is due if anything happened. */
    public static final long EVERY_NS = TimeUnit.MINUTES.toNanos(10);

    /** The newest may turn out damaged, and the next was written by the same process. */
    public static final int KEEP = 3;

    private final Path folder;
    private final long everyCommands;
    private final long everyNs;
    private final int keep;
    private long lastSequence;
    private long lastNs;
    private boolean isTimed;

    public Snapshots(final Path folder) {
        this(folder, EVERY_COMMANDS, EVERY_NS, KEEP);
    }

    public Snapshots(
            final Path folder, final long everyCommands, final long everyNs, final int keep) {
        this.folder = folder;
        this.everyCommands = everyCommands;
        this.everyNs = everyNs;
        this.keep = keep;
    }

    /**
     * Fills an unused engine from the newest snapshot that is whole.
     *
     * @param atMost newest sequence wanted
     * @return the snapshot's sequence, 0 if there is none
     * @throws IOException if a whole snapshot is not this engine's: other capacities, other version
     */
    public long restore(final TradingEngine engine, final long atMost) throws IOException {
        final SnapshotReader reader = new SnapshotReader();
        for (final Path file : SnapshotReader.list(folder)) {
            if (sequenceOf(file) <= atMost && reader.isIntact(file)) {
                reader.read(file, engine);
                break;
            }
        }
        lastSequence = engine.sequence();
        return lastSequence;
    }

    private static long sequenceOf(final Path file) {
        final String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /**
     * True if a snapshot is due: after so many commands, or after so long if there was any.
     *
     * @param nowNs monotonic clock; time counts from the first call
     */
    public boolean isDue(final TradingEngine engine, final long nowNs) {
        final long commands = engine.sequence() - lastSequence;
        if (!isTimed) {
            isTimed = true;
            lastNs = nowNs;
        }
        return commands >= everyCommands || commands > 0 && nowNs - lastNs >= everyNs;
    }

    /** Writes a snapshot now, unless it is there from before, and lets the oldest go. */
    public Path write(final TradingEngine engine, final long nowNs) throws IOException {
        final Path file = SnapshotReader.file(folder, engine.sequence());
        if (!Files.exists(file)) {
            new SnapshotWriter().write(engine, folder);
        }
        isTimed = true;
        lastSequence = engine.sequence();
        lastNs = nowNs;
        final List<Path> all = SnapshotReader.list(folder);
        for (final Path old : all.subList(Math.min(keep, all.size()), all.size())) {
            Files.delete(old);
        }
        return file;
    }
}
