package io.spindle.attest;

import io.spindle.log.CommandLog;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;
import io.spindle.loop.AttestedQueue;
import io.spindle.nic.NicQueue;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running attestation: the thread that joins the loop's notes of its turns with the log's stamps
 * of arrival and writes them down.
 */
public final class Attestation implements AutoCloseable {
    private static final int RING_BYTES = 4 << 20;
    private static final int TURNS_PER_READ = 1024;
    private static final int COMMANDS_PER_READ = 4096;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SEAL_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final OneToOneRingBuffer notes =
            new OneToOneRingBuffer(
                    new UnsafeBuffer(
                            ByteBuffer.allocateDirect(
                                    RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    private final Arrival arrival = new Arrival();
    private final RingFile logFile;
    private final AttestationWriter writer;
    private final Thread thread;
    private RingReader log;
    private long firstSequence;
    private long inNs;
    private long outNs;
    private long sentNs;
    private volatile boolean running = true;

    private Attestation(final DataFolder data, final Path folder, final String stampClock)
            throws IOException {
        logFile = RingFile.open(data.logRing());
        log = logFile.reader();
        writer = new AttestationWriter(folder, stampClock);
        thread = Thread.ofPlatform().name("attestation").daemon().unstarted(this::run);
    }

    /**
     * Wraps a queue so that every order that comes by it is attested in a new file of this folder;
     * closing it seals the file.
     *
     * @param clock log time
     */
    public static NicQueue of(
            final NicQueue queue,
            final CommandLog log,
            final NanoClock clock,
            final DataFolder data,
            final Path folder)
            throws IOException {
        final Attestation attestation = new Attestation(data, folder, queue.info().timestamps());
        attestation.thread.start();
        return new AttestedQueue(queue, log, clock, attestation.notes, attestation);
    }

    private void run() {
        long sealDueNs = System.nanoTime() + SEAL_INTERVAL_NS;
        while (running) {
            if (notes.read(this::onTurn, TURNS_PER_READ) == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            if (System.nanoTime() - sealDueNs >= 0) {
                sealDueNs += SEAL_INTERVAL_NS;
                seal();
            }
        }
        // A read that meets the padding at the ring's end returns 0 with notes left behind it.
        while (notes.size() > 0) {
            notes.read(this::onTurn, TURNS_PER_READ);
        }
    }

    private void seal() {
        try {
            writer.seal();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void onTurn(
            final int type, final MutableDirectBuffer note, final int at, final int length) {
        firstSequence = note.getLong(at + AttestedQueue.FIRST_OFFSET);
        inNs = note.getLong(at + AttestedQueue.IN_OFFSET);
        outNs = note.getLong(at + AttestedQueue.OUT_OFFSET);
        sentNs = note.getLong(at + AttestedQueue.SENT_OFFSET);
        writer.lost(note.getLong(at + AttestedQueue.LOST_OFFSET));
        final long last = note.getLong(at + AttestedQueue.LAST_OFFSET);
        // A log that went round since the last look has overwritten what this would read.
        if (log.backlog() > log.capacity() / 2) {
            log = logFile.reader();
        }
        while (log.sequence() < last
                && log.poll(
                                this::onCommand,
                                (int) Math.min(COMMANDS_PER_READ, last - log.sequence()))
                        > 0) {
            continue;
        }
    }

    private void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final long arrivedNs = arrival.of(buffer, offset, timeNs);
        if (sequence >= firstSequence && arrivedNs != Arrival.NONE) {
            writer.order(sequence, arrivedNs, inNs, outNs, sentNs);
        }
    }

    /** Writes what is left and seals it. */
    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        logFile.close();
    }
}
