package io.spindle.capture;

/**
 * A frame out of a capture.
 *
 * @param timeNs ns since the Unix epoch
 * @param direction which way it went
 * @param bytes from the Ethernet header on
 */
public record CapturedFrame(long timeNs, Direction direction, byte[] bytes) {
    /** Which way a frame went, seen from the machine that captured it. */
    public enum Direction {
        UNKNOWN,
        RECEIVED,
        SENT
    }
}
