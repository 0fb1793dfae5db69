package io.spindle.journal;

import io.aeron.ChannelUriStringBuilder;

import java.util.concurrent.TimeUnit;

/**
 * Sizes of the recorded stream.
 *
 * @param termLength bytes of an Aeron term buffer
 * @param segmentLength bytes of one file of the recording; whole terms
 * @param frameLength bytes of the largest frame, Aeron's header included
 * @param syncLevel 0: recorded means in the page cache (survives any process); 1: on the disk
 *     (survives power loss)
 * @param lowSpace bytes free on the data volume below which new orders are refused
 */
public record JournalConfig(
        int termLength, int segmentLength, int frameLength, int syncLevel, long lowSpace) {
    public static final int STREAM_ID = 100;

    /** Driver, client and Archive give a dead peer up after this. */
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private static final int MEGABYTE = 1 << 20;

    /** Aeron's largest MTU; a frame of it holds some 500 orders. */
    private static final int LARGEST_FRAME = 65_504;

    public static JournalConfig defaults() {
        return new JournalConfig(16 * MEGABYTE, 128 * MEGABYTE, LARGEST_FRAME, 0, 512L * MEGABYTE);
    }

    /**
     * With synced frames one at a time: of several that are not synced yet a power cut may leave
     * the later and take the earlier, which recovery cannot tell from damage. The next frame fills
     * while the disk is busy, so the pace of syncs does not bound the rate.
     */
    int framesInFlight() {
        return syncLevel == 0 ? RingDrain.IN_FLIGHT : 1;
    }

    public JournalConfig synced() {
        return new JournalConfig(termLength, segmentLength, frameLength, 1, lowSpace);
    }

    public JournalConfig lowSpace(final long bytes) {
        return new JournalConfig(termLength, segmentLength, frameLength, syncLevel, bytes);
    }

    /** The recorded stream's channel; the first publication of a log. */
    ChannelUriStringBuilder channel() {
        return new ChannelUriStringBuilder()
                .media("ipc")
                .termLength(termLength)
                .mtu(frameLength)
                .alias("spindle-log");
    }
}
