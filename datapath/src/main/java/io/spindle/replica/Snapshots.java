package io.spindle.replica;

import io.spindle.journal.LogStart;
import io.spindle.log.LogDamaged;
import io.spindle.oms.SnapshotReader;
import io.spindle.oms.SnapshotWriter;
import io.spindle.oms.TradingEngine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The snapshots of a data folder: written on a schedule and in front of every day by one replica,
 * kept in small number, read newest first. A half-written or damaged file is passed over.
 *
 * <p>Those in front of a day are where a purged log begins: whoever needs all of a day (its
 * streams, its orders) starts from there. They are counted apart, so that the newest is always
 * kept.
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
            if (SnapshotReader.sequence(file) <= atMost && reader.readIfIntact(file, engine)) {
                break;
            }
        }
        lastSequence = engine.sequence();
        return lastSequence;
    }

    /**
     * Fills an unused engine with what a purge took away.
     *
     * @return the sequence behind which the log is to be read; 0 if nothing was purged
     * @throws LogDamaged if the log was purged and no snapshot stands where it begins
     */
    public long restoreStart(final TradingEngine engine, final LogStart start) throws IOException {
        if (!start.isPurged()) {
            return 0;
        }
        final SnapshotReader reader = new SnapshotReader();
        for (final Path file : SnapshotReader.list(folder).reversed()) {
            if (SnapshotReader.isBeforeDay(file)
                    && SnapshotReader.sequence(file) + 1 >= start.sequence()
                    && reader.readIfIntact(file, engine)) {
                return engine.sequence();
            }
        }
        throw new LogDamaged(
                "the log begins with sequence %d, and %s has no whole snapshot in front of a day after it"
                        .formatted(start.sequence(), folder),
                "bring the snapshots, or the purged files, back from a backup");
    }

    /** Counts from the newest that is there, so that a replay of old times writes none again. */
    public Snapshots resume() throws IOException {
        final List<Path> all = SnapshotReader.list(folder);
        lastSequence = all.isEmpty() ? 0 : SnapshotReader.sequence(all.getFirst());
        return this;
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
        dropOld();
        return file;
    }

    /**
     * Writes the snapshot in front of a day, if the newest of its kind is older: the next command
     * begins the day.
     */
    public void writeBeforeDay(final TradingEngine engine) throws IOException {
        final boolean isNew =
                SnapshotReader.list(folder).stream()
                        .filter(SnapshotReader::isBeforeDay)
                        .noneMatch(file -> SnapshotReader.sequence(file) >= engine.sequence());
        if (isNew) {
            new SnapshotWriter().writeBeforeDay(engine, folder);
            dropOld();
        }
    }

    private void dropOld() throws IOException {
        final Map<Boolean, List<Path>> kinds =
                SnapshotReader.list(folder).stream()
                        .collect(Collectors.partitioningBy(SnapshotReader::isBeforeDay));
        for (final List<Path> all : kinds.values()) {
            for (final Path old : all.subList(Math.min(keep, all.size()), all.size())) {
                Files.delete(old);
            }
        }
    }
}
