package io.spindle.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A non-blocking IPv4 UDP socket of the kernel, or of whatever library stands in front of it.
 * Set-up only: the datagrams go through {@link Libc} with {@link #fd}.
 */
public final class UdpSocket implements AutoCloseable {
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int SOL_IP = 0;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_TIMESTAMPING = 37;
    private static final int SO_BUSY_POLL = 46;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int TIMESTAMP_RX_SOFTWARE = 1 << 3 | 1 << 4;

    private final Libc libc = new Libc();
    private final int fd;
    private boolean open = true;

    /**
     * @param address IPv4 address in host order, 0 for any
     * @throws SystemCallException when the address or port cannot be had
     */
    public UdpSocket(final int address, final int port) {
        fd = check("socket", libc.socket(SockaddrIn.AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment name = arena.allocate(SockaddrIn.LENGTH, 8);
            SockaddrIn.write(name, address, port);
            check("bind", libc.bind(fd, name.address(), SockaddrIn.LENGTH));
        } catch (final RuntimeException failure) {
            libc.close(fd);
            throw failure;
        }
    }

    public int fd() {
        return fd;
    }

    /** The port the kernel bound, which matters when it was asked for any. */
    public int port() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment name = arena.allocate(SockaddrIn.LENGTH, 8);
            final MemorySegment length = arena.allocateFrom(JAVA_INT, SockaddrIn.LENGTH);
            check("getsockname", libc.getsockname(fd, name.address(), length.address()));
            return SockaddrIn.port(name);
        }
    }

    /** Asks for room and returns what the kernel says it gave, usable bytes. */
    public int receiveBuffer(final int bytes) {
        return buffer(SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    }

    public int sendBuffer(final int bytes) {
        return buffer(SO_SNDBUFFORCE, SO_SNDBUF, bytes);
    }

    /** The kernel doubles what it is asked for, to cover its own overhead; halved again here. */
    private int buffer(final int forced, final int plain, final int bytes) {
        if (set(SOL_SOCKET, forced, bytes) < 0) {
            check("set socket buffer", set(SOL_SOCKET, plain, bytes));
        }
        return get(SOL_SOCKET, plain) / 2;
    }

    /** Multicast leaves by the interface that has this address, and comes back to this machine. */
    public void multicastFrom(final int address, final int timeToLive) {
        check("IP_MULTICAST_IF", set(SOL_IP, IP_MULTICAST_IF, Integer.reverseBytes(address)));
        check("IP_MULTICAST_TTL", set(SOL_IP, IP_MULTICAST_TTL, timeToLive));
        check("IP_MULTICAST_LOOP", set(SOL_IP, IP_MULTICAST_LOOP, 1));
    }

    /** Microseconds for which an empty receive asks the driver; 0 or a negated errno. */
    public int busyPoll(final int micros) {
        return set(SOL_SOCKET, SO_BUSY_POLL, micros);
    }

    /** The kernel's arrival stamps in a control message of each datagram. */
    public void stampArrivals() {
        check("SO_TIMESTAMPING", set(SOL_SOCKET, SO_TIMESTAMPING, TIMESTAMP_RX_SOFTWARE));
    }

    private int set(final int level, final int name, final int value) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment word = arena.allocateFrom(JAVA_INT, value);
            return libc.setsockopt(fd, level, name, word.address(), 4);
        }
    }

    private int get(final int level, final int name) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment word = arena.allocateFrom(JAVA_INT, 0);
            final MemorySegment length = arena.allocateFrom(JAVA_INT, 4);
            check("getsockopt", libc.getsockopt(fd, level, name, word.address(), length.address()));
            return word.get(JAVA_INT, 0);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            libc.close(fd);
        }
    }

    private static int check(final String call, final int result) {
        return SystemCallException.check(call, result);
    }
}
