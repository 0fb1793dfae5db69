package io.spindle.sys;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * A network interface as the kernel describes it to the calling thread, whose network namespace
 * decides which there are.
 *
 * @param name kernel name
 * @param index kernel number
 * @param mac Ethernet address in the low 48 bits, 0 when it has none
 * @param mtu largest IP datagram
 * @param driver kernel driver, "-" when unknown
 * @param receiveQueues hardware queues that frames may arrive on
 */
public record NetworkDevice(
        String name, int index, long mac, int mtu, String driver, int receiveQueues) {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCETHTOOL = 0x8946;
    private static final long SIOCGHWTSTAMP = 0x89b1;
    private static final int STAMP_CONFIG_LENGTH = 12;
    private static final long RECEIVE_FILTER_OFFSET = 8;
    private static final int STAMP_ALL = 1;
    static final int ETHTOOL_GDRVINFO = 3;
    static final int DRIVER_INFO_LENGTH = 196;
    private static final int IFREQ_LENGTH = 40;
    private static final int IFREQ_DATA_OFFSET = 16;

    public static Optional<NetworkDevice> find(final String name) {
        try {
            final NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new NetworkDevice(
                            name,
                            found.getIndex(),
                            mac(found.getHardwareAddress()),
                            found.getMTU(),
                            driver(name),
                            receiveQueues(name)));
        } catch (final SocketException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long mac(final byte[] bytes) {
        long mac = 0;
        if (bytes != null) {
            for (final byte octet : bytes) {
                mac = mac << 8 | Byte.toUnsignedLong(octet);
            }
        }
        return mac;
    }

    /** {@code struct ethtool_drvinfo}: command, driver name, … */
    private static String driver(final String name) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment info = arena.allocate(DRIVER_INFO_LENGTH, 8);
            info.set(ValueLayout.JAVA_INT, 0, ETHTOOL_GDRVINFO);
            return ethtool(name, info) < 0 ? "-" : info.getString(Integer.BYTES);
        }
    }

    private static int receiveQueues(final String name) {
        return Math.max(1, queues(name, "rx") + queues(name, "combined"));
    }

    private static int queues(final String name, final String kind) {
        return Ethtool.read(name, "channels", kind).map(Integer::parseInt).orElse(0);
    }

    /**
     * True when the card has been told to stamp every frame it receives: {@code struct
     * hwtstamp_config} of flags, transmit type, receive filter.
     */
    public boolean stampsAll() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment config = arena.allocate(STAMP_CONFIG_LENGTH, 8);
            return request(name, SIOCGHWTSTAMP, config) == 0
                    && config.get(ValueLayout.JAVA_INT, RECEIVE_FILTER_OFFSET) == STAMP_ALL;
        }
    }

    /** The command's answer replaces it; a negated errno, or what the kernel returns. */
    static int ethtool(final String name, final MemorySegment command) {
        return request(name, SIOCETHTOOL, command);
    }

    /** {@code ioctl} about an interface; a negated errno, or what the kernel returns. */
    private static int request(final String name, final long code, final MemorySegment data) {
        final Libc libc = new Libc();
        final int fd = libc.socket(AF_INET, SOCK_DGRAM, 0);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment request = arena.allocate(IFREQ_LENGTH, 8);
            request.setString(0, name);
            request.set(ValueLayout.JAVA_LONG, IFREQ_DATA_OFFSET, data.address());
            return libc.ioctl(fd, code, request.address());
        } finally {
            libc.close(fd);
        }
    }
}
