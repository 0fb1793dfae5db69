package io.spindle.nic;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.spindle.sys.Errno;
import io.spindle.sys.Libc;
import io.spindle.sys.Region;
import io.spindle.sys.SystemCallException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An AF_XDP socket bound to one hardware queue, with its frame memory (UMEM) and rings. The
 * constants are those of {@code linux/if_xdp.h}.
 */
@Cold
final class XdpSocket implements AutoCloseable {
    static final int FRAME_LENGTH = 2048;

    private static final int AF_XDP = 44;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SOL_XDP = 283;
    private static final int XDP_MMAP_OFFSETS = 1;
    private static final int XDP_RX_RING = 2;
    private static final int XDP_TX_RING = 3;
    private static final int XDP_UMEM_REG = 4;
    private static final int XDP_UMEM_FILL_RING = 5;
    private static final int XDP_UMEM_COMPLETION_RING = 6;
    private static final int XDP_OPTIONS = 8;
    private static final int XDP_MAX_TX_SKB_BUDGET = 9;
    private static final long RX_PAGES = 0;
    private static final long TX_PAGES = 0x8000_0000L;
    private static final long FILL_PAGES = 0x1_0000_0000L;
    private static final long COMPLETION_PAGES = 0x1_8000_0000L;
    private static final short USE_NEED_WAKEUP = 8;
    private static final int OPTION_ZERO_COPY = 1;
    private static final int SO_BUSY_POLL = 46;
    private static final int SO_PREFER_BUSY_POLL = 69;
    private static final int SO_BUSY_POLL_BUDGET = 70;
    private static final int BUSY_POLL_BUDGET = 64;
    private static final int RING_LAYOUT_LENGTH = 32;
    private static final long REBIND_PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long REBIND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Libc libc = new Libc();
    private final int fd;
    private final int ringFrames;
    private Region umem;
    private XdpRing received;
    private XdpRing fill;
    private XdpRing sent;
    private XdpRing completed;

    /**
     * @param ringFrames entries of each ring; the UMEM holds twice as many frames
     */
    XdpSocket(final int ringFrames) {
        this.ringFrames = ringFrames;
        fd = SystemCallException.check("socket AF_XDP", libc.socket(AF_XDP, SOCK_RAW_CLOEXEC, 0));
        try {
            umem = Region.allocateHuge(2 * ringFrames * FRAME_LENGTH);
            register();
            mapRings();
        } catch (final RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void register() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment registration = arena.allocate(32, 8);
            registration.set(JAVA_LONG, 0, umem.address());
            registration.set(JAVA_LONG, 8, umem.length());
            registration.set(JAVA_INT, 16, FRAME_LENGTH);
            check("register the UMEM", set(SOL_XDP, XDP_UMEM_REG, registration));
        }
        size(XDP_UMEM_FILL_RING);
        size(XDP_UMEM_COMPLETION_RING);
        size(XDP_RX_RING);
        size(XDP_TX_RING);
        set(XDP_MAX_TX_SKB_BUDGET, ringFrames);
    }

    private void size(final int ring) {
        check("size an AF_XDP ring", set(ring, ringFrames));
    }

    private void mapRings() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment offsets = arena.allocate(4 * RING_LAYOUT_LENGTH, 8);
            get(XDP_MMAP_OFFSETS, offsets, arena);
            received = ring(offsets, 0, RX_PAGES, XdpRing.DESCRIPTOR_LENGTH);
            sent = ring(offsets, 1, TX_PAGES, XdpRing.DESCRIPTOR_LENGTH);
            fill = ring(offsets, 2, FILL_PAGES, XdpRing.ADDRESS_LENGTH);
            completed = ring(offsets, 3, COMPLETION_PAGES, XdpRing.ADDRESS_LENGTH);
        }
    }

    private XdpRing ring(
            final MemorySegment offsets, final int which, final long pages, final int entryLength) {
        final long at = (long) which * RING_LAYOUT_LENGTH;
        final XdpRing.Layout layout =
                new XdpRing.Layout(
                        (int) offsets.get(JAVA_LONG, at),
                        (int) offsets.get(JAVA_LONG, at + 8),
                        (int) offsets.get(JAVA_LONG, at + 16),
                        (int) offsets.get(JAVA_LONG, at + 24));
        final int length = layout.entries() + ringFrames * entryLength;
        return new XdpRing(Region.share(fd, pages, length), layout, entryLength, ringFrames);
    }

    /** Lets an empty poll run the driver's receive path; worth it on real cards only. */
    boolean preferBusyPoll(final int micros) {
        return set(SOL_SOCKET, SO_PREFER_BUSY_POLL, 1) == 0
                && set(SOL_SOCKET, SO_BUSY_POLL, micros) == 0
                && set(SOL_SOCKET, SO_BUSY_POLL_BUDGET, BUSY_POLL_BUDGET) == 0;
    }

    /**
     * Binds to a queue, zero-copy where the driver can. A queue whose last owner has just died
     * stays busy for some milliseconds, so EBUSY is waited out. The kernel shall say when it wants
     * waking, which it can since Linux 5.4.
     */
    void bind(final int interfaceIndex, final int queue) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment name = arena.allocate(16, 8);
            name.set(JAVA_SHORT, 0, (short) AF_XDP);
            name.set(JAVA_SHORT, 2, USE_NEED_WAKEUP);
            name.set(JAVA_INT, 4, interfaceIndex);
            name.set(JAVA_INT, 8, queue);
            final long deadlineNs = System.nanoTime() + REBIND_PATIENCE_NS;
            int result = libc.bind(fd, name.address(), (int) name.byteSize());
            while (result == -Errno.EBUSY && System.nanoTime() - deadlineNs < 0) {
                LockSupport.parkNanos(REBIND_PAUSE_NS);
                result = libc.bind(fd, name.address(), (int) name.byteSize());
            }
            check("bind AF_XDP to queue " + queue, result);
        }
    }

    boolean zeroCopy() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment options = arena.allocate(4, 8);
            get(XDP_OPTIONS, options, arena);
            return (options.get(JAVA_INT, 0) & OPTION_ZERO_COPY) != 0;
        }
    }

    int fd() {
        return fd;
    }

    Region umem() {
        return umem;
    }

    /** For the queue; closed with this socket. */
    XdpMemory memory() {
        return new XdpMemory(fd, umem, received, fill, sent, completed);
    }

    private int set(final int option, final int value) {
        return set(SOL_XDP, option, value);
    }

    private int set(final int level, final int option, final int value) {
        try (Arena arena = Arena.ofConfined()) {
            return set(level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    private int set(final int level, final int option, final MemorySegment value) {
        return libc.setsockopt(fd, level, option, value.address(), (int) value.byteSize());
    }

    private void get(final int option, final MemorySegment value, final Arena arena) {
        final MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
        check(
                "read AF_XDP option " + option,
                libc.getsockopt(fd, SOL_XDP, option, value.address(), length.address()));
    }

    private static void check(final String call, final int result) {
        SystemCallException.check(call, result);
    }

    /** Unmaps the rings too: while one is mapped, nobody else can bind to the queue. */
    @Override
    public void close() {
        libc.close(fd);
        Stream.of(received, fill, sent, completed).filter(Objects::nonNull).forEach(XdpRing::close);
        if (umem != null) {
            umem.close();
        }
    }
}
