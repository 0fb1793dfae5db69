package io.spindle.codec.itch;

import io.spindle.session.SessionDay;

/**
 * One day's sequenced messages and the name they go by: between the encoder, which appends, and the
 * lines, which send.
 *
 * <p><i>Called from</i> the thread of the feed that owns it.
 */
public final class MoldStream {
    private final MessageRing messages;

    private final SessionDay day = new SessionDay();
    private long previousHead = day.head();
    private short previousTail = day.tail();
    private long previousNextSequence = 1;
    private int sessions;
    private boolean ended;

    public MoldStream(final MessageRing messages) {
        this.messages = messages;
    }

    public MessageRing messages() {
        return messages;
    }

    /** Begins a new session at sequence 1; {@code date} is yyyymmdd. */
    public void startDay(final int date, final int epoch) {
        previousHead = day.head();
        previousTail = day.tail();
        previousNextSequence = messages.nextSequence();
        resume(date, epoch, 1);
    }

    /** Takes up a session at a sequence that a snapshot remembers. */
    public void resume(final int date, final int epoch, final long nextSequence) {
        day.start(date, epoch);
        ended = false;
        sessions++;
        messages.restart(nextSequence);
    }

    /** No message will follow in this session. */
    public void end() {
        ended = true;
    }

    public boolean ended() {
        return ended;
    }

    /** Sessions begun so far; 0 = nothing to send yet. */
    public int sessions() {
        return sessions;
    }

    public long sessionHead() {
        return day.head();
    }

    public short sessionTail() {
        return day.tail();
    }

    /** Wire timestamp of a time since the Unix epoch: ns since UTC midnight of the trading day. */
    public long timestampNs(final long timeNs) {
        return day.timestampNs(timeNs);
    }

    public long previousHead() {
        return previousHead;
    }

    public short previousTail() {
        return previousTail;
    }

    /** One past the last message of the session before this one. */
    public long previousNextSequence() {
        return previousNextSequence;
    }
}
