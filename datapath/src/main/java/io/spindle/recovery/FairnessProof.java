package io.spindle.recovery;

import io.spindle.log.CommandHandler;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the order in which members' messages reached the network interface against the order in
 * which they were matched, book by book. An inversion is a message that was matched behind one that
 * had arrived later.
 *
 * <p>Arrival is the stamp that the log keeps with each message: the interface's or the kernel's
 * where the appliance runs with {@code --timestamps}, the loop's own time otherwise. The loop's own
 * time is never inverted, so a log without stamps proves nothing, and {@link #stamped} says so.
 */
public final class FairnessProof implements CommandHandler {
    private static final int INVERSIONS_KEPT = 1_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enter = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final ModifyOrderDecoder modify = new ModifyOrderDecoder();
    private final Map<OrderName, Long> books = new HashMap<>();
    private final Map<Long, Book> arrivals = new LinkedHashMap<>();
    private final List<Inversion> inversions = new ArrayList<>();
    private long messages;
    private long stamped;
    private long inverted;

    private record OrderName(int session, int index, long number) {}

    /**
     * A message that was overtaken.
     *
     * @param sequence where it stands in the log
     * @param overtaker sequence of the latest arrival that was matched before it
     * @param earlierNs by how much it had arrived earlier
     */
    public record Inversion(String symbol, long sequence, long overtaker, long earlierNs) {}

    /** The latest arrival of a book so far. */
    private static final class Book {
        private long latestNs = Long.MIN_VALUE;
        private long latestSequence;
    }

    @Override
    public void onCommand(
            final long sequence,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case EnterOrderDecoder.TEMPLATE_ID -> {
                enter.wrapAndApplyHeader(buffer, offset, header);
                final OrderName name =
                        new OrderName(enter.session(), enter.userRefIdx(), enter.userRefNum());
                books.put(name, enter.symbol());
                arrived(name, sequence, timeNs, enter.receivedNs());
            }
            case ReplaceOrderDecoder.TEMPLATE_ID -> {
                replace.wrapAndApplyHeader(buffer, offset, header);
                final int session = replace.session();
                final int index = replace.userRefIdx();
                final OrderName name = new OrderName(session, index, replace.userRefNum());
                final Long book =
                        books.get(new OrderName(session, index, replace.originalUserRefNum()));
                if (book != null) {
                    books.put(name, book);
                }
                arrived(name, sequence, timeNs, replace.receivedNs());
            }
            case CancelOrderDecoder.TEMPLATE_ID -> {
                cancel.wrapAndApplyHeader(buffer, offset, header);
                arrived(
                        new OrderName(cancel.session(), cancel.userRefIdx(), cancel.userRefNum()),
                        sequence,
                        timeNs,
                        cancel.receivedNs());
            }
            case ModifyOrderDecoder.TEMPLATE_ID -> {
                modify.wrapAndApplyHeader(buffer, offset, header);
                arrived(
                        new OrderName(modify.session(), modify.userRefIdx(), modify.userRefNum()),
                        sequence,
                        timeNs,
                        modify.receivedNs());
            }
            default -> {
                // No message of a member about an order of a book.
            }
        }
    }

    /** A message about an order that never was touches no book. */
    private void arrived(
            final OrderName name, final long sequence, final long timeNs, final long receivedNs) {
        final Long symbol = books.get(name);
        if (symbol == null) {
            return;
        }
        messages++;
        stamped += receivedNs == timeNs ? 0 : 1;
        final Book book = arrivals.computeIfAbsent(symbol, ignored -> new Book());
        if (receivedNs < book.latestNs) {
            inverted++;
            if (inversions.size() < INVERSIONS_KEPT) {
                inversions.add(
                        new Inversion(
                                Ascii.unpack(symbol).strip(),
                                sequence,
                                book.latestSequence,
                                book.latestNs - receivedNs));
            }
        } else {
            book.latestNs = receivedNs;
            book.latestSequence = sequence;
        }
    }

    /** Messages about orders of a book. */
    public long messages() {
        return messages;
    }

    /** Those of them that were stamped before the loop had them. */
    public long stamped() {
        return stamped;
    }

    /** Messages that were overtaken. */
    public long inverted() {
        return inverted;
    }

    /** The first of them. */
    public List<Inversion> inversions() {
        return List.copyOf(inversions);
    }

    public int books() {
        return arrivals.size();
    }
}
