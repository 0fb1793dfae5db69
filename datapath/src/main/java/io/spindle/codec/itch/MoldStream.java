package io.spindle.codec.itch;

import io.spindle.codec.SessionId;

/**
 * One day's sequenced messages and the name they go by: between the encoder, which appends, and the
 * lines, which send.
 *
 * <p><i>Called from</i> the thread of the feed that owns it.
 */
public final class MoldStream {
    private final MessageRing messages;

    private long sessionHead = SessionId.head(0);
    private short sessionTail = SessionId.tail(0);
    private long previousHead = sessionHead;
    private short previousTail = sessionTail;
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
        previousHead = sessionHead;
        previousTail = sessionTail;
        previousNextSequence = messages.nextSequence();
        resume(date, epoch, 1);
    }

    /** Takes up a session at a sequence that a snapshot remembers. */
    public void resume(final int date, final int epoch, final long nextSequence) {
        sessionHead = SessionId.head(date);
        sessionTail = SessionId.tail(epoch);
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
        return sessionHead;
    }

    public short sessionTail() {
        return sessionTail;
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
