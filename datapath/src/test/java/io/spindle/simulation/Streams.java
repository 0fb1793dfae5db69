package io.spindle.simulation;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.itch.MarketFeed;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldPacket;
import io.spindle.codec.itch.MoldStream;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.log.DataFolder;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.recovery.OfflineLog;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionDay;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Every sequenced message that a log gives rise to, made again from its first command on. */
final class Streams extends NoEvents implements ReportSink {
    /** The feed's place among the sessions. */
    static final int FEED = -1;

    private static final int LONGEST = 1024;

    /**
     * The name of one sequenced message.
     *
     * @param stream session number, or {@link #FEED}
     */
    record Name(int date, int epoch, int stream, long sequence) {
        Name plus(final int messages) {
            return new Name(date, epoch, stream, sequence + messages);
        }
    }

    final Map<Name, Integer> hashes = new HashMap<>();
    final TradingEngine engine;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LONGEST]);
    private final Map<Integer, Long> nextSequences = new HashMap<>();
    private final SessionDay day = new SessionDay();
    private final MessageRing market = new MessageRing(1 << 20, 1 << 14);
    private final MoldStream stream = new MoldStream(market);
    private long nextMarket = 1;
    private int date;
    private int epoch;
    private int claimed;

    private Streams() {
        final OuchReports reports = new OuchReports(this, day);
        final MarketFeed feed = new MarketFeed(stream);
        engine = new TradingEngine(SimAppliance.ENGINE, reports, feed, this);
        reports.attach(engine);
        feed.attach(engine);
    }

    static Streams of(final DataFolder folder) throws IOException {
        final Streams streams = new Streams();
        new OfflineLog(folder)
                .read(
                        0,
                        (sequence, timeNs, buffer, offset, length) -> {
                            streams.engine.apply(sequence, timeNs, buffer, offset, length);
                            streams.takeMarket();
                        });
        return streams;
    }

    /** A message's content in short. */
    static int hash(final DirectBuffer buffer, final int offset, final int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        return hash;
    }

    private void takeMarket() {
        for (; nextMarket < market.nextSequence(); nextMarket++) {
            final int block = market.offset(nextMarket);
            final int length = market.buffer().getShort(block, BIG_ENDIAN) & 0xFFFF;
            hashes.put(
                    new Name(date, epoch, FEED, nextMarket),
                    hash(market.buffer(), block + MoldPacket.BLOCK_HEADER_LENGTH, length));
        }
    }

    @Override
    public MutableDirectBuffer buffer() {
        return message;
    }

    @Override
    public int claim(final int session) {
        claimed = session;
        return 0;
    }

    @Override
    public void commit(final int length, final int txTime) {
        final long sequence = nextSequences.merge(claimed, 1L, Long::sum);
        hashes.put(new Name(date, epoch, claimed, sequence), hash(message, 0, length));
    }

    @Override
    public void onDayStart(final int newDate, final int newEpoch) {
        takeMarket();
        date = newDate;
        epoch = newEpoch;
        day.start(date, epoch);
        stream.startDay(date, epoch);
        nextMarket = 1;
        nextSequences.clear();
    }

    @Override
    public void onDigestMismatch(final long expected, final long actual) {
        throw new Violation(
                "checkpoint at sequence %d carries digest %016x, a replay has %016x"
                        .formatted(engine.sequence(), expected, actual));
    }
}
