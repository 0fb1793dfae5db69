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
    private boolean drained = true;

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

    /**
     * True when the backend saw the end of its queue while it filled this burst: nothing was left
     * behind it. The number of frames does not say so, for a backend may hand out fewer than it has
     * room for, or than it took: one that was damaged, or too long, is not in the burst.
     */
    public boolean isDrained() {
        return drained;
    }

    /** Says whether the end was seen. Called by backends in every poll. */
    public void drained(final boolean endSeen) {
        drained = endSeen;
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
