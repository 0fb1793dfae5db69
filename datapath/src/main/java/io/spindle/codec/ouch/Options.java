package io.spindle.codec.ouch;

import org.agrona.DirectBuffer;

/** The options of one client message, read from its appendage. */
final class Options {
    private int userRefIdx;
    private boolean known;

    /** Reads the elements between two offsets; they are whole. */
    void read(final DirectBuffer buffer, final int offset, final int end) {
        userRefIdx = 0;
        known = true;
        for (int element = offset; element < end; element = Appendage.next(buffer, element)) {
            final int tag = Appendage.tag(buffer, element);
            if (tag == Tag.USER_REF_IDX && Appendage.valueLength(buffer, element) == 1) {
                userRefIdx = buffer.getByte(Appendage.valueOffset(element)) & 0xFF;
            } else {
                known = false;
            }
        }
    }

    /** Which of the session's number series the message belongs to; 0 unless it says so. */
    int userRefIdx() {
        return userRefIdx;
    }

    /** False when an element has a tag or a length that this server does not know. */
    boolean areKnown() {
        return known;
    }
}
