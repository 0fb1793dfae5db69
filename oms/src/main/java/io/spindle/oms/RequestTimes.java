package io.spindle.oms;

/**
 * The client message that the command at work carries, when its sender wants to know how long it
 * took. Scratch of one command, no state: reports name these times only while that command is
 * applied.
 */
public final class RequestTimes {
    private static final int NONE = -1;

    private int session = NONE;
    private int userRefIdx;
    private int userRefNum;
    private long receivedNs;

    RequestTimes() {}

    void clear() {
        session = NONE;
    }

    void want(final OrderRequest request, final long arrivedNs) {
        session = request.session;
        userRefIdx = request.userRefIdx;
        userRefNum = request.userRefNum;
        receivedNs = arrivedNs;
    }

    /** Whether a report about this number answers a message that asked for times. */
    public boolean areWanted(final int ofSession, final int ofUserRefIdx, final int ofUserRefNum) {
        return session == ofSession && userRefNum == ofUserRefNum && userRefIdx == ofUserRefIdx;
    }

    /** Log time at which the card or kernel took the message. */
    public long receivedNs() {
        return receivedNs;
    }
}
