package io.spindle.sim;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.nic.Ipv4;
import io.spindle.nic.NicCounters;
import io.spindle.nic.NicInfo;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.sys.Region;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** A queue on a {@link SimNetwork}: two rings of frames in memory. */
final class SimQueue implements NicQueue {
    private static final int FRAME_LENGTH = 2048;
    private static final int ETHER_TYPE_OFFSET = 12;
    private static final int PROTOCOL_OFFSET = 23;
    private static final int DESTINATION_OFFSET = 30;
    private static final int DESTINATION_PORT_OFFSET = 36;
    private static final int MULTICAST_MASK = 0xF000_0000;
    private static final int MULTICAST = 0xE000_0000;

    private final NicCounters counters = new NicCounters();
    private final SimNetwork network;
    private final NicInfo info;
    private final Region region;
    private final UnsafeBuffer memory;
    private final int ringFrames;
    private final int[] receivedLengths;
    private final long[] receivedNs;
    private long receivedHead;
    private long receivedTail;
    private int polled;
    private final int[] sentLengths;
    private int sentCount;

    SimQueue(final SimNetwork network, final int address, final int port, final int ringFrames) {
        this.network = network;
        this.ringFrames = ringFrames;
        region = Region.allocate(2 * ringFrames * FRAME_LENGTH);
        memory = region.buffer();
        receivedLengths = new int[ringFrames];
        receivedNs = new long[ringFrames];
        sentLengths = new int[ringFrames];
        final long mac = 0x0200_0000_0000L | Integer.toUnsignedLong(address);
        info =
                new NicInfo(
                        "sim",
                        "memory",
                        Ipv4.text(address) + ":" + port,
                        "-",
                        0,
                        ringFrames,
                        ringFrames,
                        mac,
                        address,
                        port,
                        "virtual",
                        "simulation");
    }

    /** Takes a frame off the wire when it is for this queue; {@code arrivedNs} is its stamp. */
    void offer(final byte[] frame, final long arrivedNs) {
        if (!isOurs(ByteBuffer.wrap(frame))) {
            return;
        }
        if (receivedTail - receivedHead == ringFrames) {
            counters.receiveMissed++;
            return;
        }
        final int slot = (int) (receivedTail++ % ringFrames);
        memory.putBytes(slot * FRAME_LENGTH, frame);
        receivedLengths[slot] = frame.length;
        receivedNs[slot] = arrivedNs;
    }

    private boolean isOurs(final ByteBuffer frame) {
        if (frame.limit() < UDP_PAYLOAD_OFFSET
                || frame.getShort(ETHER_TYPE_OFFSET) != 0x0800
                || frame.get(PROTOCOL_OFFSET) != 17) {
            return false;
        }
        final int destination = frame.getInt(DESTINATION_OFFSET);
        return frame.getShort(DESTINATION_PORT_OFFSET) == (short) info.port()
                && (destination == info.address() || (destination & MULTICAST_MASK) == MULTICAST);
    }

    @Override
    public int poll(final RxBurst burst) {
        network.deliver();
        final int waiting = (int) (receivedTail - receivedHead);
        polled = Math.min(waiting, burst.capacity());
        burst.drained(polled == waiting);
        for (int i = 0; i < polled; i++) {
            final int slot = (int) ((receivedHead + i) % ringFrames);
            final long address = region.address() + slot * FRAME_LENGTH;
            burst.add(address, receivedLengths[slot], slot, receivedNs[slot]);
        }
        counters.framesReceived += polled;
        return polled;
    }

    @Override
    public void release(final RxBurst burst) {
        receivedHead += polled;
        polled = 0;
        burst.clear();
    }

    @Override
    public long claim() {
        if (sentCount == ringFrames) {
            counters.transmitBackPressure++;
            return BACK_PRESSURED;
        }
        return region.address() + sentOffset(sentCount);
    }

    @Override
    public void commit(final int length) {
        if (length > MAX_FRAME_LENGTH
                || memory.getShort(sentOffset(sentCount) + ETHER_TYPE_OFFSET, BIG_ENDIAN)
                        != 0x0800) {
            counters.transmitErrors++;
            return;
        }
        sentLengths[sentCount++] = length;
    }

    @Override
    public void abort() {
        // The claim was not recorded: the next one names the same frame.
    }

    @Override
    public int flush() {
        final int flushed = sentCount;
        for (int i = 0; i < flushed; i++) {
            final byte[] frame = new byte[sentLengths[i]];
            memory.getBytes(sentOffset(i), frame);
            network.inject(frame);
        }
        sentCount = 0;
        counters.framesSent += flushed;
        return flushed;
    }

    private int sentOffset(final int index) {
        return (ringFrames + index) * FRAME_LENGTH;
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
        network.detach(this);
        region.close();
    }
}
