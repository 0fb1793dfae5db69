package io.spindle.perf.stage;

import io.spindle.codec.itch.FeedEgress;
import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.OrderCommands;
import io.spindle.codec.ouch.OuchIngress;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.feed.TestMarket;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Bindings;
import io.spindle.session.Liveness;
import io.spindle.session.OutboundStore;
import io.spindle.session.Packets;
import io.spindle.session.ReportSink;
import io.spindle.session.SessionCounters;
import io.spindle.session.SessionDay;
import io.spindle.session.SessionIngress;
import io.spindle.session.Tokens;
import io.spindle.session.wire.BlockHeaderEncoder;

import org.agrona.MutableDirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * The codecs on both sides of the engine, each alone: an order from datagram to command, an event
 * from engine to report, another to both lines of the feed. The engine only stands by with a market
 * in which one order rests.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CodecJmh {
    private static final String SYMBOL = "SPDL";
    private static final int SESSION = 0;
    private static final int INSTRUMENT = 1;
    private static final long PRICE = 100_000;
    private static final long LOTS = 100;

    /** The number of the order that rests; the next is the one that comes, again and again. */
    private static final int RESTING = 1;

    private static final int ADDRESS = 0x0A620001;
    private static final int PORT = 26_400;
    private static final long MAC = 0x02_00_00_00_00_01L;
    private static final int MESSAGE =
            UdpFrameEncoder.PAYLOAD_OFFSET + BlockHeaderEncoder.BLOCK_LENGTH;
    private static final int DATAGRAM_LENGTH =
            BlockHeaderEncoder.BLOCK_LENGTH
                    + EnterEncoder.BLOCK_LENGTH
                    + EnterEncoder.appendageHeaderLength();
    private static final int STORE_BYTES = 1 << 20;

    private final EngineConfig config = EngineConfig.small();
    private final SessionDay day = new SessionDay();
    private final OutboundStore store = new OutboundStore(STORE_BYTES, config.maxSessions());
    private final OuchReports reports = new OuchReports(new Kept(store), day);
    private final FeedEgress feed =
            new FeedEgress(new UdpFrameEncoder(new OneFrame(), MAC, ADDRESS), new Ports(PORT));
    private final OneFrame card = new OneFrame();
    private final UdpFrameDecoder frame = new UdpFrameDecoder();
    private final OneCommand log = new OneCommand();
    private TradingEngine engine;
    private SessionIngress ingress;
    private int order;
    private long reference;
    private long timeNs;

    /** Keeps reports as the loop does, without sending them. */
    private record Kept(OutboundStore store) implements ReportSink {
        @Override
        public MutableDirectBuffer buffer() {
            return store.buffer();
        }

        @Override
        public int claim(final int session) {
            return store.claim(session);
        }

        @Override
        public void commit(final int length, final int txTime) {
            store.commit(length, txTime);
        }
    }

    @Setup
    public void open() {
        engine = new TradingEngine(config, new Orders(), feed.feed(), new Days());
        feed.feed().attach(engine);
        reports.attach(engine);
        final TestMarket market = new TestMarket(engine::apply).open(SYMBOL);
        market.order('B', LOTS, SYMBOL, PRICE);
        timeNs = market.timeNs();
        feed.flush(timeNs);
        logIn();
        writeOrder();
    }

    /** What is asked only of other blocks than orders is not there. */
    private void logIn() {
        final Bindings bindings = new Bindings(config.maxSessions());
        bindings.bind(SESSION, ADDRESS, PORT, MAC);
        final Tokens tokens = new Tokens(config.maxSessions());
        tokens.attach(engine.sessions());
        final SessionCounters counters = new SessionCounters();
        ingress =
                new SessionIngress(
                        bindings,
                        null,
                        new OuchIngress(engine.sessions(), new OrderCommands(log), counters),
                        engine.sessions(),
                        tokens,
                        null,
                        null,
                        new Liveness(bindings, null, null),
                        counters);
    }

    private void writeOrder() {
        final UdpFrameEncoder datagram = new UdpFrameEncoder(card, MAC, ADDRESS);
        datagram.begin(MAC, ADDRESS, PORT, PORT);
        new BlockHeaderEncoder()
                .wrap(datagram.buffer(), UdpFrameEncoder.PAYLOAD_OFFSET)
                .length(DATAGRAM_LENGTH - Short.BYTES)
                .packetType(Packets.UNSEQUENCED);
        final EnterEncoder enter = new EnterEncoder();
        enter.wrap(datagram.buffer(), MESSAGE)
                .messageType(MessageType.ENTER)
                .userRefNum(RESTING + 1)
                .side((byte) 'B')
                .quantity(LOTS)
                .symbol(Ascii.pack(SYMBOL))
                .price(PRICE)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
        ClOrdId.put(enter.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        enter.putAppendage(new byte[0], 0, 0);
        datagram.send(DATAGRAM_LENGTH);
        frame.wrap(card.address(), card.length());
    }

    /** Session found, blocks and message validated, number looked up, command encoded. */
    @Benchmark
    public long decodeOrder() {
        ingress.onDatagram(frame, timeNs - 1, timeNs);
        return log.lastSequence();
    }

    /** An Accepted with its appendage, kept for whoever asks again. */
    @Benchmark
    public int encodeReport() {
        reports.onAccepted(order);
        return store.nextSequence(SESSION);
    }

    /** An Add Order, in a packet on each line. */
    @Benchmark
    public int encodeFeed() {
        feed.feed().onOrderAdded(INSTRUMENT, ++reference, 'B', LOTS, PRICE);
        return feed.flush(timeNs);
    }

    /** Where commands are encoded. */
    OneCommand log() {
        return log;
    }

    private final class Orders extends NoEvents {
        @Override
        public void onAccepted(final int accepted) {
            order = accepted;
        }
    }

    private final class Days extends NoEvents {
        @Override
        public void onDayStart(final int date, final int epoch) {
            day.start(date, epoch);
            feed.feed().startDay(date, epoch);
        }
    }
}
