package io.spindle.nic;

/**
 * Received frames of one {@link NicQueue#poll}: parallel arrays, reused for ever.
 *
 * <p><i>Called from</i> the loop's thread only. The addresses are borrowed until {@link
 * NicQueue#release}.
 */
public final class RxBurst {
    private final long[] addresses;
    private final int[] lengths;
    private final long[] tokens;
    private final long[] timestampsNs;
    private int count;

    public RxBurst(final int capacity) {
        addresses = new long[capacity];
        lengths = new int[capacity];
        tokens = new long[capacity];
        timestampsNs = new long[capacity];
    }

    public int capacity() {
        return addresses.length;
    }

    public int count() {
        return count;
    }

    /** Absolute address of the Ethernet header of frame {@code index}. */
    public long address(final int index) {
        return addresses[index];
    }

    /** Bytes in frame {@code index}, Ethernet header included, frame check sequence excluded. */
    public int length(final int index) {
        return lengths[index];
    }

    /**
     * Arrival in ns since the Unix epoch or of the monotonic clock, as {@link NicInfo} says; 0 =
     * none.
     */
    public long timestampNs(final int index) {
        return timestampsNs[index];
    }

    /** The backend's own name for the buffer behind frame {@code index}. */
    public long token(final int index) {
        return tokens[index];
    }

    /** Appends a frame. Called by backends; the caller has checked the capacity. */
    public void add(
            final long address, final int length, final long token, final long timestampNs) {
        final int index = count++;
        addresses[index] = address;
        lengths[index] = length;
        tokens[index] = token;
        timestampsNs[index] = timestampNs;
    }

    /** Forgets the frames. Called by backends at the end of {@link NicQueue#release}. */
    public void clear() {
        count = 0;
    }
}
