package io.spindle.codec.ouch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.wire.*;
import io.spindle.oms.CancelReason;
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
 */
public final class OuchReports implements OrderEvents {
    private final AcceptedEncoder accepted = new AcceptedEncoder();
    private final ReplacedEncoder replaced = new ReplacedEncoder();
    private final ExecutedEncoder executed = new ExecutedEncoder();
    private final CanceledEncoder canceled = new CanceledEncoder();
    private final AiqCanceledEncoder selfTrade = new AiqCanceledEncoder();
    private final ModifiedEncoder modified = new ModifiedEncoder();
    private final RejectedEncoder rejected = new RejectedEncoder();
    private final CancelRejectEncoder cancelReject = new CancelRejectEncoder();
    private final NotAppliedEncoder notApplied = new NotAppliedEncoder();
    private final QueryAnswerEncoder queryAnswer = new QueryAnswerEncoder();
    private final RestatedEncoder restated = new RestatedEncoder();
    private final MassCancelAckEncoder massCancelAck = new MassCancelAckEncoder();
    private final BrokenTradeEncoder brokenTrade = new BrokenTradeEncoder();
    private final EnableAckEncoder entryAck = new EnableAckEncoder();
    private final ReportEnd report;
    private final SessionDay day;
    private final MutableDirectBuffer buffer;
    private TradingEngine engine;
    private OrderTable orders;

    public OuchReports(final ReportSink sink, final SessionDay day) {
        this.report = new ReportEnd(sink, day);
        this.day = day;
        this.buffer = sink.buffer();
    }

    /** The engine whose events these are; it is made after its listeners. */
    public void attach(final TradingEngine newEngine) {
        engine = newEngine;
        orders = newEngine.orders();
        report.attach(newEngine.requestTimes());
    }

    @Override
    public void onAccepted(final int order) {
        accepted.wrap(buffer, report.begin(orders.session(order)))
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
        endOrder(AcceptedEncoder.BLOCK_LENGTH, order);
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        replaced.wrap(buffer, report.begin(orders.session(order)))
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
        endOrder(ReplacedEncoder.BLOCK_LENGTH, order);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        executed.wrap(buffer, report.begin(orders.session(order)))
                .messageType(MessageType.EXECUTED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .quantity(quantity)
                .price(price)
                .liquidity((byte) (maker ? 'A' : 'R'))
                .matchNumber(matchNumber);
        endOrder(ExecutedEncoder.BLOCK_LENGTH, order);
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        canceled.wrap(buffer, report.begin(orders.session(order)))
                .messageType(MessageType.CANCELED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .quantity(quantity)
                .reason((byte) reason);
        report.allowingAnswer(
                CanceledEncoder.BLOCK_LENGTH,
                orders.session(order),
                orders.userRefIdx(order),
                orders.userRefNum(order));
    }

    /** Nasdaq calls self-trade prevention anti-internalisation: AIQ. */
    @Override
    public void onSelfTradePrevented(
            final int order,
            final long quantity,
            final long prevented,
            final long price,
            final boolean maker) {
        selfTrade
                .wrap(buffer, report.begin(orders.session(order)))
                .messageType(MessageType.AIQ_CANCELED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .quantity(quantity)
                .reason((byte) CancelReason.SELF_MATCH)
                .quantityPrevented(prevented)
                .price(price)
                .liquidity((byte) (maker ? 'A' : 'R'))
                .strategy((byte) orders.options().selfTradePrevention(order));
        report.allowingAnswer(
                AiqCanceledEncoder.BLOCK_LENGTH,
                orders.session(order),
                orders.userRefIdx(order),
                orders.userRefNum(order));
    }

    @Override
    public void onModified(final int order) {
        modified.wrap(buffer, report.begin(orders.session(order)))
                .messageType(MessageType.MODIFIED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .side((byte) orders.side(order))
                .quantity(orders.leaves(order));
        report.allowing(ModifiedEncoder.BLOCK_LENGTH, orders.userRefIdx(order));
    }

    @Override
    public void onRejected(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        rejected.wrap(buffer, report.begin(toSession))
                .messageType(MessageType.REJECTED)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .reason(reason);
        ClOrdId.put(rejected.clOrdId(), clOrdIdHigh, clOrdIdLow);
        report.allowingAnswer(RejectedEncoder.BLOCK_LENGTH, toSession, userRefIdx, userRefNum);
    }

    @Override
    public void onCancelRejected(
            final int toSession, final int userRefIdx, final int userRefNum, final int detail) {
        cancelReject
                .wrap(buffer, report.begin(toSession))
                .messageType(MessageType.CANCEL_REJECT)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum));
        final int elements = report.elements(CancelRejectEncoder.BLOCK_LENGTH);
        final int value = Appendage.begin(buffer, elements, Tag.DETAIL);
        buffer.putShort(value, (short) detail, BIG_ENDIAN);
        report.endElements(
                elements, report.putUserRefIdx(value + Tag.valueLength(Tag.DETAIL), userRefIdx));
    }

    @Override
    public void onNotApplied(
            final int toSession, final int userRefIdx, final int first, final int count) {
        notApplied
                .wrap(buffer, report.begin(toSession))
                .messageType(MessageType.NOT_APPLIED)
                .timestampNs(timestampNs())
                .first(unsigned(first))
                .count(unsigned(count));
        report.demanding(NotAppliedEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onNextUserRefNum(final int toSession, final int userRefIdx, final int next) {
        queryAnswer
                .wrap(buffer, report.begin(toSession))
                .messageType(MessageType.QUERY_ANSWER)
                .timestampNs(timestampNs())
                .nextUserRefNum(unsigned(next));
        report.allowing(QueryAnswerEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onRestated(final int order, final int reason) {
        restated.wrap(buffer, report.begin(orders.session(order)))
                .messageType(MessageType.RESTATED)
                .timestampNs(timestampNs())
                .userRefNum(number(order))
                .reason((byte) reason);
        final int elements = report.elements(RestatedEncoder.BLOCK_LENGTH);
        int end = elements;
        if (reason == RestateReason.REFRESH) {
            end = Appendage.begin(buffer, end, Tag.SECONDARY_ORDER_REFERENCE);
            buffer.putLong(end, orders.orderReference(order), BIG_ENDIAN);
            end += Tag.valueLength(Tag.SECONDARY_ORDER_REFERENCE);
            end = Appendage.begin(buffer, end, Tag.DISPLAY_QUANTITY);
            buffer.putInt(end, (int) orders.shown(order), BIG_ENDIAN);
            end += Tag.valueLength(Tag.DISPLAY_QUANTITY);
        }
        report.endElements(elements, report.putUserRefIdx(end, orders.userRefIdx(order)));
    }

    @Override
    public void onMassCancel(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final long symbol) {
        massCancelAck
                .wrap(buffer, report.begin(toSession))
                .messageType(MessageType.MASS_CANCEL_ACK)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .firm(firm)
                .symbol(symbol);
        report.demanding(MassCancelAckEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onEntrySet(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final int firm,
            final boolean enabled) {
        entryAck.wrap(buffer, report.begin(toSession))
                .messageType(enabled ? MessageType.ENABLE_ACK : MessageType.DISABLE_ACK)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .firm(firm);
        report.demanding(EnableAckEncoder.BLOCK_LENGTH, userRefIdx);
    }

    @Override
    public void onTradeBroken(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final long matchNumber,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        brokenTrade
                .wrap(buffer, report.begin(toSession))
                .messageType(MessageType.BROKEN_TRADE)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .matchNumber(matchNumber)
                .reason((byte) reason);
        ClOrdId.put(brokenTrade.clOrdId(), clOrdIdHigh, clOrdIdLow);
        report.allowing(BrokenTradeEncoder.BLOCK_LENGTH, userRefIdx);
    }

    /** To a client the new trade is one more execution of its order. */
    @Override
    public void onTradeCorrected(
            final int toSession,
            final int userRefIdx,
            final int userRefNum,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        executed.wrap(buffer, report.begin(toSession))
                .messageType(MessageType.EXECUTED)
                .timestampNs(timestampNs())
                .userRefNum(unsigned(userRefNum))
                .quantity(quantity)
                .price(price)
                .liquidity((byte) (maker ? 'A' : 'R'))
                .matchNumber(matchNumber);
        report.demanding(ExecutedEncoder.BLOCK_LENGTH, userRefIdx);
    }

    private void endOrder(final int fixedLength, final int order) {
        report.demandingAnswer(
                fixedLength,
                orders.session(order),
                orders.userRefIdx(order),
                orders.userRefNum(order));
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
