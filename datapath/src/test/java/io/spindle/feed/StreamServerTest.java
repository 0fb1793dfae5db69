package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;

import io.spindle.codec.itch.InstrumentTerms;
import io.spindle.codec.itch.ItchHeader;
import io.spindle.codec.itch.SnapshotEnd;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.Packets;
import io.spindle.session.SessionDay;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * Snapshot and drop copy as the reference client gets them; time is a variable, sockets are real.
 */
class StreamServerTest {
    private static final long SPDL = Ascii.pack("SPDL");
    private static final long ROTR = Ascii.pack("ROTR");
    private static final long MILLISECOND = 1_000_000;
    private static final int TURNS = 30_000;

    private final InetSocketAddress anyPort =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final Random random = new Random(5);
    private final SessionDay day = new SessionDay();
    private final MarketStore market;
    private final SessionStreams sessionStreams;
    private final DropCopy dropCopy;
    private final TradingEngine engine;
    private final TestMarket commands;
    private final StreamServer snapshots;
    private final StreamServer copies;
    private long nowNs = 1_000_000_000L;

    StreamServerTest(@TempDir final Path folder) {
        market = new MarketStore(folder);
        sessionStreams = new SessionStreams(folder.resolve("sessions"), day);
        dropCopy = new DropCopy(folder.resolve("firms"), day, sessionStreams);
        final OuchReports reports = new OuchReports(dropCopy, day);
        engine =
                new TradingEngine(
                        EngineConfig.small(),
                        reports,
                        market.feed(),
                        new NoEvents() {
                            @Override
                            public void onDayStart(final int date, final int epoch) {
                                startDay(date, epoch);
                            }
                        });
        market.attach(engine);
        dropCopy.attach(engine.sessions());
        sessionStreams.attach(engine.sessions());
        reports.attach(engine);
        commands = new TestMarket(engine::apply);
        snapshots = new StreamServer(anyPort, engine.sessions(), day, true, session -> image());
        copies = new StreamServer(anyPort, engine.sessions(), day, false, dropCopy::of);
    }

    private void startDay(final int date, final int epoch) {
        if (copies != null) {
            copies.endDay();
        }
        dropCopy.close();
        day.start(date, epoch);
        market.startDay(date, epoch);
    }

    @AfterEach
    void close() {
        snapshots.close();
        copies.close();
        market.close();
        dropCopy.close();
    }

    @Test
    void shouldShowHaltsAndCollarsAndNothingRemovedInASnapshot() throws IOException {
        commands.open("GONE", "SPDL", "ROTR").state("GONE", 'X').state("GONE", 'D');
        commands.state("SPDL", 'H');
        commands.reference("ROTR", 100_000).band("ROTR", 500).state("ROTR", 'P');
        try (StreamReceiver client = receiver(snapshots, TestMarket.PASSWORD, 0)) {
            client.session.login(nowNs);
            run(snapshots, client, () -> isComplete(client));
            final StringBuilder types = new StringBuilder();
            client.messages.forEach(message -> types.append((char) message.getByte(0)));
            assertEquals("RrHhRrHJG", types.toString());
        }
    }

    @Test
    void shouldSendASnapshotFromWhichTheLiveFeedGoesOn() throws IOException {
        commands.open("SPDL", "ROTR").trade(random, 3_000, SPDL, ROTR);
        final JunctureBook book = new JunctureBook();
        try (StreamReceiver client = receiver(snapshots, TestMarket.PASSWORD, 10)) {
            client.session.login(nowNs);
            final long atSnapshot = market.nextSequence();
            run(snapshots, client, () -> isComplete(client));
            commands.trade(random, 1_000, SPDL, ROTR);

            int terms = 0;
            long join = 0;
            for (final UnsafeBuffer message : client.messages) {
                switch (message.getByte(0)) {
                    case InstrumentTerms.TYPE -> terms++;
                    case SnapshotEnd.TYPE -> join = SnapshotEnd.sequence(message, 0);
                    default -> new ITCH50Parser(book).message(ByteBuffer.wrap(message.byteArray()));
                }
            }
            assertEquals(2, terms);
            assertEquals(atSnapshot, join);
            follow(book, join);
        }

        assertEquals(EngineBook.text(engine, "SPDL"), book.text(SPDL));
        assertEquals(EngineBook.text(engine, "ROTR"), book.text(ROTR));
        assertTrue(book.orders() > 100, () -> "orders " + book.orders());
    }

    @Test
    void shouldMakeANewSnapshotForANewLogin() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver client = receiver(snapshots, TestMarket.PASSWORD, 0)) {
            client.session.login(nowNs);
            run(snapshots, client, () -> isComplete(client));
            final long before = SnapshotEnd.sequence(client.messages.getLast(), 0);
            commands.order('B', 100, "SPDL", 100_000);
            client.messages.clear();
            client.announced = 0;
            client.session.resumeAt(1);
            client.session.login(nowNs);
            run(snapshots, client, () -> isComplete(client));

            assertEquals(1, client.announced);
            assertEquals(before + 1, SnapshotEnd.sequence(client.messages.getLast(), 0));
            assertEquals(1, snapshots.clients());
        }
    }

    @Test
    void shouldTellTermsThatItchHasNoRoomFor() {
        commands.open("SPDL");
        final ByteBuffer block = ByteBuffer.allocate(100);
        assertEquals(1, image().read(2, 1, block));

        final UnsafeBuffer terms = new UnsafeBuffer(block, 2, InstrumentTerms.LENGTH);
        assertEquals(1, ItchHeader.stockLocate(terms, 0));
        assertEquals(SPDL, InstrumentTerms.stock(terms, 0));
        assertEquals(4, InstrumentTerms.priceDecimals(terms, 0));
        assertEquals(0, InstrumentTerms.lotExponent(terms, 0));
        assertEquals(100, InstrumentTerms.tickSize(terms, 0));
        assertEquals(1, InstrumentTerms.minQuantity(terms, 0));
        assertEquals(1_000_000, InstrumentTerms.maxQuantity(terms, 0));
        assertEquals(2_000_000_000, InstrumentTerms.maxPrice(terms, 0));
        assertEquals(Ascii.packInt("USD"), InstrumentTerms.currency(terms, 0));
    }

    @Test
    void shouldNeverShowAHiddenOrder() {
        commands.open("SPDL");
        final long before = image().nextSequence();
        commands.enter(0, 'B', 100, SPDL, 100_000, '0', 'N');

        assertEquals(before, image().nextSequence());
        assertEquals("", EngineBook.text(engine, "SPDL"));
    }

    @Test
    void shouldCopyEveryReportOfTheFirmThroughLoss() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver client = receiver(copies, TestMarket.PASSWORD, 10)) {
            client.session.login(nowNs);
            run(copies, client, client.session::isUp);
            commands.trade(random, 2_000, SPDL);
            run(copies, client, () -> client.messages.size() == reports());

            assertEquals(engine.sessions().nextOutboundSequence(0) - 1, countOf("TEST00", client));
            assertEquals(engine.sessions().nextOutboundSequence(1) - 1, countOf("TEST01", client));
        }
    }

    @Test
    void shouldGiveALateDeskTheWholeDay() throws IOException {
        commands.open("SPDL").trade(random, 500, SPDL);
        try (StreamReceiver client = receiver(copies, TestMarket.PASSWORD, 0)) {
            client.session.login(nowNs);
            run(copies, client, () -> client.messages.size() == reports());

            assertEquals(reports() + 1, client.announced);
        }
    }

    @Test
    void shouldRefuseAWrongPassword() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver client = receiver(copies, "Spindle", 0)) {
            client.session.login(nowNs);
            run(copies, client, () -> client.rejected != 0);

            assertEquals('A', client.rejected);
            assertEquals(0, copies.clients());
        }
    }

    @Test
    void shouldLetASecondLoginTakeTheSessionOver() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver first = receiver(copies, TestMarket.PASSWORD, 0);
                StreamReceiver second = receiver(copies, TestMarket.PASSWORD, 0)) {
            first.session.login(nowNs);
            run(copies, first, first.session::isUp);
            second.session.login(nowNs);
            run(copies, second, second.session::isUp);
            assertEquals(1, copies.clients());

            commands.order('B', 1, "SPDL", 100_000);
            run(copies, second, () -> second.messages.size() == 1);
            first.poll(nowNs);
            assertEquals(0, first.messages.size());
        }
    }

    @Test
    void shouldForgetASilentClientAndOneThatLogsOff() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver client = receiver(copies, TestMarket.PASSWORD, 0)) {
            client.session.login(nowNs);
            run(copies, client, client.session::isUp);
            copies.poll(nowNs + Packets.SILENCE_LIMIT_NS);
            assertEquals(0, copies.clients());

            client.session.login(nowNs);
            run(copies, client, () -> copies.clients() == 1);
            client.session.logoff(nowNs);
            run(copies, client, () -> copies.clients() == 0);
        }
    }

    @Test
    void shouldSayHowManyThereWereWhenTheDayEnds() throws IOException {
        commands.open("SPDL").trade(random, 50, SPDL);
        final long total = reports();
        try (StreamReceiver client = receiver(copies, TestMarket.PASSWORD, 0)) {
            client.session.login(nowNs);
            run(copies, client, () -> client.messages.size() == total);
            commands.day(20261121, 0);
            run(copies, client, () -> client.ended >= 0);

            assertEquals(total, client.ended);
            assertFalse(client.session.isUp());
        }
    }

    @Test
    void shouldIgnoreDatagramsThatAreNotWholeBlocks() throws IOException {
        commands.open("SPDL");
        try (StreamReceiver client = receiver(copies, TestMarket.PASSWORD, 0)) {
            final byte[] noise = new byte[64];
            for (int i = 0; i < 1_000; i++) {
                random.nextBytes(noise);
                client.sendRaw(noise, random.nextInt(noise.length));
                copies.poll(nowNs);
            }
            assertEquals(0, copies.clients());
            client.session.login(nowNs);
            run(copies, client, client.session::isUp);
        }
    }

    private SnapshotImage image() {
        return new SnapshotImage(engine, day.timestampNs(engine.timeNs()), market.nextSequence());
    }

    private long reports() {
        return engine.sessions().nextOutboundSequence(0)
                + engine.sessions().nextOutboundSequence(1)
                - 2;
    }

    private static long countOf(final String username, final StreamReceiver client) {
        return client.messages.stream()
                .filter(message -> message.getStringWithoutLengthAscii(0, 6).equals(username))
                .count();
    }

    private static boolean isComplete(final StreamReceiver client) {
        return !client.messages.isEmpty()
                && client.messages.getLast().getByte(0) == SnapshotEnd.TYPE;
    }

    private void follow(final JunctureBook book, final long from) throws IOException {
        market.store();
        final DayFile file = market.days().find(day.head(), day.tail());
        final ITCH50Parser parser = new ITCH50Parser(book);
        for (long sequence = from; sequence < market.nextSequence(); sequence++) {
            final ByteBuffer block = ByteBuffer.allocate(100);
            file.read(sequence, 1, block);
            parser.message(block.flip().position(2));
        }
    }

    private StreamReceiver receiver(
            final StreamServer server, final String password, final int lossPercent)
            throws IOException {
        return new StreamReceiver(server.address(), "TEST00", password, random, lossPercent);
    }

    private interface Condition {
        boolean holds();
    }

    private void run(final StreamServer server, final StreamReceiver client, final Condition until)
            throws IOException {
        for (int turn = 0; turn < TURNS && !until.holds(); turn++) {
            nowNs += MILLISECOND;
            client.poll(nowNs);
            server.poll(nowNs);
        }
        assertTrue(until.holds(), () -> "after " + client.messages.size() + " messages");
    }
}
