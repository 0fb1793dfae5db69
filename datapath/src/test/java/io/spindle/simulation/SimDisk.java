package io.spindle.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk that forgets. What is written is in real files at once, where the real readers find it,
 * and the sectors as they were before are kept until they are synced; when the power goes each
 * unsynced sector is, by the seed's choice, the new one or the old one.
 */
public final class SimDisk {
    private static final int SECTOR = 512;

    private record Sector(Path file, long number) {}

    private final Map<Sector, byte[]> unsynced = new LinkedHashMap<>();
    private final SplittableRandom random;
    private boolean full;
    private long lostSectors;

    SimDisk(final SplittableRandom random) {
        this.random = random;
    }

    void full(final boolean now) {
        full = now;
    }

    /** True while nothing more can be written. */
    public boolean isFull() {
        return full;
    }

    /** Makes a file of zeros; its being there survives everything, its content not. */
    public void allocate(final Path file, final int length) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes without syncing. */
    public void write(final Path file, final long offset, final ByteBuffer bytes) {
        final long end = offset + bytes.remaining();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long number = offset / SECTOR; number * SECTOR < end; number++) {
                final Sector sector = new Sector(file, number);
                if (!unsynced.containsKey(sector)) {
                    final ByteBuffer old = ByteBuffer.allocate(SECTOR);
                    channel.read(old, number * SECTOR);
                    unsynced.put(sector, old.array());
                }
            }
            channel.write(bytes, offset);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was written stays. */
    public void sync() {
        unsynced.clear();
    }

    /**
     * The power goes: of what was not synced, any part is lost, or, as often, all from some moment
     * on.
     */
    void losePower() {
        final boolean inOrder = random.nextBoolean();
        int kept = inOrder ? random.nextInt(unsynced.size() + 1) : 0;
        final int keptPercent = inOrder ? 0 : new int[] {0, 50, 95}[random.nextInt(3)];
        for (final Map.Entry<Sector, byte[]> entry : unsynced.entrySet()) {
            final Sector sector = entry.getKey();
            if (kept > 0) {
                kept--;
            } else if (random.nextInt(100) >= keptPercent && Files.exists(sector.file)) {
                restore(sector, entry.getValue());
                lostSectors++;
            }
        }
        unsynced.clear();
    }

    private static void restore(final Sector sector, final byte[] old) {
        try (FileChannel channel = FileChannel.open(sector.file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(old), sector.number * SECTOR);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sectors that a loss of power took back. */
    long lostSectors() {
        return lostSectors;
    }
}
