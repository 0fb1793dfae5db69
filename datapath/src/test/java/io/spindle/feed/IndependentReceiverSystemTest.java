package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;

import io.spindle.codec.itch.FeedLine;
import io.spindle.codec.itch.MarketFeed;
import io.spindle.codec.itch.MessageRing;
import io.spindle.codec.itch.MoldStream;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.Random;

/**
 * Two engines over the same commands, one sending, one storing, as in an appliance; between them
 * and us a wire that loses one datagram in ten, nassau's MoldUDP64 client and juncture's decoder.
 */
class IndependentReceiverSystemTest {
    private static final long SPDL = Ascii.pack("SPDL");
    private static final long ROTR = Ascii.pack("ROTR");
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final int CHECKPOINTS = 20;
    private static final int STEPS_BETWEEN = 500;

    private final InetSocketAddress anyPort =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private final MoldStream stream = new MoldStream(new MessageRing(1 << 20, 1 << 15));
    private final MarketFeed feed = new MarketFeed(stream);
    private final TradingEngine trading = engine(feed, feed::startDay);
    private final MarketStore store;
    private final TradingEngine replica;
    private final RerequestServer server;

    private final DatagramChannel wire = DatagramChannel.open().bind(anyPort);
    private final DatagramChannel requests = DatagramChannel.open().bind(anyPort);
    private final LossyCard card = new LossyCard(wire.getLocalAddress(), random, 10);
    private final FeedLine line =
            new FeedLine(stream, new UdpFrameEncoder(card, 0, 0), Ports.GROUP_A, 26_410);
    private final JunctureBook book = new JunctureBook();
    private long received;
    private long gaps;
    private boolean over;

    IndependentReceiverSystemTest(@TempDir final Path folder) throws IOException {
        store = new MarketStore(folder);
        replica = engine(store.feed(), store::startDay);
        server = new RerequestServer(anyPort, store.days());
        wire.configureBlocking(false);
        requests.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        requests.close();
        card.close();
        server.close();
        store.close();
    }

    @Test
    void shouldRebuildTheEnginesBooksThroughATenthOfLoss() throws IOException {
        feed.attach(trading);
        store.attach(replica);
        final TestMarket market =
                new TestMarket(
                        (sequence, timeNs, buffer, offset, length) -> {
                            trading.apply(sequence, timeNs, buffer, offset, length);
                            replica.apply(sequence, timeNs, buffer, offset, length);
                            line.send(Long.MAX_VALUE, timeNs);
                            store.store();
                        });
        final MoldUDP64Client client = client();
        market.open("SPDL", "ROTR");
        for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
            for (int step = 0; step < STEPS_BETWEEN; step++) {
                market.trade(random, 1, SPDL, ROTR);
                turn(client);
            }
            catchUp(client, market.timeNs());
            assertBooks("checkpoint " + checkpoint + ", seed " + seed);
        }
        feed.onSystemEvent('C');
        finish(client, market.timeNs());

        assertTrue(card.lost() > 100, () -> "lost " + card.lost());
        assertTrue(gaps > 100, () -> "gaps " + gaps);
        assertTrue(book.trades() > 500, () -> "trades " + book.trades());
        System.out.printf(
                "feed: %,d messages to nassau and juncture, %,d of %,d datagrams lost, %,d"
                        + " requests, %d books equal%n",
                received, card.lost(), card.sent(), gaps, 2 * CHECKPOINTS);
    }

    private void turn(final MoldUDP64Client client) throws IOException {
        while (client.receive()) {}
        server.poll(System.nanoTime());
        while (client.receiveResponse()) {}
    }

    /** Beats until the client has everything, as the line does in the quiet. */
    private void catchUp(final MoldUDP64Client client, final long timeNs) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        long beatNs = timeNs;
        while (received < stream.messages().nextSequence() - 1) {
            beatNs += FeedLine.HEARTBEAT_INTERVAL_NS;
            line.send(Long.MAX_VALUE, beatNs);
            turn(client);
            Thread.onSpinWait();
            assertTrue(deadlineNs - System.nanoTime() > 0, () -> "stuck, seed " + seed);
        }
        line.send(Long.MAX_VALUE, timeNs);
    }

    private void finish(final MoldUDP64Client client, final long timeNs) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        long beatNs = timeNs + 1_000 * FeedLine.HEARTBEAT_INTERVAL_NS;
        store.feed().onSystemEvent('C');
        store.store();
        while (!over) {
            beatNs += FeedLine.HEARTBEAT_INTERVAL_NS;
            line.send(Long.MAX_VALUE, beatNs);
            turn(client);
            assertTrue(deadlineNs - System.nanoTime() > 0, () -> "no end, seed " + seed);
        }
    }

    private void assertBooks(final String when) {
        assertEquals(engineBook("SPDL"), book.text(SPDL), when);
        assertEquals(engineBook("ROTR"), book.text(ROTR), when);
    }

    private String engineBook(final String symbol) {
        return EngineBook.text(trading, symbol);
    }

    private MoldUDP64Client client() {
        final ITCH50Parser parser = new ITCH50Parser(book);
        return new MoldUDP64Client(
                wire,
                requests,
                server.address(),
                message -> {
                    received++;
                    parser.message(message);
                },
                new MoldUDP64ClientStatusListener() {
                    @Override
                    public void state(
                            final MoldUDP64Client session, final MoldUDP64ClientState next) {}

                    @Override
                    public void downstream(
                            final MoldUDP64Client session, final long sequence, final int count) {}

                    @Override
                    public void request(
                            final MoldUDP64Client session, final long sequence, final int count) {
                        gaps++;
                    }

                    @Override
                    public void endOfSession(final MoldUDP64Client session) {
                        over = true;
                    }
                },
                1);
    }

    private interface DayListener {
        void startDay(int date, int epoch);
    }

    private static TradingEngine engine(final MarketFeed market, final DayListener days) {
        return new TradingEngine(
                EngineConfig.small(),
                new NoEvents(),
                market,
                new NoEvents() {
                    @Override
                    public void onDayStart(final int date, final int epoch) {
                        days.startDay(date, epoch);
                    }
                });
    }
}
