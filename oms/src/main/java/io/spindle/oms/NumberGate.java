package io.spindle.oms;

/**
 * The rule of UserRefNum: strictly increasing for each session and index. A number not above the
 * last is ignored; a gap is reported before the answer to the higher number.
 */
final class NumberGate {
    private final SessionTable sessions;
    private final Emitter emitter;

    NumberGate(final Tables tables, final Emitter emitter) {
        this.sessions = tables.sessions;
        this.emitter = emitter;
    }

    /** Whether the number is new; unsigned. */
    boolean isNew(final int session, final int userRefIdx, final int userRefNum) {
        return sessions.isDefined(session)
                && Integer.compareUnsigned(userRefNum, sessions.lastUserRefNum(session, userRefIdx))
                        > 0;
    }

    /** Takes a new number, reporting those that it jumped over. */
    void consume(final int session, final int userRefIdx, final int userRefNum) {
        final int expected = sessions.lastUserRefNum(session, userRefIdx) + 1;
        sessions.lastUserRefNum(session, userRefIdx, userRefNum);
        if (userRefNum != expected) {
            emitter.notApplied(session, userRefIdx, expected, userRefNum - expected);
        }
    }
}
