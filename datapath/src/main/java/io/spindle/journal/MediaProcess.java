package io.spindle.journal;

import io.spindle.log.DataFolder;
import io.spindle.log.FileLease;
import io.spindle.log.LogDamaged;
import io.spindle.log.Refusal;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.standby.StandbyAddress;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Keeps the log recorded: one {@link Media} after the other, each from where the last one ended. A
 * failure (no room, a dead Archive) makes the loop refuse new orders until recording goes on;
 * damage ends the process with its reason.
 */
public final class MediaProcess {
    private static final long PAUSE_MS = 500;

    private final DataFolder folder;
    private final JournalConfig config;
    private final StandbyAddress standby;
    private final Consumer<String> report;
    private String lastLine = "";
    private final IdleStrategy idle =
            new BackoffIdleStrategy(10, 20, 1_000, TimeUnit.MILLISECONDS.toNanos(2));

    /**
     * @param report takes lines for the operator
     */
    public MediaProcess(
            final DataFolder folder, final JournalConfig config, final Consumer<String> report) {
        this(folder, config, null, report);
    }

    /**
     * @param standby where a standby may connect, null when there is none
     */
    public MediaProcess(
            final DataFolder folder,
            final JournalConfig config,
            final StandbyAddress standby,
            final Consumer<String> report) {
        this.standby = standby;
        this.folder = folder;
        this.config = config;
        this.report = report;
    }

    /** Runs until told to stop; on the way out what is in the ring is still recorded. */
    public void run(final BooleanSupplier running) throws IOException {
        folder.create();
        try (FileChannel lock = tryLock(folder)) {
            if (lock == null) {
                throw new IllegalStateException(
                        "another media process records the log in " + folder.path());
            }
            while (running.getAsBoolean()) {
                live(running);
            }
        }
    }

    /** Given back when closed; null while a media process holds it. */
    static FileChannel tryLock(final DataFolder folder) throws IOException {
        return FileLease.tryTake(folder.run().resolve("media.lock")).orElse(null);
    }

    private void live(final BooleanSupplier running) throws IOException {
        try (Media media = Media.start(folder, config, standby, report)) {
            reportOnce("recording the log in " + folder.archive());
            while (running.getAsBoolean()) {
                idle.idle(media.doWork());
            }
            drain(media);
        } catch (final LogDamaged damage) {
            refuseOrders();
            throw damage;
        } catch (final RuntimeException failure) {
            refuseOrders();
            reportOnce("recording stopped: " + failure.getMessage() + "; trying again");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
    }

    /** A disk may stay full for hours. */
    private void reportOnce(final String line) {
        if (!line.equals(lastLine)) {
            lastLine = line;
            report.accept(line);
        }
    }

    /** What was committed when the stop came is recorded, if the Archive still can. */
    private static void drain(final Media media) throws IOException {
        final long deadlineNs = System.nanoTime() + JournalConfig.TIMEOUT_NS;
        do {
            media.doWork();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
        } while (media.backlog() > 0 && System.nanoTime() - deadlineNs < 0);
    }

    private void refuseOrders() throws IOException {
        if (Files.exists(folder.logRing())) {
            try (RingFile file = RingFile.open(folder.logRing())) {
                if (file.owner().equals(RingOwner.of(folder))) {
                    file.reader().refusal(Refusal.NOT_RECORDING);
                }
            }
        }
    }
}
