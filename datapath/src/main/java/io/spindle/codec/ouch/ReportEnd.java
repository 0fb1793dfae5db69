package io.spindle.codec.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.oms.RequestTimes;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionDay;

import org.agrona.MutableDirectBuffer;

/**
 * What every report has in common: where it begins in the {@link ReportSink}, and its appendage.
 *
 * <p>An appendage is written where the layout demands one, or when there is something to say: the
 * order's {@code UserRefIdx} unless it is 0, and the times of the message that the report answers,
 * if that asked for them. The time of sending is 0 here; who sends the report first fills it in.
 */
final class ReportEnd {
    private static final int LENGTH_FIELD = Short.BYTES;

    private final ReportSink sink;
    private final SessionDay day;
    private final MutableDirectBuffer buffer;
    private RequestTimes times;
    private int message;
    private int txTime;

    ReportEnd(final ReportSink sink, final SessionDay day) {
        this.sink = sink;
        this.day = day;
        this.buffer = sink.buffer();
    }

    void attach(final RequestTimes requestTimes) {
        times = requestTimes;
    }

    /** Opens a report; returns where to encode it. */
    int begin(final int toSession) {
        message = sink.claim(toSession);
        txTime = 0;
        return message;
    }

    /** Where the elements of a message with this fixed part begin. */
    int elements(final int fixedLength) {
        return message + fixedLength + LENGTH_FIELD;
    }

    /** Ends a message whose layout demands an appendage, be it empty. */
    void demanding(final int fixedLength, final int userRefIdx) {
        final int elements = elements(fixedLength);
        endElements(elements, putUserRefIdx(elements, userRefIdx));
    }

    /** Ends a message that has an appendage only when there is something in it. */
    void allowing(final int fixedLength, final int userRefIdx) {
        if (userRefIdx == 0) {
            sink.commit(fixedLength, txTime);
        } else {
            demanding(fixedLength, userRefIdx);
        }
    }

    /** As {@link #demanding}, for a report that may answer a message that asked for times. */
    void demandingAnswer(
            final int fixedLength, final int session, final int userRefIdx, final int userRefNum) {
        if (times.areWanted(session, userRefIdx, userRefNum)) {
            withTimes(fixedLength, userRefIdx);
        } else {
            demanding(fixedLength, userRefIdx);
        }
    }

    /** As {@link #allowing}, for a report that may answer a message that asked for times. */
    void allowingAnswer(
            final int fixedLength, final int session, final int userRefIdx, final int userRefNum) {
        if (times.areWanted(session, userRefIdx, userRefNum)) {
            withTimes(fixedLength, userRefIdx);
        } else {
            allowing(fixedLength, userRefIdx);
        }
    }

    private void withTimes(final int fixedLength, final int userRefIdx) {
        final int elements = elements(fixedLength);
        final int received =
                Appendage.begin(buffer, putUserRefIdx(elements, userRefIdx), Tag.RX_TIME);
        buffer.putLong(received, day.timestampNs(times.receivedNs()), BIG_ENDIAN);
        final int sent =
                Appendage.begin(buffer, received + Tag.valueLength(Tag.RX_TIME), Tag.TX_TIME);
        buffer.putLong(sent, 0);
        txTime = sent - message;
        endElements(elements, sent + Tag.valueLength(Tag.TX_TIME));
    }

    /** Ends a message with elements that the caller wrote, up to {@code end}. */
    void endElements(final int elements, final int end) {
        buffer.putShort(elements - LENGTH_FIELD, (short) (end - elements), BIG_ENDIAN);
        sink.commit(end - message, txTime);
    }

    int putUserRefIdx(final int offset, final int userRefIdx) {
        if (userRefIdx == 0) {
            return offset;
        }
        final int value = Appendage.begin(buffer, offset, Tag.USER_REF_IDX);
        buffer.putByte(value, (byte) userRefIdx);
        return value + Tag.valueLength(Tag.USER_REF_IDX);
    }
}
