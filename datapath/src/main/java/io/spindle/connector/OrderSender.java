package io.spindle.connector;

import io.spindle.client.ClientSession;
import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.CancelEncoder;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.codec.ouch.wire.QueryEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.LegTable;
import io.spindle.oms.OrderTable;
import io.spindle.oms.TradingEngine;

import org.agrona.concurrent.UnsafeBuffer;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/**
 * Sends the venue's legs as the replica shows them, again and again until the venue has answered. A
 * repeated number changes nothing there, so whoever sends need not know what another has sent.
 */
final class OrderSender {
    private static final long RESEND_NS = 20_000_000L;
    private static final long MAX_RESEND_NS = 1_000_000_000L;
    private static final int SENDS_PER_TURN = 64;

    private static final class Attempt {
        private long dueNs;
        private long patienceNs = RESEND_NS;
    }

    private final TradingEngine engine;
    private final ClientSession session;
    private final ReportTranslator reports;
    private final SendPace pace;
    private final Map<Long, Attempt> entries = new TreeMap<>();
    private final Map<Long, Attempt> cancels = new TreeMap<>();
    private final EnterEncoder enter = new EnterEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final QueryEncoder query = new QueryEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[0]);

    OrderSender(
            final TradingEngine engine,
            final ClientSession session,
            final ReportTranslator reports) {
        this.engine = engine;
        this.session = session;
        this.reports = reports;
        this.pace = new SendPace(session);
    }

    /** Takes what the replica shows of a venue: all that is not answered, or not yet cancelled. */
    void begin(final int venue) {
        entries.clear();
        cancels.clear();
        final LegTable legs = engine.legs();
        for (int leg = 0; leg < legs.highWater(); leg++) {
            if (legs.isLive(leg) && legs.venue(leg) == venue && legs.number(leg) != 0) {
                if (legs.isSubmitted(leg)) {
                    enter(legs.number(leg));
                }
                if (legs.isCancelAsked(leg)) {
                    cancel(legs.number(leg));
                }
            }
        }
    }

    void enter(final int number) {
        entries.put(Integer.toUnsignedLong(number), new Attempt());
    }

    void cancel(final int number) {
        cancels.put(Integer.toUnsignedLong(number), new Attempt());
    }

    /** Asks where the venue's numbers stand. */
    void ask(final long nowNs) {
        query.wrap(buffer, 0).messageType(MessageType.QUERY);
        session.pack(buffer, 0, QueryEncoder.BLOCK_LENGTH, nowNs);
    }

    /**
     * Sends what is due.
     *
     * @param entriesToo false while only cancels may go
     */
    int send(final int venue, final boolean entriesToo, final long nowNs) {
        int sent = 0;
        if (entriesToo) {
            sent +=
                    send(
                            entries,
                            reports::isAnswered,
                            underWay -> pace.lets(underWay, nowNs),
                            number -> enter(venue, number, nowNs),
                            nowNs);
        }
        sent +=
                send(
                        cancels,
                        this::isClosed,
                        underWay -> true,
                        number -> cancel(number, nowNs),
                        nowNs);
        session.flush(nowNs);
        return sent;
    }

    /**
     * Numbers go out in their order: the venue takes none below the last.
     *
     * @param starting whether one more may be sent for the first time, by how many are under way
     */
    private static int send(
            final Map<Long, Attempt> attempts,
            final LongPredicate done,
            final IntPredicate starting,
            final LongPredicate sending,
            final long nowNs) {
        int sent = 0;
        int underWay = 0;
        final Iterator<Map.Entry<Long, Attempt>> all = attempts.entrySet().iterator();
        while (all.hasNext() && sent < SENDS_PER_TURN) {
            final Map.Entry<Long, Attempt> entry = all.next();
            final Attempt attempt = entry.getValue();
            if (done.test(entry.getKey())) {
                all.remove();
                continue;
            }
            if (attempt.dueNs == 0 && !starting.test(underWay)) {
                break;
            }
            underWay++;
            if (attempt.dueNs == 0 || nowNs - attempt.dueNs >= 0) {
                attempt.dueNs = nowNs + attempt.patienceNs;
                attempt.patienceNs = Math.min(2 * attempt.patienceNs, MAX_RESEND_NS);
                if (sending.test(entry.getKey())) {
                    sent++;
                } else {
                    all.remove();
                    underWay--;
                }
            }
        }
        return sent;
    }

    private boolean isClosed(final long number) {
        final ReportTranslator.Order order = reports.order(number);
        return reports.isAnswered(number) && (order == null || order.open() == 0);
    }

    /** False when there is no such leg any more. */
    private boolean enter(final int venue, final long number, final long nowNs) {
        final LegTable legs = engine.legs();
        final int leg = legs.find(venue, (int) number);
        if (leg == LegTable.NONE) {
            return false;
        }
        final OrderTable orders = engine.orders();
        final int order = legs.order(leg);
        enter.wrap(buffer, 0)
                .messageType(MessageType.ENTER)
                .userRefNum(number)
                .side((byte) orders.side(order))
                .quantity(legs.lots(leg))
                .symbol(orders.symbol(order))
                .price(legs.price(leg))
                .timeInForce((byte) timeInForce(orders.timeInForce(order)))
                .display((byte) 'Y')
                .capacity((byte) orders.capacity(order))
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
        ClOrdId.put(enter.clOrdId(), orders.orderReference(order), Ascii.BLANK);
        enter.putAppendage(nothing, 0, 0);
        session.pack(buffer, 0, enter.encodedLength(), nowNs);
        return true;
    }

    /** A venue keeps nothing over night for us: what it still has at the end of a day ends. */
    private static char timeInForce(final char ours) {
        return ours == '3' || ours == '4' ? ours : '0';
    }

    private boolean cancel(final long number, final long nowNs) {
        cancel.wrap(buffer, 0).messageType(MessageType.CANCEL).userRefNum(number).quantity(0);
        session.pack(buffer, 0, CancelEncoder.BLOCK_LENGTH, nowNs);
        return true;
    }
}
