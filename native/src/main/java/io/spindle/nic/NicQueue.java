package io.spindle.nic;

/**
 * One receive queue and one transmit queue of a network interface, as Ethernet frames.
 *
 * <p><i>Called from</i> the loop's thread only. No method blocks, allocates or throws for what a
 * peer sent.
 *
 * <p>Every backend speaks frames, so that one parser, one capture format and one simulator serve
 * them all. A kernel UDP socket hands over payloads, so that backend writes the 42 header bytes in
 * front of each payload itself and takes the addresses of outgoing datagrams from the headers it
 * finds. A UDP payload therefore always starts at byte 42 of a frame (46 behind a VLAN tag).
 *
 * <pre>
 *   poll ──▶ decode in place ──▶ release        claim ──▶ encode in place ──▶ commit ──▶ flush
 * </pre>
 */
public interface NicQueue extends AutoCloseable {
    /** Returned by {@link #claim} when no transmit frame is free; {@link #flush} and try later. */
    long BACK_PRESSURED = -1;

    /** Bytes in front of the UDP payload of an untagged frame: Ethernet 14, IPv4 20, UDP 8. */
    int UDP_PAYLOAD_OFFSET = 42;

    /** Largest frame a backend carries: 1,500 bytes of IP behind 14 of Ethernet. */
    int MAX_FRAME_LENGTH = 1514;

    /**
     * Takes received frames, oldest first, up to the burst's capacity. The frames stay the
     * backend's memory and stay valid until {@link #release}. One burst is out at a time: release
     * it before the next poll. The burst also says whether the queue's end was seen.
     *
     * @return number of frames in the burst, 0 when nothing has arrived
     */
    int poll(RxBurst burst);

    /** Gives all frames of a burst back to the backend and empties the burst. */
    void release(RxBurst burst);

    /**
     * Claims the next transmit frame. At most one claim is open at a time.
     *
     * @return absolute address of {@link #MAX_FRAME_LENGTH} writable bytes, or {@link
     *     #BACK_PRESSURED}
     */
    long claim();

    /**
     * Queues the claimed frame of this many bytes, Ethernet header included, for {@link #flush}. A
     * frame that the backend cannot carry is dropped and counted.
     */
    void commit(int length);

    /** Gives the claimed frame back unsent. */
    void abort();

    /**
     * Rings the doorbell for everything committed and reclaims finished frames.
     *
     * @return frames handed over; fewer than committed means the rest goes with the next flush
     */
    int flush();

    /**
     * True once the interface has been taken away, for good. Nothing arrives or leaves any more;
     * the owner raises an alarm and stops in order. Looked at by the queue itself now and then, so
     * it lags by milliseconds.
     */
    default boolean isGone() {
        return false;
    }

    /** What this queue is, for banners and the management API. */
    NicInfo info();

    /** Running totals, written by the loop's thread, readable by any. */
    NicCounters counters();

    @Override
    void close();
}
