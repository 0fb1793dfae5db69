package io.spindle.connector;

import io.spindle.codec.ouch.MessageShape;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.AcceptedDecoder;
import io.spindle.codec.ouch.wire.CanceledDecoder;
import io.spindle.codec.ouch.wire.ExecutedDecoder;
import io.spindle.codec.ouch.wire.NotAppliedDecoder;
import io.spindle.codec.ouch.wire.QueryAnswerDecoder;
import io.spindle.codec.ouch.wire.RejectedDecoder;

import org.agrona.DirectBuffer;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Reads the venue's stream from its first report: makes of each report that the log does not have a
 * command, and of all of them together the orders as the venue has them.
 */
final class ReportTranslator {
    /** An order as the venue has it. */
    static final class Order {
        private long executed;
        private long value;
        private long open;

        long open() {
            return open;
        }
    }

    private final MessageShape shape = MessageShape.fromServer();
    private final AcceptedDecoder accepted = new AcceptedDecoder();
    private final ExecutedDecoder executed = new ExecutedDecoder();
    private final CanceledDecoder canceled = new CanceledDecoder();
    private final RejectedDecoder rejected = new RejectedDecoder();
    private final NotAppliedDecoder notApplied = new NotAppliedDecoder();
    private final QueryAnswerDecoder queryAnswer = new QueryAnswerDecoder();
    private final SortedMap<Long, Order> orders = new TreeMap<>();
    private final VenueCommands commands;
    private long sequence;

    /** The highest number that the venue has used up. */
    private long lastNumber;

    private boolean numbersKnown;
    private long known;

    ReportTranslator(final VenueCommands commands) {
        this.commands = commands;
    }

    /** Another stream: begins with its first report. */
    void clear() {
        orders.clear();
        sequence = 0;
        lastNumber = 0;
        numbersKnown = false;
    }

    /** Reports up to this one are in the log already. */
    void known(final long lastSequence) {
        known = lastSequence;
    }

    /** The last report that was read. */
    long sequence() {
        return sequence;
    }

    /**
     * Whether the venue has said in this stream where its numbers stand. Until then those that it
     * used up in an earlier stream look as if they had never arrived.
     */
    boolean areNumbersKnown() {
        return numbersKnown;
    }

    /** Whether the venue has answered to this number. */
    boolean isAnswered(final long number) {
        return number <= lastNumber;
    }

    /** The order of this number, or null where the venue has none, or refused it. */
    Order order(final long number) {
        return orders.get(number);
    }

    /** Tells all orders as the venue has them, and that these are all. */
    void tellAll() {
        orders.forEach(
                (number, order) -> commands.order(number, order.executed, order.value, order.open));
        commands.synced(lastNumber);
    }

    /** Orders that are over, and are so in the log, need not be told again. */
    void forgetClosed(final IntPredicate isOverInLog) {
        orders.entrySet()
                .removeIf(
                        one ->
                                one.getValue().open == 0
                                        && isOverInLog.test(one.getKey().intValue()));
    }

    void onReport(
            final long reportSequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        sequence = reportSequence;
        if (!shape.isWhole(buffer, offset, length)) {
            tell('N', 0, 0, 0, 0, 'R');
            return;
        }
        switch (buffer.getByte(offset)) {
            case MessageType.ACCEPTED -> {
                accepted.wrap(buffer, offset, AcceptedDecoder.BLOCK_LENGTH, 0);
                final Order order = new Order();
                order.open = accepted.quantity();
                orders.put(use(accepted.userRefNum()), order);
                tell('A', accepted.userRefNum(), accepted.quantity(), 0, 0, 'R');
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
                final long number = use(rejected.userRefNum());
                tell('J', number, 0, 0, rejected.reason(), 'R');
            }
            case MessageType.NOT_APPLIED -> {
                notApplied.wrap(buffer, offset, NotAppliedDecoder.BLOCK_LENGTH, 0);
                use(notApplied.first() + notApplied.count() - 1);
                tell('P', notApplied.first(), notApplied.count(), 0, 0, 'R');
            }
            case MessageType.QUERY_ANSWER -> {
                queryAnswer.wrap(buffer, offset, QueryAnswerDecoder.BLOCK_LENGTH, 0);
                use(queryAnswer.nextUserRefNum() - 1);
                numbersKnown = true;
                tell('N', 0, 0, 0, 0, 'R');
            }
            default -> tell('N', 0, 0, 0, 0, 'R');
        }
    }

    private void onExecuted() {
        final Order order = orders.get(executed.userRefNum());
        if (order != null) {
            order.executed += executed.quantity();
            order.value += executed.quantity() * executed.price();
            order.open -= executed.quantity();
        }
        tell(
                'E',
                executed.userRefNum(),
                executed.quantity(),
                executed.price(),
                0,
                (char) executed.liquidity());
    }

    private void onCanceled() {
        final Order order = orders.get(canceled.userRefNum());
        if (order != null) {
            order.open -= canceled.quantity();
        }
        tell('C', canceled.userRefNum(), canceled.quantity(), 0, canceled.reason(), 'R');
    }

    private long use(final long number) {
        lastNumber = Math.max(lastNumber, number);
        return number;
    }

    private void tell(
            final char kind,
            final long number,
            final long quantity,
            final long price,
            final int reason,
            final char liquidity) {
        if (sequence > known) {
            commands.report(sequence, kind, number, quantity, price, reason, liquidity);
        }
    }
}
