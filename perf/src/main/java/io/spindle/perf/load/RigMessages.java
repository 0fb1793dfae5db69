package io.spindle.perf.load;

import io.spindle.client.ClientSession;
import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.Tag;
import io.spindle.codec.ouch.wire.CancelEncoder;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.codec.ouch.wire.QueryEncoder;
import io.spindle.oms.Ascii;

import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the rig's messages into a session, without allocating. */
final class RigMessages {
    private static final int MAX_LENGTH = 64;
    private static final byte[] NO_OPTIONS = {};
    private static final byte[] WANT_TIMES = {2, (byte) Tag.WANT_TIMES, 1};

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final EnterEncoder enter = new EnterEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final QueryEncoder query = new QueryEncoder();
    private final ClientSession session;
    private final long symbol;
    private final byte[] options;

    /**
     * @param timed true to ask of every order when it came and when its answer left
     */
    RigMessages(final ClientSession session, final String symbol, final boolean timed) {
        this.session = session;
        options = timed ? WANT_TIMES : NO_OPTIONS;
        this.symbol = Ascii.pack(symbol);
    }

    void enter(
            final long number,
            final char side,
            final long quantity,
            final long price,
            final char timeInForce,
            final long nowNs) {
        enter.wrap(buffer, 0)
                .messageType(MessageType.ENTER)
                .userRefNum(number)
                .side((byte) side)
                .quantity(quantity)
                .symbol(symbol)
                .price(price)
                .timeInForce((byte) timeInForce)
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
        ClOrdId.put(enter.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        enter.putAppendage(options, 0, options.length);
        session.pack(buffer, 0, enter.encodedLength(), nowNs);
    }

    void cancel(final long number, final long nowNs) {
        cancel.wrap(buffer, 0).messageType(MessageType.CANCEL).userRefNum(number).quantity(0);
        session.pack(buffer, 0, CancelEncoder.BLOCK_LENGTH, nowNs);
    }

    /** Asks which number comes next. */
    void query(final long nowNs) {
        query.wrap(buffer, 0).messageType(MessageType.QUERY);
        session.pack(buffer, 0, QueryEncoder.BLOCK_LENGTH, nowNs);
    }
}
