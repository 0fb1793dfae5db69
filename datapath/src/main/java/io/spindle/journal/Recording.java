package io.spindle.journal;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import io.spindle.log.LogDamaged;

import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

import java.util.Optional;

/**
 * The one recording that is the log, being extended: what is offered to {@link #publication} is
 * recorded when {@link #recordedPosition} has passed it.
 */
final class Recording implements AutoCloseable {
    private static final String SUBSCRIPTION = "aeron:ipc?alias=spindle-log";

    private final ExclusivePublication publication;
    private final CountersReader counters;
    private final int counterId;
    private final long recordingId;

    private Recording(
            final ExclusivePublication publication,
            final CountersReader counters,
            final int counterId,
            final long recordingId) {
        this.publication = publication;
        this.counters = counters;
        this.counterId = counterId;
        this.recordingId = recordingId;
    }

    /**
     * Extends the log's recording, or begins it.
     *
     * @param end of the log, in bytes of the stream, as its files show it
     * @throws LogDamaged if the Archive would go on elsewhere
     */
    static Recording open(
            final Aeron aeron,
            final AeronArchive archive,
            final JournalConfig config,
            final long end) {
        final ExclusivePublication publication;
        final Optional<Found> log = find(archive);
        checkEnd(log.map(Found::stopPosition).orElse(0L), end);
        if (log.isEmpty()) {
            publication =
                    aeron.addExclusivePublication(
                            config.channel().build(), JournalConfig.STREAM_ID);
            archive.startRecording(SUBSCRIPTION, JournalConfig.STREAM_ID, SourceLocation.LOCAL);
        } else {
            final Found found = log.get();
            final String channel =
                    config.channel()
                            .initialPosition(
                                    found.stopPosition, found.initialTermId, found.termLength)
                            .mtu(found.mtu)
                            .build();
            publication = aeron.addExclusivePublication(channel, JournalConfig.STREAM_ID);
            archive.extendRecording(
                    found.id, SUBSCRIPTION, JournalConfig.STREAM_ID, SourceLocation.LOCAL);
        }
        return await(aeron, archive, publication);
    }

    /** Going on elsewhere would leave a hole in the log, or write over its last frames. */
    private static void checkEnd(final long stopPosition, final long end) {
        if (stopPosition != end) {
            throw new LogDamaged(
                    "the Archive ends the recording at position "
                            + stopPosition
                            + " and its files end at "
                            + end,
                    "nothing was written. Bring the archive folder back from a standby or a backup,"
                            + " its archive.catalog among it");
        }
    }

    /** What the Archive's catalog says of the log. */
    private record Found(long id, long stopPosition, int initialTermId, int termLength, int mtu) {}

    private static Optional<Found> find(final AeronArchive archive) {
        final Found[] found = new Found[1];
        archive.listRecordings(
                0,
                1,
                (controlSession,
                        correlation,
                        id,
                        startTimestamp,
                        stopTimestamp,
                        startPosition,
                        stopPosition,
                        initialTermId,
                        segmentLength,
                        termLength,
                        mtu,
                        session,
                        stream,
                        stripped,
                        original,
                        source) ->
                        found[0] = new Found(id, stopPosition, initialTermId, termLength, mtu));
        return Optional.ofNullable(found[0]);
    }

    /** The counter appears once the Archive has joined the publication. */
    private static Recording await(
            final Aeron aeron, final AeronArchive archive, final ExclusivePublication publication) {
        final CountersReader counters = aeron.countersReader();
        final long deadlineNs = System.nanoTime() + 5 * JournalConfig.TIMEOUT_NS;
        while (true) {
            final int counter =
                    RecordingPos.findCounterIdBySession(
                            counters, publication.sessionId(), archive.archiveId());
            if (counter != CountersReader.NULL_COUNTER_ID && publication.isConnected()) {
                final long id = RecordingPos.getRecordingId(counters, counter);
                return new Recording(publication, counters, counter, id);
            }
            archive.checkForErrorResponse();
            if (System.nanoTime() - deadlineNs > 0) {
                CloseHelper.close(publication);
                throw new IllegalStateException("the Archive did not begin to record");
            }
            Thread.onSpinWait();
        }
    }

    ExclusivePublication publication() {
        return publication;
    }

    /** In the Archive's catalog. */
    long id() {
        return recordingId;
    }

    long recordedPosition() {
        return counters.getCounterValue(counterId);
    }

    /** False once the Archive has stopped: no room, an error, or dead. */
    boolean isActive() {
        return publication.isConnected() && RecordingPos.isActive(counters, counterId, recordingId);
    }

    @Override
    public void close() {
        publication.close();
    }
}
