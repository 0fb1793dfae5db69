package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.client.FeedBook;
import io.spindle.feed.EngineTruth.Fate;
import io.spindle.journal.JournalConfig;
import io.spindle.journal.MediaThread;
import io.spindle.log.AckLevel;
import io.spindle.log.ControlClient;
import io.spindle.log.SmallTables;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.oms.SessionTable;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.replica.Replica;
import io.spindle.trading.ImpairmentRelay;
import io.spindle.trading.ImpairmentRelay.Faults;
import io.spindle.trading.LiveTrading;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole appliance on real sockets, its clients behind a relay that loses, repeats, delays,
 * overtakes and cuts datagrams, its feed received just as badly. The log, replayed, is what all of
 * them are held against. {@code -Dspindle.orders=1000000} makes it long.
 */
@Tag("campaign")
@Timeout(1_800)
class ImpairedWireTest {
    private static final int ORDERS = Integer.getInteger("spindle.orders", 200_000);
    private static final int TRADERS = 8;
    private static final int CHECKPOINT = 5_000;
    private static final long SEED = Long.getLong("spindle.seed", 20261120);

    /** Nothing that a network does without changing bits, 30 % of each. */
    private static final Faults WORST = new Faults(30, 30, 30, 30, 0, 0);

    /** One datagram in ten arrives at the server with a bit flipped; the protocol cannot tell. */
    private static final Faults CORRUPT_UP = new Faults(5, 5, 5, 0, 10, 0);

    /** One in five, both ways, for those whose datagrams carry tokens. */
    private static final Faults CORRUPT = new Faults(10, 10, 10, 10, 20, 20);

    private static final long CORRUPT_NS = 8_000_000_000L;
    private static final long LAST_NS = 2_000_000_000L;
    private static final int KEEPS_TRADING = Integer.MAX_VALUE;
    private static final long ANSWER_NS = 10_000_000_000L;

    @TempDir Path path;

    private final List<ImpairedTrader> traders = new ArrayList<>();
    private LiveTrading live;
    private FeedNode node;
    private LossyLines lines;
    private boolean withTokens;

    @Test
    void shouldExecuteEachOrderOnceAndShowEveryBookAlike() throws Exception {
        final long startNs = System.nanoTime();
        final TreeMap<Long, String> books = new TreeMap<>();
        final EngineTruth truth = run(WORST, ORDERS, 0, books);
        assertReports(truth);
        assertFates(truth);
        assertBooks(books);
        System.out.printf(
                "%,d orders through 30 %% of everything: %d books alike, %,d re-requests, %d s%n",
                ORDERS,
                books.size(),
                lines.receiver.gaps(),
                (System.nanoTime() - startNs) / 1_000_000_000L);
    }

    @Test
    void shouldDoSoOverRestartsOfTheTradingProcess() throws Exception {
        final TreeMap<Long, String> books = new TreeMap<>();
        final EngineTruth truth = run(WORST, ORDERS / 10, 3, books);
        assertFates(truth);
        assertBooks(books);
    }

    /** Nobody can know what was meant; but what was acknowledged is what was done. */
    @Test
    void shouldSurviveFlippedBitsAndAcknowledgeNothingButWhatTheLogHas() throws Exception {
        final EngineTruth truth = run(CORRUPT_UP, KEEPS_TRADING, 0, new TreeMap<>());
        assertReports(truth);
    }

    @Test
    void shouldExecuteEachOrderOnceThroughFlippedBitsWhenDatagramsCarryTokens() throws Exception {
        withTokens = true;
        final EngineTruth truth = run(CORRUPT, ORDERS / 10, 0, new TreeMap<>());
        assertReports(truth);
        assertFates(truth);
    }

    private void assertReports(final EngineTruth truth) {
        for (int session = 0; session < TRADERS; session++) {
            final ImpairedTrader trader = traders.get(session);
            assertEquals(truth.reports(session), trader.session.expected() - 1, seed());
            assertEquals(truth.checksum(session), trader.reports.getValue(), seed());
        }
    }

    private void assertFates(final EngineTruth truth) {
        for (final ImpairedTrader trader : traders) {
            trader.orders.forEach((name, order) -> assertFate(truth.fates.get(name), name, order));
        }
    }

    private static String seed() {
        return "seed " + SEED;
    }

    private static void assertFate(final Fate fate, final String name, final ClientOrder order) {
        final String what = name + " " + order.status() + ", " + seed();
        assertNotNull(fate, what);
        assertEquals(order.status() == Status.REJECTED ? 0 : 1, fate.accepted, what);
        assertEquals(1, fate.accepted + fate.rejected, what);
        assertEquals(fate.executed, order.executed(), what);
        assertEquals(fate.leaves, order.leaves(), what);
        assertEquals(fate.leaves == 0, order.status() != Status.LIVE, what);
    }

    /** Trades, ends in order, and returns what the recorded log says of it. */
    private EngineTruth run(
            final Faults faults,
            final int orders,
            final int restarts,
            final TreeMap<Long, String> books)
            throws Exception {
        final JournalConfig journal = new JournalConfig(1 << 20, 1 << 24, 8192, 0, 0);
        try (LiveTrading trading = new LiveTrading(path.resolve("data"))) {
            live = trading;
            live.startSample();
            try (MediaThread media = new MediaThread(live.folder, journal);
                    ImpairmentRelay relay =
                            new ImpairmentRelay(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(), live.ports.base()),
                                    SEED,
                                    faults);
                    LossyLines received = new LossyLines(live.ports, SEED, 30)) {
                lines = received;
                node =
                        new FeedNode(
                                live.folder,
                                SmallTables.CONFIG,
                                InetAddress.getLoopbackAddress(),
                                live.ports,
                                AckLevel.RING,
                                3);
                try {
                    logIn(relay.address());
                    relay.corrupt();
                    if (orders == KEEPS_TRADING) {
                        tradeForAWhile(relay);
                    } else {
                        trade(relay, orders, restarts);
                    }
                    assertTrue(live.isAlive() && media.isAlive(), seed());
                    return replay(books);
                } finally {
                    node.close();
                    for (final ImpairedTrader trader : traders) {
                        trader.close();
                    }
                }
            }
        }
    }

    private void logIn(final InetSocketAddress relay) throws IOException {
        for (int i = 0; i < TRADERS; i++) {
            if (withTokens) {
                giveKey("TEST0" + i, i + 1);
            }
            traders.add(new ImpairedTrader("TEST0" + i, relay, SEED + i, withTokens));
        }
        while (!traders.stream().allMatch(trader -> trader.session.isUp())) {
            turn(0);
        }
    }

    private void giveKey(final String name, final long request) throws IOException {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DefineSessionEncoder session = new DefineSessionEncoder();
        final byte[] secret = Arrays.copyOf(ImpairedTrader.KEY, SessionTable.SECRET_LENGTH);
        session.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .requestHigh(1)
                .requestLow(request)
                .username(Ascii.pack(name))
                .firm(Ascii.packInt(SampleMarket.FIRM))
                .flags(SessionTable.FLAG_TOKEN)
                .accountHigh(Ascii.pack(name))
                .accountLow(Ascii.BLANK)
                .putSecret(secret, 0, secret.length);
        try (ControlClient control = ControlClient.open(live.folder)) {
            assertEquals(
                    0,
                    control.ask(buffer, 0, session.limit(), 1, request, ANSWER_NS)
                            .orElseThrow()
                            .code());
        }
    }

    private int turn(final int each) throws IOException {
        int entered = 0;
        for (final ImpairedTrader trader : traders) {
            trader.turn(each);
            entered += trader.orders.size();
        }
        serveFeed();
        return entered;
    }

    /**
     * A flipped bit in a number can make a session's later ones void: there is no end to wait for.
     */
    private void tradeForAWhile(final ImpairmentRelay relay) throws IOException {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < CORRUPT_NS) {
            turn(KEEPS_TRADING);
        }
        hearTheLast(relay);
    }

    /**
     * A copy of a cancel that the relay still holds is answered too, after every order has ended.
     * On a wire that loses, that answer and the heartbeats that tell of it could all be lost.
     */
    private void hearTheLast(final ImpairmentRelay relay) throws IOException {
        traders.forEach(ImpairedTrader::hush);
        relay.heal();
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < LAST_NS
                || !traders.stream().allMatch(trader -> trader.session.isCaughtUp())) {
            turn(0);
        }
    }

    private void trade(final ImpairmentRelay relay, final int orders, final int restarts)
            throws Exception {
        final int each = orders / TRADERS;
        int restarted = 0;
        while (!isOver(each)) {
            final int entered = turn(each);
            if (restarted < restarts && entered > orders / (restarts + 1) * (restarted + 1)) {
                live.stop();
                live.startSample();
                restarted++;
            }
        }
        hearTheLast(relay);
    }

    private boolean isOver(final int each) {
        return traders.stream().allMatch(trader -> trader.isSettled(each));
    }

    private void serveFeed() throws IOException {
        lines.poll();
        if (node.doWork(System.nanoTime()) == 0) {
            LockSupport.parkNanos(1_000);
        }
        assertTrue(node.alarm().isEmpty(), () -> node.alarm().orElse(""));
    }

    /** Until the feed has everything too, then applies the recorded log once more. */
    private EngineTruth replay(final TreeMap<Long, String> books) throws IOException {
        final EngineTruth truth = new EngineTruth();
        try (Replica replica =
                new Replica(live.folder, SmallTables.CONFIG, truth.both(), truth, truth)) {
            truth.attach(replica.engine());
            long checkpoint = CHECKPOINT;
            long idleSinceNs = System.nanoTime();
            while (System.nanoTime() - idleSinceNs < 2_000_000_000L) {
                serveFeed();
                if (replica.poll(1) > 0) {
                    idleSinceNs = System.nanoTime();
                }
                if (replica.engine().marketEvents() >= checkpoint) {
                    books.put(
                            replica.engine().marketEvents(),
                            EngineBook.text(replica.engine(), "SPDL"));
                    checkpoint = replica.engine().marketEvents() + CHECKPOINT;
                }
            }
            books.put(replica.engine().marketEvents(), EngineBook.text(replica.engine(), "SPDL"));
        }
        return truth;
    }

    private void assertBooks(final TreeMap<Long, String> books) throws IOException {
        assertEquals(books.lastKey(), lines.messages.size(), seed());
        final FeedBook book = new FeedBook();
        final long stock = Ascii.pack("SPDL");
        for (int i = 0; i < lines.messages.size(); i++) {
            final byte[] message = lines.messages.get(i);
            book.onMessage(i + 1, new UnsafeBuffer(message), 0, message.length);
            final String expected = books.get(i + 1L);
            if (expected != null) {
                assertEquals(expected, text(book, stock), "at " + (i + 1) + ", " + seed());
            }
        }
    }

    private static String text(final FeedBook book, final long stock) {
        final StringBuilder text = new StringBuilder();
        for (final char side : new char[] {'B', 'S'}) {
            book.visitLevels(
                    stock,
                    side,
                    (price, shares, orders) -> {
                        JunctureBook.line(text, side, price, shares, orders);
                        return true;
                    });
        }
        return text.toString();
    }
}
