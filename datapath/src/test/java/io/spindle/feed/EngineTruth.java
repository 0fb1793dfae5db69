package io.spindle.feed;

import io.spindle.codec.ouch.OuchReports;
import io.spindle.oms.Ascii;
import io.spindle.oms.NoEvents;
import io.spindle.oms.OrderEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.OutboundStore;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionDay;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What the log says became of every order, by the name that its client gave it, and every report
 * that follows from it: nothing that a client or a process claims is believed.
 */
final class EngineTruth extends NoEvents implements ReportSink {
    /** One order's fate. */
    static final class Fate {
        int accepted;
        int rejected;
        long executed;
        long leaves;
    }

    final Map<String, Fate> fates = new HashMap<>();
    final SessionDay day = new SessionDay();
    final OuchReports reports;
    private final Map<Integer, Fate> byOrder = new HashMap<>();
    private final Map<Integer, CRC32C> sums = new HashMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(new byte[OutboundStore.MAX_MESSAGE_LENGTH]);
    private TradingEngine engine;
    private int session;

    EngineTruth() {
        reports = new OuchReports(this, day);
    }

    void attach(final TradingEngine newEngine) {
        engine = newEngine;
        reports.attach(newEngine);
    }

    /** Hears of fates, and of the reports that tell them. */
    OrderEvents both() {
        return new OrderEventsTee(this, reports);
    }

    /** Checksum over all reports of a session, in sequence. */
    long checksum(final int ofSession) {
        return sums.get(ofSession).getValue();
    }

    long reports(final int ofSession) {
        return counts.getOrDefault(ofSession, 0L);
    }

    @Override
    public void onAccepted(final int order) {
        final String name =
                Ascii.unpack(engine.orders().clOrdIdHigh(order), engine.orders().clOrdIdLow(order));
        final Fate fate = fates.computeIfAbsent(name, ignored -> new Fate());
        fate.accepted++;
        fate.leaves = engine.orders().quantity(order);
        byOrder.put(order, fate);
    }

    @Override
    public void onReplaced(final int order, final int originalUserRefNum) {
        byOrder.get(order).leaves = engine.orders().leaves(order);
    }

    @Override
    public void onExecuted(
            final int order,
            final long quantity,
            final long price,
            final boolean maker,
            final long matchNumber) {
        final Fate fate = byOrder.get(order);
        fate.executed += quantity;
        fate.leaves -= quantity;
    }

    @Override
    public void onCanceled(final int order, final long quantity, final int reason) {
        byOrder.get(order).leaves -= quantity;
    }

    @Override
    public void onRejected(
            final int ofSession,
            final int userRefIdx,
            final int userRefNum,
            final int reason,
            final long clOrdIdHigh,
            final long clOrdIdLow) {
        fates.computeIfAbsent(Ascii.unpack(clOrdIdHigh, clOrdIdLow), ignored -> new Fate())
                .rejected++;
    }

    @Override
    public void onDayStart(final int date, final int epoch) {
        day.start(date, epoch);
    }

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int claim(final int toSession) {
        session = toSession;
        return 0;
    }

    @Override
    public void commit(final int length, final int txTime) {
        sums.computeIfAbsent(session, ignored -> new CRC32C())
                .update(buffer.byteArray(), 0, length);
        counts.merge(session, 1L, Long::sum);
    }
}
