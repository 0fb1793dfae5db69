package io.spindle.nic;

import io.spindle.sys.Libc;
import io.spindle.sys.Region;

/**
 * The kernel's totals of an AF_XDP socket, {@code struct xdp_statistics}:
 *
 * <pre>
 *   0           8                   16                  24              32          40
 *   +-----------+-------------------+-------------------+---------------+-----------+-----------+
 *   | rx_dropped| rx_invalid_descs  | tx_invalid_descs  | rx_ring_full  | fill empty| tx empty  |
 *   +-----------+-------------------+-------------------+---------------+-----------+-----------+
 * </pre>
 *
 * A frame that finds no buffer counts as dropped, and its search as "fill empty".
 */
final class XdpStatistics implements AutoCloseable {
    private static final int SOL_XDP = 283;
    private static final int XDP_STATISTICS = 7;
    private static final int DROPPED_OFFSET = 0;
    private static final int TX_INVALID_OFFSET = 16;
    private static final int RING_FULL_OFFSET = 24;
    private static final int FILL_EMPTY_OFFSET = 32;
    private static final int LENGTH = 48;
    private static final int REGION_LENGTH = 4096;

    private final Libc libc = new Libc();
    private final Region region = Region.allocate(REGION_LENGTH);
    private final NicCounters counters;
    private final int fd;

    private long dropped;
    private long ringFull;
    private long fillEmpty;
    private long invalid;

    /**
     * @param counters takes what is new; may be shared with the sockets of other queues
     */
    XdpStatistics(final int fd, final NicCounters counters) {
        this.fd = fd;
        this.counters = counters;
    }

    void read() {
        region.buffer().putInt(LENGTH, LENGTH);
        final long address = region.address();
        if (libc.getsockopt(fd, SOL_XDP, XDP_STATISTICS, address, address + LENGTH) < 0) {
            return;
        }
        counters.receiveMissed -= dropped + ringFull;
        counters.receiveRingFull -= ringFull;
        counters.receiveNoBuffer -= fillEmpty;
        counters.transmitInvalid -= invalid;
        dropped = region.buffer().getLong(DROPPED_OFFSET);
        ringFull = region.buffer().getLong(RING_FULL_OFFSET);
        fillEmpty = region.buffer().getLong(FILL_EMPTY_OFFSET);
        invalid = region.buffer().getLong(TX_INVALID_OFFSET);
        counters.receiveMissed += dropped + ringFull;
        counters.receiveRingFull += ringFull;
        counters.receiveNoBuffer += fillEmpty;
        counters.transmitInvalid += invalid;
    }

    @Override
    public void close() {
        region.close();
    }
}
