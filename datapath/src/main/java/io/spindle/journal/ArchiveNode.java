package io.spindle.journal;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import io.spindle.log.DataFolder;
import io.spindle.standby.StandbyKey;

import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A media driver, an Archive over the data folder, and a client of both. The driver's folder and
 * the mark file, left by a kill, are removed (the caller's lock says that nobody uses them).
 */
public final class ArchiveNode implements AutoCloseable {
    private static final String CONTROL_CHANNEL = "aeron:ipc?term-length=64k";
    private static final long LONGEST_PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final DataFolder folder;
    private final JournalConfig config;
    private final Optional<ArchiveGuard> guard;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile String lastWarning = "";
    private MediaDriver driver;
    private Archive archive;
    private Aeron aeron;
    private AeronArchive client;

    private ArchiveNode(
            final DataFolder folder,
            final JournalConfig config,
            final Optional<ArchiveGuard> guard) {
        this.guard = guard;
        this.folder = folder;
        this.config = config;
    }

    /** For an appliance alone: the Archive listens to nobody outside. */
    static ArchiveNode alone(final DataFolder folder, final JournalConfig config) {
        return new ArchiveNode(folder, config, Optional.empty())
                .launch(CommonContext.IPC_CHANNEL, null);
    }

    /**
     * For one of two boxes.
     *
     * @param key without which nobody is answered
     * @param address of this box towards the other
     * @param control UDP port at which the Archive takes requests, 0 for any
     */
    public static ArchiveNode linked(
            final DataFolder folder,
            final JournalConfig config,
            final StandbyKey key,
            final String address,
            final int control) {
        return new ArchiveNode(folder, config, Optional.of(new ArchiveGuard(key)))
                .launch(udp(address, 0), control == 0 ? null : udp(address, control));
    }

    /** A channel to this address. */
    public static String udp(final String address, final int port) {
        return "aeron:udp?endpoint=" + address + ":" + port;
    }

    private ArchiveNode launch(final String responses, final String control) {
        try {
            IoUtil.delete(folder.mark().toFile(), true);
            driver = MediaDriver.launch(driverContext());
            archive = Archive.launch(archiveContext(responses, control));
            aeron =
                    Aeron.connect(
                            new Aeron.Context()
                                    .aeronDirectoryName(folder.aeron().toString())
                                    .errorHandler(this::fail));
            client =
                    AeronArchive.connect(
                            clientContext(CommonContext.IPC_CHANNEL)
                                    .aeron(aeron)
                                    .ownsAeronClient(false)
                                    .errorHandler(this::fail));
            return this;
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
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

    private Archive.Context archiveContext(final String responses, final String control) {
        final Archive.Context context = new Archive.Context();
        guard.ifPresent(who -> context.authenticatorSupplier(() -> who));
        return context.aeronDirectoryName(folder.aeron().toString())
                .archiveDir(folder.archive().toFile())
                .markFileDir(folder.mark().toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(ArchiveNode::backoff)
                .segmentFileLength(config.segmentLength())
                .fileSyncLevel(config.syncLevel())
                .catalogFileSyncLevel(config.syncLevel())
                .controlChannelEnabled(control != null)
                .controlChannel(control)
                .localControlChannel(CONTROL_CHANNEL)
                .recordingEventsEnabled(false)
                .lowStorageSpaceThreshold(0) // the loop is warned before; cancels still go in
                .replicationChannel(
                        responses.equals(CommonContext.IPC_CHANNEL) ? NOBODY : responses)
                .archiveClientContext(clientContext(responses))
                .errorHandler(this::fail);
    }

    private static final String NOBODY = udp("127.0.0.1", 0);

    private AeronArchive.Context clientContext(final String responses) {
        final AeronArchive.Context context = new AeronArchive.Context();
        guard.ifPresent(context::credentialsSupplier);
        return context.aeronDirectoryName(folder.aeron().toString())
                .controlRequestChannel(CONTROL_CHANNEL)
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .controlResponseChannel(responses);
    }

    private static IdleStrategy backoff() {
        return new BackoffIdleStrategy(10, 20, 1_000, LONGEST_PARK_NS);
    }

    /** Called from Aeron's threads. A peer that went away is a warning and no failure of ours. */
    private void fail(final Throwable cause) {
        final boolean warning =
                cause instanceof AeronException aeronCause
                        && aeronCause.category() == AeronException.Category.WARN;
        if (guard.isEmpty() || !warning) {
            failure.compareAndSet(null, cause);
        } else {
            lastWarning = String.valueOf(cause.getMessage());
        }
    }

    /**
     * What went wrong first since the last call, null if nothing did. To be called all the time: it
     * also hears the Archive, which asks once a second whether its client is there. 512 questions
     * unheard fill their window, and five seconds later the Archive ends the session.
     */
    public Throwable takeFailure() {
        final String error = client.pollForErrorResponse();
        if (error != null) {
            failure.compareAndSet(null, new IllegalStateException("the Archive: " + error));
        }
        return failure.getAndSet(null);
    }

    /** What the peer did last that is no failure of ours, empty if nothing. */
    public String lastWarning() {
        return lastWarning;
    }

    public Aeron aeron() {
        return aeron;
    }

    public AeronArchive client() {
        return client;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(client, aeron, archive, driver);
    }
}
