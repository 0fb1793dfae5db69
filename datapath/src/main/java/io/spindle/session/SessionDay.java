package io.spindle.session;

import io.spindle.codec.SessionId;

import org.agrona.DirectBuffer;

/**
 * The trading day of the session layer: session id, and the midnight that timestamps count from.
 */
public final class SessionDay {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long BLANK_HEAD = 0x2020_2020_2020_2020L;
    private static final short BLANK_TAIL = 0x2020;

    private long head = SessionId.head(0);
    private short tail = SessionId.tail(0);
    private long midnightNs;

    /** A new day or epoch begins; {@code date} is yyyymmdd. */
    public void start(final int date, final int epoch) {
        head = SessionId.head(date);
        tail = SessionId.tail(epoch);
        midnightNs = epochDay(date / 10_000, date / 100 % 100, date % 100) * DAY_NS;
    }

    /** First eight characters of the session id. */
    public long head() {
        return head;
    }

    /** Last two characters of the session id. */
    public short tail() {
        return tail;
    }

    /** Whether the session id at this place asks for this day: it is the same, or blank. */
    public boolean isMeant(final DirectBuffer buffer, final int offset) {
        final long askedHead = SessionId.head(buffer, offset);
        final short askedTail = SessionId.tail(buffer, offset);
        return askedHead == head && askedTail == tail
                || askedHead == BLANK_HEAD && askedTail == BLANK_TAIL;
    }

    /** Wire timestamp of a time since the Unix epoch: ns since UTC midnight of the trading day. */
    public long timestampNs(final long timeNs) {
        return timeNs - midnightNs;
    }

    /** Days since 1970-01-01 of a Gregorian date: years begin in March, so leap days come last. */
    static long epochDay(final int year, final int month, final int dayOfMonth) {
        final int marchYear = month <= 2 ? year - 1 : year;
        final int marchMonth = month <= 2 ? month + 9 : month - 3;
        final int dayOfYear = (153 * marchMonth + 2) / 5 + dayOfMonth - 1;
        final int leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
        return 365L * marchYear + leapDays + dayOfYear - 719_468;
    }
}
