package io.spindle.recovery;

import io.spindle.log.CommandHandler;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.CancelOrderDecoder;
import io.spindle.oms.command.ClockAnchorDecoder;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.ModifyOrderDecoder;
import io.spindle.oms.command.RefusedDecoder;
import io.spindle.oms.command.ReplaceOrderDecoder;

import org.agrona.DirectBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Holds the order in which members' messages reached the network interface against the order in
 * which they were matched, book by book. An inversion is a message that was matched behind one that
 * had arrived later.
 *
 * <p>Arrival is the stamp that the log keeps with each message: the interface's or the kernel's
 * where the appliance runs with {@code --timestamps}. A message with the loop's own time has none:
 * it is counted, and compared with nothing. Equal stamps of two sessions prove no order; they are
 * counted as ties. What came by no network, from an operator or another shard, is passed over, and
 * so are mass cancels.
 */
public final class FairnessProof implements CommandHandler {
    private static final int INVERSIONS_KEPT = 1_000;

    /** Stamped messages of a book among which the gravest cause is looked for. */
    private static final int REMEMBERED = 256;

    /** Of a message that was put into the log from inside. */
    private static final long NO_NETWORK = 0;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnterOrderDecoder enter = new EnterOrderDecoder();
    private final ReplaceOrderDecoder replace = new ReplaceOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final ModifyOrderDecoder modify = new ModifyOrderDecoder();
    private final ClockAnchorDecoder anchor = new ClockAnchorDecoder();
    private final Map<OrderName, Long> books = new HashMap<>();
    private final Map<Long, Book> arrivals = new HashMap<>();
    private final List<Inversion> inversions = new ArrayList<>();
    private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    private long messages;
    private long stamped;
    private long inverted;
    private long tied;
    private long refused;
    private boolean anchored;
    private long anchorNs;
    private long movedNs;

    private record OrderName(int session, int index, long number) {}

    /**
     * Why one message overtook another, as far as the log tells: the first that applies. Of several
     * that overtook the same one, the last of these counts.
     */
    public enum Cause {
        /** Nobody was put before anybody else. */
        OWN_SESSION("by its own session's message"),
        /** Stamps are told in log time, and that was moved at least as far as the inversion. */
        CLOCK("the log's clock was set between the two"),
        /** The loop took both at once, in the order in which they were handed to it. */
        ONE_TURN("card or kernel handed both over in one turn, the later one first"),
        /** The earlier one was left on the card, or its stamp is wrong. */
        UNEXPLAINED("unexplained");

        private final String words;

        Cause(final String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * A message that was overtaken.
     *
     * @param sequence where it stands in the log
     * @param overtaker sequence of who arrived later and was matched before it: the latest of those
     *     with the gravest cause
     * @param earlierNs by how much it had arrived earlier
     */
    public record Inversion(
            String symbol, long sequence, long overtaker, long earlierNs, Cause cause) {}

    /**
     * A stamped message.
     *
     * @param timeNs log time of the turn that took it
     * @param receivedNs its stamp
     * @param movedNs by how much the log's clock had been set before it, in all
     */
    private record Arrival(int session, long sequence, long timeNs, long receivedNs, long movedNs) {
        private static final Arrival NONE = new Arrival(-1, 0, 0, Long.MIN_VALUE, 0);

        private Cause overtakenBy(final Arrival other) {
            if (session == other.session) {
                return Cause.OWN_SESSION;
            }
            if (movedNs - other.movedNs >= other.receivedNs - receivedNs) {
                return Cause.CLOCK;
            }
            return timeNs == other.timeNs ? Cause.ONE_TURN : Cause.UNEXPLAINED;
        }
    }

    /** The stamped messages of a book so far. */
    private static final class Book {
        private final Deque<Arrival> recent = new ArrayDeque<>(REMEMBERED);
        private Arrival latest = Arrival.NONE;

        private void add(final Arrival now) {
            if (recent.size() == REMEMBERED) {
                recent.removeFirst();
            }
            recent.addLast(now);
            latest = now.receivedNs >= latest.receivedNs ? now : latest;
        }

        /** Whether another session's message arrived together with it. */
        private boolean ties(final Arrival now) {
            return latest.receivedNs == now.receivedNs
                    && Stream.concat(Stream.of(latest), recent.stream())
                            .filter(other -> other.receivedNs == now.receivedNs)
                            .anyMatch(other -> other.session != now.session);
        }

        /** Who overtook a message that arrived before the latest. */
        private Arrival overtaker(final Arrival now) {
            return Stream.concat(Stream.of(latest), recent.stream())
                    .filter(other -> other.receivedNs > now.receivedNs)
                    .max(
                            Comparator.<Arrival, Cause>comparing(now::overtakenBy)
                                    .thenComparingLong(Arrival::receivedNs))
                    .orElseThrow();
        }
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
            case ClockAnchorDecoder.TEMPLATE_ID ->
                    clockSet(anchor.wrapAndApplyHeader(buffer, offset, header).offsetNs());
            case RefusedDecoder.TEMPLATE_ID -> refused++;
            default -> {
                // No message of a member about an order of a book.
            }
        }
    }

    /** What the first one moved is not known. */
    private void clockSet(final long offsetNs) {
        movedNs += anchored ? Math.abs(offsetNs - anchorNs) : 0;
        anchorNs = offsetNs;
        anchored = true;
    }

    /** A message about an order that never was touches no book. */
    private void arrived(
            final OrderName name, final long sequence, final long timeNs, final long receivedNs) {
        final Long symbol = books.get(name);
        if (symbol == null || receivedNs == NO_NETWORK) {
            return;
        }
        messages++;
        final Book book = arrivals.computeIfAbsent(symbol, ignored -> new Book());
        if (receivedNs != timeNs) {
            stamped++;
            final Arrival now = new Arrival(name.session, sequence, timeNs, receivedNs, movedNs);
            if (receivedNs < book.latest.receivedNs) {
                overtaken(symbol, now, book.overtaker(now));
            } else if (book.ties(now)) {
                tied++;
            }
            book.add(now);
        }
    }

    private void overtaken(final long symbol, final Arrival now, final Arrival by) {
        final Cause cause = now.overtakenBy(by);
        inverted++;
        causes.merge(cause, 1L, Long::sum);
        if (inversions.size() < INVERSIONS_KEPT) {
            inversions.add(
                    new Inversion(
                            Ascii.unpack(symbol).strip(),
                            now.sequence,
                            by.sequence,
                            by.receivedNs - now.receivedNs,
                            cause));
        }
    }

    /** Messages about orders of a book that came by the network. */
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

    /**
     * Messages that have the stamp of another session's, and were matched behind it: by what is
     * known they may have been overtaken.
     */
    public long tied() {
        return tied;
    }

    /** How many of those overtaken by which cause. */
    public Map<Cause, Long> causes() {
        return Map.copyOf(causes);
    }

    /** The first of them. */
    public List<Inversion> inversions() {
        return List.copyOf(inversions);
    }

    /** Messages refused before the engine, of which the log has no arrival and no book. */
    public long refused() {
        return refused;
    }

    public int books() {
        return arrivals.size();
    }
}
