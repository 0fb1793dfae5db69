package io.spindle.loop;

/** Frames that were not for order entry. One writer, the loop. */
final class NetCounters {
    long otherProtocol;
    long malformed;
    long otherPort;
}
