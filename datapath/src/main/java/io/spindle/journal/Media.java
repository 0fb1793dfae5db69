package io.spindle.journal;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One life of the media driver, the Archive and the journaller, from a mended recording to the
 * first failure. Everything it needs from the life before is in the ring and in the Archive's
 * files; the driver's folder and the mark file, left by a kill, are removed (the caller's lock says
 * that nobody uses them).
 */
final class Media implements AutoCloseable {
    private static final String CONTROL_CHANNEL = "aeron:ipc?term-length=64k";
    private static final long LONGEST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final DataFolder folder;
    private final JournalConfig config;
    private final LogEnd end;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private MediaDriver driver;
    private Archive archive;
    private Aeron aeron;
    private AeronArchive client;
    private Recording recording;
    private RingFile ringFile;
    private RingReader reader;
    private Journaller journaller;

    private Media(final DataFolder folder, final JournalConfig config) throws IOException {
        this.folder = folder;
        this.config = config;
        this.end = LogEnd.of(folder.archive());
        end.mend();
    }

    static Media start(final DataFolder folder, final JournalConfig config) throws IOException {
        final Media media = new Media(folder, config);
        try {
            media.launch();
            return media;
        } catch (final RuntimeException e) {
            media.close();
            throw e;
        }
    }

    private void launch() {
        IoUtil.delete(folder.mark().toFile(), true);
        driver = MediaDriver.launch(driverContext());
        archive = Archive.launch(archiveContext());
        aeron =
                Aeron.connect(
                        new Aeron.Context()
                                .aeronDirectoryName(folder.aeron().toString())
                                .errorHandler(this::fail));
        client =
                AeronArchive.connect(
                        clientContext()
                                .aeron(aeron)
                                .ownsAeronClient(false)
                                .errorHandler(this::fail));
        recording = Recording.open(aeron, client, config);
    }

    private MediaDriver.Context driverContext() {
        return new MediaDriver.Context()
                .aeronDirectoryName(folder.aeron().toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(backoff())
                .ipcTermBufferLength(config.termLength())
                .termBufferSparseFile(false)
                .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(JournalConfig.TIMEOUT_NS))
                .clientLivenessTimeoutNs(JournalConfig.TIMEOUT_NS)
                .publicationUnblockTimeoutNs(2 * JournalConfig.TIMEOUT_NS)
                .errorHandler(this::fail);
    }

    private Archive.Context archiveContext() {
        return new Archive.Context()
                .aeronDirectoryName(folder.aeron().toString())
                .archiveDir(folder.archive().toFile())
                .markFileDir(folder.mark().toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(Media::backoff)
                .segmentFileLength(config.segmentLength())
                .fileSyncLevel(config.syncLevel())
                .catalogFileSyncLevel(config.syncLevel())
                .controlChannelEnabled(false)
                .localControlChannel(CONTROL_CHANNEL)
                .recordingEventsEnabled(false)
                .lowStorageSpaceThreshold(0) // the loop is warned before; cancels still go in
                .replicationChannel("aeron:udp?endpoint=127.0.0.1:0")
                .archiveClientContext(clientContext())
                .errorHandler(this::fail);
    }

    private AeronArchive.Context clientContext() {
        return new AeronArchive.Context()
                .aeronDirectoryName(folder.aeron().toString())
                .controlRequestChannel(CONTROL_CHANNEL)
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .controlResponseChannel(CommonContext.IPC_CHANNEL);
    }

    private static IdleStrategy backoff() {
        return new BackoffIdleStrategy(10, 20, 1_000, LONGEST_PARK_NS);
    }

    /** Called from Aeron's threads. */
    private void fail(final Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /**
     * One turn of the journaller. The ring is there once the trading process has made it.
     *
     * @return things done
     */
    int doWork() throws IOException {
        final Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("media: " + cause.getMessage(), cause);
        }
        if (journaller == null && !openRing()) {
            return 0;
        }
        return journaller.doWork();
    }

    /** Bytes in the ring that are not recorded. */
    long backlog() {
        return reader == null ? 0 : reader.backlog();
    }

    private boolean openRing() throws IOException {
        if (!Files.exists(folder.logRing())) {
            return false;
        }
        final RingFile file = RingFile.open(folder.logRing());
        if (!file.owner().equals(RingOwner.of(folder))) {
            file.close();
            return false;
        }
        ringFile = file;
        reader = file.reader();
        journaller =
                new Journaller(
                        reader,
                        recording,
                        config,
                        DiskSpace.of(folder.archive(), config.lowSpace()),
                        end);
        return true;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(recording, client, aeron, archive, driver, ringFile);
    }
}
