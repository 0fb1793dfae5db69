package io.spindle.codec.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.wire.*;
import io.spindle.oms.OrderEvents;
import io.spindle.oms.OrderTable;
import io.spindle.oms.RestateReason;
import io.spindle.oms.TradingEngine;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionDay;

import org.agrona.MutableDirectBuffer;

/**
 * Writes the engine's events as OUCH reports into a {@link ReportSink}: one message for each event,
 * so that a session's numbers are the engine's {@code nextOutboundSequence}.
 *
 * <p>An appendage is written where the layout demands one, or when there is something to say: the
 * order's {@code UserRefIdx} unless it is 0, and the detail of a refused cancel.
 */
public final class OuchReports implements OrderEvents {
    private static final int LENGTH_FIELD = Short.BYTES;

    private final AcceptedEncoder accepted = new AcceptedEncoder();
    private final ReplacedEncoder replaced = new ReplacedEncoder();
    private final ExecutedEncoder executed = new ExecutedEncoder();
    private final CanceledEncoder canceled = new CanceledEncoder();
    private final ModifiedEncoder modified = new ModifiedEncoder();
    private final RejectedEncoder rejected = new RejectedEncoder();
    private final CancelRejectEncoder cancelReject = new CancelRejectEncoder();
    private final NotAppliedEncoder notApplied = new NotAppliedEncoder();
    private final QueryAnswerEncoder queryAnswer = new QueryAnswerEncoder();
    private final RestatedEncoder restated = new RestatedEncoder();
    private final MassCancelAckEncoder massCancelAck = new MassCancelAckEncoder();
    private final EnableAckEncoder entryAck = new EnableAckEncoder();
    private final ReportSink sink;
    private final SessionDay day;
    private final MutableDirectBuffer buffer;
    private TradingEngine engine;
    private OrderTable orders;
    private int message;

    public OuchReports(final ReportSink sink, final SessionDay day) {
        this.sink = sink;
        this.day = day;
        this.buffer = sink.buffer();
    }

    /** The engine whose events these are; it is made after its listeners. */
    public void attach(final TradingEngine newEngine) {
        engine = newEngine;
        orders = newEngine.orders();
    }

    @Override
    public void onAccepted(final int order) {
        accepted.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.ACCEPTED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .side((byte) orders.side(order))
                .quantity(orders.quantity(order))
                .symbol(orders.symbol(order))
                .price(orders.price(order))
                .timeInForce((byte) orders.timeInForce(order))
                .display((byte) orders.display(order))
                .orderReference(orders.orderReference(order))
                .capacity((byte) orders.capacity(order))
                .interMarketSweep((byte) orders.interMarketSweep(order))
                .crossType((byte) orders.crossType(order))
                .state((byte) 'L');
        ClOrdId.put(accepted.clOrdId(), orders.clOrdIdHigh(order), orders.clOrdIdLow(order));
        endDemanding(AcceptedEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        replaced.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.REPLACED)
                .timestampNs(timestampNs())
                .originalUserRefNum(unsigned(originalUserRefNum))
                .userRefNum(number(order))
                .side((byte) orders.side(order))
                .quantity(orders.leaves(order))
                .symbol(orders.symbol(order))
                .price(orders.price(order))
                .timeInForce((byte) orders.timeInForce(order))
                .display((byte) orders.display(order))
                .orderReference(orders.orderReference(order))
                .capacity((byte) orders.capacity(order))
                .interMarketSweep((byte) orders.interMarketSweep(order))
                .crossType((byte) orders.crossType(order))
                .state((byte) 'L');
        ClOrdId.put(replaced.clOrdId(), orders.clOrdIdHigh(order), orders.clOrdIdLow(order));
        endDemanding(ReplacedEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        executed.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.EXECUTED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .quantity(quantity)
                .price(price)
                .liquidity((byte) (maker ? 'A' : 'R'))
                .matchNumber(matchNumber);
        endDemanding(ExecutedEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        canceled.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.CANCELED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .quantity(quantity)
                .reason((byte) reason);
        endAllowing(CanceledEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onModified(final int order) {
        modified.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.MODIFIED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .side((byte) orders.side(order))
                .quantity(orders.leaves(order));
        endAllowing(ModifiedEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onRejected(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        rejected.wrap(buffer, begin(toSession))
                .messageType(MessageType.REJECTED)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .reason(reason);
        ClOrdId.put(rejected.clOrdId(), clOrdIdHigh, clOrdIdLow);
        endAllowing(RejectedEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onCancelRejected(
            final int toSession, final int userRefIdx, final int userRefNum, final int detail) {
        cancelReject
                .wrap(buffer, begin(toSession))
                .messageType(MessageType.CANCEL_REJECT)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum));
        final int elements = message + CancelRejectEncoder.BLOCK_LENGTH + LENGTH_FIELD;
        final int value = Appendage.begin(buffer, elements, Tag.DETAIL);
        buffer.putShort(value, (short) detail, BIG_ENDIAN);
        endElements(elements, putUserRefIdx(value + Tag.valueLength(Tag.DETAIL), userRefIdx));
    }

    @Override
    public void onNotApplied(
            final int toSession, final int userRefIdx, final int first, final int count) {
        notApplied
                .wrap(buffer, begin(toSession))
                .messageType(MessageType.NOT_APPLIED)
                .timestampNs(timestampNs())
                .first(unsigned(first))
                .count(unsigned(count));
        endDemanding(NotAppliedEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onNextUserRefNum(final int toSession, final int userRefIdx, final int next) {
        queryAnswer
                .wrap(buffer, begin(toSession))
                .messageType(MessageType.QUERY_ANSWER)
                .timestampNs(timestampNs())
                .nextUserRefNum(unsigned(next));
        endAllowing(QueryAnswerEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onRestated(final int order, final int reason) {
        restated.wrap(buffer, begin(orders.session(order)))
                .messageType(MessageType.RESTATED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .reason((byte) reason);
        final int elements = message + RestatedEncoder.BLOCK_LENGTH + LENGTH_FIELD;
        int end = elements;
        if (reason == RestateReason.REFRESH) {
            end = Appendage.begin(buffer, end, Tag.SECONDARY_ORDER_REFERENCE);
            buffer.putLong(end, orders.orderReference(order), BIG_ENDIAN);
            end += Tag.valueLength(Tag.SECONDARY_ORDER_REFERENCE);
            end = Appendage.begin(buffer, end, Tag.DISPLAY_QUANTITY);
            buffer.putInt(end, (int) orders.shown(order), BIG_ENDIAN);
            end += Tag.valueLength(Tag.DISPLAY_QUANTITY);
        }
        endElements(elements, putUserRefIdx(end, orders.userRefIdx(order)));
    }

    @Override
    public void onMassCancel(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        massCancelAck
                .wrap(buffer, begin(toSession))
                .messageType(MessageType.MASS_CANCEL_ACK)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .firm(firm)
                .symbol(symbol);
        endDemanding(MassCancelAckEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onEntrySet(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        entryAck.wrap(buffer, begin(toSession))
                .messageType(enabled ? MessageType.ENABLE_ACK : MessageType.DISABLE_ACK)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .firm(firm);
        endDemanding(EnableAckEncoder.BLOCK_LENGTH, userRefIdx);
    }

    private int begin(final int toSession) {
        message = sink.claim(toSession);
        return message;
    }

    /** Ends a message whose layout demands an appendage, be it empty. */
    private void endDemanding(final int fixedLength, final int userRefIdx) {
        final int elements = message + fixedLength + LENGTH_FIELD;
        endElements(elements, putUserRefIdx(elements, userRefIdx));
    }

    /** Ends a message that has an appendage only when there is something in it. */
    private void endAllowing(final int fixedLength, final int userRefIdx) {
        if (userRefIdx == 0) {
            end(fixedLength);
        } else {
            endDemanding(fixedLength, userRefIdx);
        }
    }

    private int putUserRefIdx(final int offset, final int userRefIdx) {
        if (userRefIdx == 0) {
            return offset;
        }
        final int value = Appendage.begin(buffer, offset, Tag.USER_REF_IDX);
        buffer.putByte(value, (byte) userRefIdx);
        return value + Tag.valueLength(Tag.USER_REF_IDX);
    }

    private void endElements(final int elements, final int end) {
        buffer.putShort(elements - LENGTH_FIELD, (short) (end - elements), BIG_ENDIAN);
        end(end - message);
    }

    private void end(final int length) {
        sink.commit(length);
    }

    /** Log time of the command whose event this is, as the wire has it. */
    private long timestampNs() {
        return day.timestampNs(engine.timeNs());
    }

    private long number(final int order) {
        return unsigned(orders.userRefNum(order));
    }

    private static long unsigned(final int number) {
        return number & 0xFFFF_FFFFL;
    }
}
