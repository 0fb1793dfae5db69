package io.spindle.nic;

import io.spindle.sys.Region;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One of the four rings that an AF_XDP socket shares with the kernel (Linux:
 * Documentation/networking/af_xdp.rst). The indices are free-running 32-bit counts, masked on use.
 *
 * <pre>
 *   producer ─ counts entries written        receive and transmit entry    fill and completion
 *   consumer ─ counts entries taken          0          8      12    16    0          8
 *   flags    ─ 1 = the kernel wants waking   +----------+------+-----+     +----------+
 *   entries  ─ a power of two of them        | address  | len  | opt |     | address  |
 *                                            +----------+------+-----+     +----------+
 * </pre>
 *
 * One side writes entries and then stores the producer index with release; the other loads it with
 * acquire, reads entries, then stores the consumer index with release. Addresses count from the
 * start of the UMEM.
 */
final class XdpRing implements AutoCloseable {
    static final int DESCRIPTOR_LENGTH = 16;
    static final int ADDRESS_LENGTH = 8;
    private static final int DESCRIPTOR_SIZE_OFFSET = 8;
    private static final int DESCRIPTOR_OPTIONS_OFFSET = 12;
    private static final int NEED_WAKEUP = 1;

    /** Where the parts of a ring lie in its mapping, as XDP_MMAP_OFFSETS says. */
    record Layout(int producer, int consumer, int entries, int flags) {}

    private final Region region;
    private final UnsafeBuffer memory;
    private final int producerOffset;
    private final int consumerOffset;
    private final int flagsOffset;
    private final int entriesOffset;
    private final int entryLength;
    private final int mask;
    private final int size;

    /** Our own side's index: consumer of receive and completion, producer of fill and transmit. */
    private int index;

    XdpRing(final Region region, final Layout layout, final int entryLength, final int size) {
        this.region = region;
        this.entryLength = entryLength;
        this.size = size;
        memory = region.buffer();
        producerOffset = layout.producer();
        consumerOffset = layout.consumer();
        flagsOffset = layout.flags();
        entriesOffset = layout.entries();
        mask = size - 1;
    }

    /** Entries that the kernel has produced and we have not taken. */
    int filled() {
        return memory.getIntAcquire(producerOffset) - index;
    }

    /** Entries that we have produced and the kernel has not taken. */
    int pending() {
        return index - memory.getIntAcquire(consumerOffset);
    }

    /** Entries that we may still produce. */
    int free() {
        return size - pending();
    }

    /** Address in entry {@code ahead} of those not yet taken or produced. */
    long address(final int ahead) {
        return memory.getLong(entry(ahead));
    }

    int length(final int ahead) {
        return memory.getInt(entry(ahead) + DESCRIPTOR_SIZE_OFFSET);
    }

    void address(final int ahead, final long address) {
        memory.putLong(entry(ahead), address);
    }

    void descriptor(final int ahead, final long address, final int length) {
        final int entry = entry(ahead);
        memory.putLong(entry, address);
        memory.putInt(entry + DESCRIPTOR_SIZE_OFFSET, length);
        memory.putInt(entry + DESCRIPTOR_OPTIONS_OFFSET, 0);
    }

    private int entry(final int ahead) {
        return entriesOffset + (index + ahead & mask) * entryLength;
    }

    /** Gives taken entries back to the kernel. */
    void consume(final int count) {
        index += count;
        memory.putIntRelease(consumerOffset, index);
    }

    /** Shows written entries to the kernel. */
    void produce(final int count) {
        index += count;
        memory.putIntRelease(producerOffset, index);
    }

    boolean needsWakeup() {
        return (memory.getIntOpaque(flagsOffset) & NEED_WAKEUP) != 0;
    }

    int size() {
        return size;
    }

    @Override
    public void close() {
        region.close();
    }
}
