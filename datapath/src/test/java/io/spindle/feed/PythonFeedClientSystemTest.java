package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The reference client in Python, out of process, through a tenth of loss on the line. */
@Timeout(180)
class PythonFeedClientSystemTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path CLIENT =
            Path.of(System.getProperty("spindle.root"), "clients", "python", "spindle_feed.py");

    @TempDir Path folder;

    @Test
    void shouldEndTheDayWithTheEnginesBooks() throws Exception {
        if (!Files.isExecutable(PYTHON)) {
            System.out.println("skipped: no " + PYTHON + " for the Python feed client");
            Assumptions.abort("no python3");
        }
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        final InetSocketAddress line = new InetSocketAddress(loopback, freePort());
        final Random random = new Random(17);
        try (MarketStore store = new MarketStore(folder.resolve("feed"));
                LossyCard card = new LossyCard(line, random, 10);
                RerequestServer server =
                        new RerequestServer(new InetSocketAddress(loopback, 0), store.days())) {
            final Appliance appliance = new Appliance(store, card);
            final Process client = start(line, server.address());
            try {
                final long deadlineNs = System.nanoTime() + PATIENCE_NS;
                appliance.market.open("SPDL", "ROTR");
                for (int step = 0; step < 2_000; step++) {
                    appliance.market.trade(random, 1, Ascii.pack("SPDL"), Ascii.pack("ROTR"));
                    server.poll(System.nanoTime());
                }
                appliance.end();
                while (client.isAlive()) {
                    appliance.beat();
                    server.poll(System.nanoTime());
                    LockSupport.parkNanos(100_000);
                    assertTrue(deadlineNs - System.nanoTime() > 0, "the client does not end");
                }
                assertEquals(0, client.exitValue(), () -> text(folder.resolve("err")));
                assertEquals(
                        "SPDL\n"
                                + EngineBook.text(appliance.trading, "SPDL")
                                + "ROTR\n"
                                + EngineBook.text(appliance.trading, "ROTR"),
                        text(folder.resolve("out")));
                System.out.print("python feed client: " + text(folder.resolve("err")));
            } finally {
                client.destroyForcibly();
            }
        }
    }

    private Process start(final InetSocketAddress line, final InetSocketAddress server)
            throws IOException {
        return new ProcessBuilder(
                        PYTHON.toString(),
                        CLIENT.toString(),
                        "--line",
                        "127.0.0.1:" + line.getPort(),
                        "--rerequest",
                        "127.0.0.1:" + server.getPort())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** An engine that sends and one that stores, over the same commands. */
    private static final class Appliance {
        private final MoldStream stream = new MoldStream(new MessageRing(1 << 20, 1 << 15));
        private final MarketFeed feed = new MarketFeed(stream);
        private final MarketStore store;
        private final FeedLine line;
        private final TradingEngine trading;
        private final TestMarket market;
        private long beatNs;

        Appliance(final MarketStore store, final LossyCard card) {
            this.store = store;
            line = new FeedLine(stream, new UdpFrameEncoder(card, 0, 0), Ports.GROUP_A, 26_410);
            trading =
                    engine(
                            feed,
                            new NoEvents() {
                                @Override
                                public void onDayStart(final int date, final int epoch) {
                                    feed.startDay(date, epoch);
                                }
                            });
            final TradingEngine replica =
                    engine(
                            store.feed(),
                            new NoEvents() {
                                @Override
                                public void onDayStart(final int date, final int epoch) {
                                    store.startDay(date, epoch);
                                }
                            });
            feed.attach(trading);
            store.attach(replica);
            market =
                    new TestMarket(
                            (sequence, timeNs, buffer, offset, length) -> {
                                trading.apply(sequence, timeNs, buffer, offset, length);
                                replica.apply(sequence, timeNs, buffer, offset, length);
                                line.send(Long.MAX_VALUE, timeNs);
                                store.store();
                            });
        }

        private static TradingEngine engine(final MarketFeed market, final NoEvents admin) {
            return new TradingEngine(EngineConfig.small(), new NoEvents(), market, admin);
        }

        void end() {
            feed.onSystemEvent('C');
            store.feed().onSystemEvent('C');
            store.store();
            beatNs = market.timeNs();
        }

        void beat() {
            beatNs += FeedLine.HEARTBEAT_INTERVAL_NS;
            line.send(Long.MAX_VALUE, beatNs);
        }
    }
}
