package io.spindle.perf.member;

import io.spindle.codec.ouch.MessageType;

import org.HdrHistogram.Histogram;

/** What members sent and what came back. Written by one thread. */
public final class Tally {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final long[] reports = new long[128];
    private final Histogram roundTripNs = new Histogram(LONGEST_NS, DIGITS);
    private long messages;

    void sent() {
        messages++;
    }

    void report(final byte type) {
        reports[type & 0x7F]++;
    }

    void roundTrip(final long ns) {
        roundTripNs.recordValue(Math.min(ns, LONGEST_NS));
    }

    /** Orders, replaces and cancels sent; repetitions are not counted. */
    public long messages() {
        return messages;
    }

    /** Orders and changes that the venue took. */
    public long acks() {
        return count(MessageType.ACCEPTED)
                + count(MessageType.REPLACED)
                + count(MessageType.CANCELED);
    }

    /** Legs of trades; every trade has two. */
    public long fills() {
        return count(MessageType.EXECUTED);
    }

    public long rejects() {
        return count(MessageType.REJECTED);
    }

    /** Cancels that met no open order: it was filled before. */
    public long lateCancels() {
        return count(MessageType.CANCEL_REJECT);
    }

    /** From the intended time of sending an order to the arrival of its first answer. */
    public Histogram roundTripNs() {
        return roundTripNs;
    }

    private long count(final byte type) {
        return reports[type];
    }
}
