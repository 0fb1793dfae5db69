package io.spindle.capture;

import io.spindle.capture.CapturedFrame.Direction;
import io.spindle.nic.CaptureTee;
import io.spindle.nic.NicCounters;
import io.spindle.nic.NicQueue;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A capture that runs: a ring, and the thread that empties it into a file. */
public final class Capture implements AutoCloseable {
    private static final int RING_BYTES = 8 << 20;
    private static final int MESSAGES_PER_TURN = 1024;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OneToOneRingBuffer ring;
    private final CaptureWriter writer;
    private final NicCounters counters;
    private final Thread thread;
    private volatile boolean running = true;

    private Capture(final CaptureWriter writer, final NicCounters counters, final int ringBytes) {
        this.writer = writer;
        this.counters = counters;
        ring =
                new OneToOneRingBuffer(
                        new UnsafeBuffer(
                                ByteBuffer.allocateDirect(
                                        ringBytes + RingBufferDescriptor.TRAILER_LENGTH)));
        thread = Thread.ofPlatform().name("capture").daemon().unstarted(this::run);
    }

    /** Wraps a queue so that its frames also go to a pcapng file; closing it ends the file. */
    public static NicQueue tee(final NicQueue queue, final Path file) throws IOException {
        return tee(queue, file, new OffsetEpochNanoClock(), RING_BYTES);
    }

    static NicQueue tee(
            final NicQueue queue, final Path file, final EpochNanoClock clock, final int ringBytes)
            throws IOException {
        final CaptureWriter writer = new CaptureWriter(file, queue.info().interfaceName());
        final Capture capture = new Capture(writer, queue.counters(), ringBytes);
        capture.thread.start();
        return new CaptureTee(queue, capture.ring, clock, capture);
    }

    private void run() {
        while (running) {
            if (ring.read(this::onMessage, MESSAGES_PER_TURN) == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    private void onMessage(
            final int direction,
            final MutableDirectBuffer buffer,
            final int offset,
            final int length) {
        try {
            writer.write(
                    buffer.getLong(offset),
                    direction == CaptureTee.SENT ? Direction.SENT : Direction.RECEIVED,
                    buffer,
                    offset + CaptureTee.FRAME_OFFSET,
                    length - CaptureTee.FRAME_OFFSET);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes what is left and the number of frames that are missing. */
    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // A read that meets the padding at the ring's end returns 0 with frames left behind it.
        while (ring.size() > 0) {
            ring.read(this::onMessage, MESSAGES_PER_TURN);
            writer.flush();
        }
        writer.writeDropped(counters.captureDropped);
        writer.close();
    }
}
