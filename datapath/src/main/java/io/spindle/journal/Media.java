package io.spindle.journal;

import io.aeron.archive.client.ArchiveException;
import io.aeron.exceptions.TimeoutException;
import io.spindle.log.DataFolder;
import io.spindle.log.FolderRequest;
import io.spindle.log.RingFile;
import io.spindle.log.RingOwner;
import io.spindle.log.RingReader;
import io.spindle.standby.StandbyAddress;
import io.spindle.standby.StandbyKey;
import io.spindle.standby.StandbyLink;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * One life of the media driver, the Archive and the journaller, from a mended recording to the
 * first failure. Everything it needs from the life before is in the ring and in the Archive's
 * files.
 */
final class Media implements AutoCloseable {
    private final DataFolder folder;
    private final JournalConfig config;
    private final LogEnd end;
    private final StandbyAddress standby;
    private final Consumer<String> report;
    private final GrowingCount dropped;
    private final GrowingCount contested;
    private final FolderRequest purge;
    private ArchiveNode node;
    private StandbyLink link;
    private Recording recording;
    private RingFile ringFile;
    private RingReader reader;
    private Journaller journaller;

    private Media(
            final DataFolder folder,
            final JournalConfig config,
            final StandbyAddress standby,
            final Consumer<String> report)
            throws IOException {
        this.report = report;
        this.dropped =
                new GrowingCount(
                        " datagrams to the standby's port were dropped so far: of another log, or"
                                + " not sealed with this folder's standby.key",
                        report);
        this.contested =
                new GrowingCount(
                        " words of a second standby were not believed so far: stop one of the two",
                        report);
        this.purge = FolderRequest.purge(folder);
        this.standby = standby;
        this.folder = folder;
        this.config = config;
        this.end = LogEnd.of(folder.archive());
        end.mend();
        if (config.syncLevel() > 0) {
            new LogSync(folder.archive()).force(); // what a killed process wrote counts as synced
        }
    }

    /**
     * @param standby where a standby may connect, null when there is none
     * @param report takes lines for the operator
     */
    static Media start(
            final DataFolder folder,
            final JournalConfig config,
            final StandbyAddress standby,
            final Consumer<String> report)
            throws IOException {
        folder.checkNotFenced();
        final Media media = new Media(folder, config, standby, report);
        try {
            media.launch();
            return media;
        } catch (final IOException | RuntimeException e) {
            media.close();
            throw e;
        }
    }

    private void launch() throws IOException {
        if (standby == null) {
            node = ArchiveNode.alone(folder, config);
        } else {
            final StandbyKey key = StandbyKey.made(folder);
            node = ArchiveNode.linked(folder, config, key, standby.address(), standby.control());
            link = new StandbyLink(folder, key, standby.link(), end.sequence());
        }
        recording = Recording.open(node.aeron(), node.client(), config, end.position());
    }

    /**
     * One turn of the journaller. The ring is there once the trading process has made it.
     *
     * @return things done
     */
    int doWork() throws IOException {
        final Throwable cause = node.takeFailure();
        if (cause != null) {
            throw new IllegalStateException("media: " + cause.getMessage(), cause);
        }
        final long nowNs = System.nanoTime();
        if (purge.isMade(nowNs)) {
            purge.argument().ifPresent(this::detach);
            purge.granted();
        }
        if (journaller == null && !openRing()) {
            return 0;
        }
        final int heard = link == null ? 0 : link.poll(reader, nowNs);
        reportLink(nowNs);
        return heard + journaller.doWork();
    }

    /** A standby with another key looks like none at all, and of two only one is believed. */
    private void reportLink(final long nowNs) {
        if (link != null) {
            dropped.report(link.dropped(), nowNs);
            contested.report(link.contested(), nowNs);
        }
    }

    /** Whoever asked sees in the catalog whether it was done; the files are theirs to remove. */
    private void detach(final long position) {
        try {
            node.client().detachSegments(recording.id(), position);
        } catch (final ArchiveException | TimeoutException refused) {
            report.accept("the log is not purged: " + refused.getMessage());
        }
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
        CloseHelper.quietCloseAll(recording, link, node, ringFile);
    }
}
