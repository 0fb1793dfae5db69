package io.spindle.client;

import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageShape;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.*;
import io.spindle.oms.Ascii;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A firm's orders over an unreliable wire. Numbers orders, sends again what is not answered, enters
 * anew what the server reports as never applied, and follows every order to its end.
 *
 * <p>Three rules make each order happen exactly once. A message not answered is repeated byte for
 * byte: the server ignores a number it has used. A number that a NotApplied names was never used
 * and never will be: the order is entered again under a fresh one. The answers themselves are
 * sequenced, so {@link ClientSession} loses none.
 */
public final class OrderDesk {
    /** Doubled with every repetition up to the limit, so that a slow server is not drowned. */
    private static final long RESEND_NS = 20_000_000L;

    private static final long MAX_RESEND_NS = 1_000_000_000L;
    private static final int RESENDS_PER_POLL = 32;

    private final MessageShape shape = MessageShape.fromServer();
    private final EnterEncoder enter = new EnterEncoder();
    private final ReplaceEncoder replace = new ReplaceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final QueryEncoder query = new QueryEncoder();
    private final AcceptedDecoder accepted = new AcceptedDecoder();
    private final ReplacedDecoder replaced = new ReplacedDecoder();
    private final ExecutedDecoder executed = new ExecutedDecoder();
    private final CanceledDecoder canceled = new CanceledDecoder();
    private final RejectedDecoder rejected = new RejectedDecoder();
    private final CancelRejectDecoder cancelRejected = new CancelRejectDecoder();
    private final NotAppliedDecoder notApplied = new NotAppliedDecoder();
    private final QueryAnswerDecoder queryAnswer = new QueryAnswerDecoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[64]);

    private final Long2ObjectHashMap<ClientOrder> orders = new Long2ObjectHashMap<>();
    private final Map<Long, ClientOrder> unanswered = new LinkedHashMap<>();
    private final ArrayDeque<ClientOrder> cancels = new ArrayDeque<>();
    private final ClientSession session;
    private final Consumer<ClientOrder> onChange;
    private long nextNumber = 1;
    private boolean numberKnown;
    private long nowNs;

    /**
     * @param onChange told after every change of an order
     */
    public OrderDesk(final ClientSession session, final Consumer<ClientOrder> onChange) {
        this.session = session;
        this.onChange = onChange;
    }

    /** Asks the server which number comes next; for a client that kept nothing. */
    public void queryNextNumber(final long timeNs) {
        query.wrap(scratch, 0).messageType(MessageType.QUERY);
        session.pack(scratch, 0, QueryEncoder.BLOCK_LENGTH, timeNs);
    }

    /** True once the server has answered {@link #queryNextNumber}. */
    public boolean isNumberKnown() {
        return numberKnown;
    }

    /** Orders sent and not answered. */
    public int unanswered() {
        return unanswered.size();
    }

    /** Cancels and cuts sent and not answered. */
    public int cancelling() {
        return cancels.size();
    }

    /** Enters an order; price in wire units, side B, S or T. */
    public ClientOrder enter(
            final char side,
            final String symbol,
            final long quantity,
            final long price,
            final char timeInForce,
            final String clOrdId,
            final long timeNs) {
        final ClientOrder order = new ClientOrder();
        order.leaves = quantity;
        enter.wrap(order.message, 0)
                .messageType(MessageType.ENTER)
                .side((byte) side)
                .quantity(quantity)
                .symbol(Ascii.pack(symbol))
                .price(price)
                .timeInForce((byte) timeInForce)
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
        ClOrdId.put(enter.clOrdId(), Ascii.pack(clOrdId), Ascii.pack(clOrdId, Long.BYTES));
        enter.putAppendage(scratch, 0, 0);
        order.messageLength = enter.encodedLength();
        sendNew(order, timeNs);
        return order;
    }

    /** Gives an open order a new total quantity and price; it loses its place in the queue. */
    public void replace(
            final ClientOrder order, final long quantity, final long price, final long timeNs) {
        if (order.status != ClientOrder.Status.LIVE || order.pendingNumber != 0) {
            throw new IllegalStateException("order " + order.userRefNum + " cannot be replaced");
        }
        replace.wrap(order.message, 0)
                .messageType(MessageType.REPLACE)
                .originalUserRefNum(order.userRefNum)
                .quantity(quantity)
                .price(price)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .interMarketSweep((byte) 'N');
        ClOrdId.put(replace.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        replace.putAppendage(scratch, 0, 0);
        order.messageLength = replace.encodedLength();
        sendNew(order, timeNs);
    }

    /** Cuts an order down to a total quantity, what is executed included; 0 cancels it. */
    public void cancel(final ClientOrder order, final long total, final long timeNs) {
        order.cancelTo = total;
        order.cancelPatienceNs = RESEND_NS;
        cancels.add(order);
        sendCancel(order, timeNs);
    }

    /** Sends again what time has shown to be lost. */
    public void poll(final long timeNs) {
        if (!session.isUp()) {
            return;
        }
        int sent = 0;
        for (final ClientOrder order : unanswered.values()) {
            if (timeNs - order.sentNs < order.patienceNs || sent++ == RESENDS_PER_POLL) {
                break;
            }
            order.patienceNs = Math.min(2 * order.patienceNs, MAX_RESEND_NS);
            send(order, timeNs);
        }
        for (int i = cancels.size(); i > 0; i--) {
            final ClientOrder order = cancels.poll();
            if (order.cancelTo >= 0 && !order.status.isFinal()) {
                cancels.add(order);
                if (timeNs - order.cancelSentNs >= order.cancelPatienceNs) {
                    order.cancelPatienceNs = Math.min(2 * order.cancelPatienceNs, MAX_RESEND_NS);
                    sendCancel(order, timeNs);
                }
            }
        }
        session.flush(timeNs);
    }

    private void sendNew(final ClientOrder order, final long timeNs) {
        order.pendingNumber = nextNumber++;
        order.patienceNs = RESEND_NS;
        unanswered.put(order.pendingNumber, order);
        orders.put(order.pendingNumber, order);
        send(order, timeNs);
    }

    private void send(final ClientOrder order, final long timeNs) {
        order.sentNs = timeNs;
        if (order.message.getByte(0) == MessageType.ENTER) {
            enter.wrap(order.message, 0).userRefNum(order.pendingNumber);
        } else {
            replace.wrap(order.message, 0).userRefNum(order.pendingNumber);
        }
        session.pack(order.message, 0, order.messageLength, timeNs);
    }

    private void sendCancel(final ClientOrder order, final long timeNs) {
        order.cancelSentNs = timeNs;
        cancel.wrap(scratch, 0)
                .messageType(MessageType.CANCEL)
                .userRefNum(order.userRefNum == 0 ? order.pendingNumber : order.userRefNum)
                .quantity(order.cancelTo);
        session.pack(scratch, 0, CancelEncoder.BLOCK_LENGTH, timeNs);
    }

    /** Takes the next report of the session. */
    public void onReport(
            final DirectBuffer buffer, final int offset, final int length, final long timeNs) {
        nowNs = timeNs;
        if (!shape.isWhole(buffer, offset, length)) {
            return;
        }
        switch (buffer.getByte(offset)) {
            case MessageType.ACCEPTED -> {
                accepted.wrap(buffer, offset, AcceptedDecoder.BLOCK_LENGTH, 0);
                onAccepted();
            }
            case MessageType.REPLACED -> {
                replaced.wrap(buffer, offset, ReplacedDecoder.BLOCK_LENGTH, 0);
                onReplaced();
            }
            case MessageType.EXECUTED -> {
                executed.wrap(buffer, offset, ExecutedDecoder.BLOCK_LENGTH, 0);
                onExecuted();
            }
            // D begins as C does.
            case MessageType.CANCELED, MessageType.AIQ_CANCELED -> {
                canceled.wrap(buffer, offset, CanceledDecoder.BLOCK_LENGTH, 0);
                onCanceled();
            }
            case MessageType.REJECTED -> {
                rejected.wrap(buffer, offset, RejectedDecoder.BLOCK_LENGTH, 0);
                onRejected();
            }
            case MessageType.CANCEL_REJECT -> {
                cancelRejected.wrap(buffer, offset, CancelRejectDecoder.BLOCK_LENGTH, 0);
                onCancelRejected();
            }
            case MessageType.NOT_APPLIED -> {
                notApplied.wrap(buffer, offset, NotAppliedDecoder.BLOCK_LENGTH, 0);
                onNotApplied();
            }
            case MessageType.QUERY_ANSWER -> {
                queryAnswer.wrap(buffer, offset, QueryAnswerDecoder.BLOCK_LENGTH, 0);
                nextNumber = Math.max(nextNumber, queryAnswer.nextUserRefNum());
                numberKnown = true;
            }
            default -> {}
        }
    }

    private void onAccepted() {
        final ClientOrder order = orders.get(accepted.userRefNum());
        if (order != null) {
            answered(order, accepted.userRefNum());
            order.status = ClientOrder.Status.LIVE;
            order.orderReference = accepted.orderReference();
            onChange.accept(order);
        }
    }

    private void onReplaced() {
        final ClientOrder order = orders.get(replaced.userRefNum());
        if (order != null) {
            orders.remove(replaced.originalUserRefNum());
            answered(order, replaced.userRefNum());
            order.leaves = replaced.quantity();
            order.orderReference = replaced.orderReference();
            onChange.accept(order);
        }
    }

    private void onExecuted() {
        final ClientOrder order = orders.get(executed.userRefNum());
        if (order != null) {
            order.executed += executed.quantity();
            order.executedValue += executed.quantity() * executed.price();
            order.leaves -= executed.quantity();
            closeIfDone(order, ClientOrder.Status.FILLED);
        }
    }

    private void onCanceled() {
        final ClientOrder order = orders.get(canceled.userRefNum());
        if (order != null) {
            order.leaves -= canceled.quantity();
            order.reason = canceled.reason();
            order.cancelTo = -1;
            closeIfDone(order, ClientOrder.Status.CANCELED);
        }
    }

    private void onRejected() {
        final ClientOrder order = unanswered.remove(rejected.userRefNum());
        if (order != null) {
            order.reason = rejected.reason();
            order.pendingNumber = 0;
            orders.remove(rejected.userRefNum());
            if (order.userRefNum == 0) {
                order.status = ClientOrder.Status.REJECTED;
                order.leaves = 0;
            }
            onChange.accept(order);
        }
    }

    private void onCancelRejected() {
        final ClientOrder order = orders.get(cancelRejected.userRefNum());
        if (order != null && order.status != ClientOrder.Status.SENT) {
            order.cancelTo = -1;
        }
    }

    /** Looks at what waits for an answer, not at every number: a server may name billions. */
    private void onNotApplied() {
        final long first = notApplied.first();
        final long end = first + notApplied.count();
        for (final long number : List.copyOf(unanswered.keySet())) {
            if (number >= first && number < end) {
                orders.remove(number);
                sendNew(unanswered.remove(number), nowNs);
            }
        }
    }

    private void answered(final ClientOrder order, final long number) {
        unanswered.remove(number);
        order.userRefNum = number;
        order.pendingNumber = 0;
    }

    private void closeIfDone(final ClientOrder order, final ClientOrder.Status status) {
        if (order.leaves == 0) {
            order.status = status;
            orders.remove(order.userRefNum);
            if (order.pendingNumber != 0) {
                unanswered.remove(order.pendingNumber);
                orders.remove(order.pendingNumber);
            }
        }
        onChange.accept(order);
    }
}
