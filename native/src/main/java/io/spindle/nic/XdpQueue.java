package io.spindle.nic;

import io.spindle.sys.Errno;
import io.spindle.sys.Libc;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames straight out of and into the memory that an AF_XDP socket shares with the kernel, or with
 * the card where its driver does zero-copy.
 *
 * <pre>
 *   fill ring ──▶ kernel ──▶ receive ring ──▶ poll … release ──▶ fill ring         ringFrames frames
 *   free stack ──▶ claim … commit ──▶ transmit ring ──▶ kernel ──▶ completion ring ──▶ free stack
 *                                                                                  ringFrames frames
 * </pre>
 *
 * Each half has as many frames as its rings have entries, so neither can run out under the other,
 * and no ring can overflow. A free-running kernel needs no call to receive; every transmit needs
 * one, made once a flush.
 */
final class XdpQueue implements NicQueue {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int STAMP_LENGTH = 8;
    private static final int FRAME_MASK = XdpSocket.FRAME_LENGTH - 1;

    /** Between looks at the interface's health; a power of two less one. */
    private static final int POLLS_PER_PROBE_MASK = (1 << 16) - 1;

    /** Kicks that may fail to move a frame before the rest is left to the next flush. */
    private static final int FRUITLESS_KICKS = 64;

    private final Libc libc = new Libc();
    private final NicCounters counters;
    private final XdpStatistics statistics;
    private final NicInfo info;
    private final int fd;
    private final long umem;
    private final UnsafeBuffer frames;
    private final boolean stamped;
    private final boolean busyPolled;

    private final XdpRing received;
    private final XdpRing fill;
    private int polls;
    private boolean gone;

    private final XdpRing sent;
    private final XdpRing completed;
    private final int[] freeFrames;
    private int freeCount;
    private int committed;

    /** Offered and not taken when last looked at: the kernel may take them at any time. */
    private int untaken;

    /**
     * @param counters may be shared with other queues of the same thread
     */
    XdpQueue(
            final XdpMemory memory,
            final NicCounters counters,
            final NicConfig config,
            final NicInfo info) {
        this.counters = counters;
        this.info = info;
        fd = memory.fd();
        umem = memory.umem().address();
        frames = memory.umem().buffer();
        stamped = config.timestamps();
        busyPolled = config.busyPollMicros() > 0;
        received = memory.received();
        fill = memory.fill();
        sent = memory.sent();
        completed = memory.completed();
        statistics = new XdpStatistics(fd, counters);
        freeFrames = new int[sent.size()];
        for (int i = 0; i < fill.size(); i++) {
            fill.address(i, (long) i * XdpSocket.FRAME_LENGTH);
        }
        fill.produce(fill.size());
        for (int i = 0; i < freeFrames.length; i++) {
            freeFrames[freeCount++] = (fill.size() + i) * XdpSocket.FRAME_LENGTH;
        }
    }

    @Override
    public int poll(final RxBurst burst) {
        if ((++polls & POLLS_PER_PROBE_MASK) == 0) {
            probe();
        }
        final int filled = received.filled();
        final int count = Math.min(filled, burst.capacity());
        burst.drained(count == filled);
        if (count == 0) {
            if (busyPolled || fill.needsWakeup()) {
                libc.wake(fd, MSG_DONTWAIT);
            }
            return 0;
        }
        for (int i = 0; i < count; i++) {
            final long offset = received.address(i);
            burst.add(
                    umem + offset,
                    received.length(i),
                    offset,
                    stamped ? frames.getLong((int) offset - STAMP_LENGTH) : 0);
        }
        received.consume(count);
        counters.framesReceived += count;
        return count;
    }

    @Override
    public void release(final RxBurst burst) {
        final int count = burst.count();
        for (int i = 0; i < count; i++) {
            fill.address(i, burst.token(i) & ~FRAME_MASK);
        }
        if (count > 0) {
            fill.produce(count);
        }
        burst.clear();
    }

    @Override
    public long claim() {
        if (freeCount == 0 && reclaim() == 0) {
            counters.transmitBackPressure++;
            return BACK_PRESSURED;
        }
        return umem + freeFrames[freeCount - 1];
    }

    @Override
    public void commit(final int length) {
        if (length > MAX_FRAME_LENGTH) {
            counters.transmitErrors++;
            return;
        }
        sent.descriptor(committed++, freeFrames[--freeCount], length);
    }

    @Override
    public void abort() {
        // The claim was not recorded: the next one names the same frame.
    }

    @Override
    public int flush() {
        if (committed == 0 && untaken == 0) {
            return 0;
        }
        final int offered = untaken + committed;
        sent.produce(committed);
        committed = 0;
        kickUntilTaken();
        reclaim();
        untaken = sent.pending();
        final int taken = offered - untaken;
        counters.framesSent += taken;
        return taken;
    }

    /** One kick moves a bounded number of frames; the kernel says EAGAIN when some are left. */
    private void kickUntilTaken() {
        int fruitless = 0;
        int pending = sent.pending();
        while (pending > 0 && fruitless < FRUITLESS_KICKS) {
            if (!sent.needsWakeup()) {
                return;
            }
            final int result = libc.kick(fd, MSG_DONTWAIT);
            if (result == -Errno.ENXIO || result == -Errno.ENETDOWN) {
                lost(result);
                return;
            }
            final int left = sent.pending();
            fruitless = left < pending ? 0 : fruitless + 1;
            pending = left;
            if (result == -Errno.ENOBUFS || result == -Errno.EBUSY) {
                reclaim();
            }
        }
    }

    private int reclaim() {
        final int count = completed.filled();
        for (int i = 0; i < count; i++) {
            freeFrames[freeCount++] = (int) completed.address(i) & ~FRAME_MASK;
        }
        if (count > 0) {
            completed.consume(count);
        }
        return count;
    }

    /** A kick of nothing costs a system call and tells whether the interface is still there. */
    private void probe() {
        final int result = libc.kick(fd, MSG_DONTWAIT);
        if (result == -Errno.ENXIO || result == -Errno.ENETDOWN) {
            lost(result);
        }
        statistics.read();
    }

    private void lost(final int result) {
        counters.interfaceDown++;
        gone |= result == -Errno.ENXIO;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public NicInfo info() {
        return info;
    }

    @Override
    public NicCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        statistics.close();
    }
}
