package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.SessionDay;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Who logs in again, and who finds no room; time is a variable, sockets are real. */
class StreamLoginsTest {
    private static final long MILLISECOND = 1_000_000;
    private static final int TURNS = 1_000;

    private final Random random = new Random(6);
    private final SessionDay day = new SessionDay();
    private final List<StreamReceiver> receivers = new ArrayList<>();
    private final List<SnapshotImage> made = new ArrayList<>();
    private final MarketStore market;
    private final TradingEngine engine;
    private final TestMarket commands;
    private final StreamServer server;
    private long nowNs = 1_000_000_000L;

    StreamLoginsTest(@TempDir final Path folder) {
        market = new MarketStore(folder);
        engine =
                new TradingEngine(
                        EngineConfig.small(),
                        new NoEvents(),
                        market.feed(),
                        new NoEvents() {
                            @Override
                            public void onDayStart(final int date, final int epoch) {
                                day.start(date, epoch);
                                market.startDay(date, epoch);
                            }
                        });
        market.attach(engine);
        commands = new TestMarket(engine::apply).open("SPDL");
        server =
                new StreamServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        engine.sessions(),
                        day,
                        true,
                        session -> image());
    }

    private SnapshotImage image() {
        made.add(
                new SnapshotImage(engine, day.timestampNs(engine.timeNs()), market.nextSequence()));
        return made.getLast();
    }

    @AfterEach
    void close() throws IOException {
        for (final StreamReceiver receiver : receivers) {
            receiver.close();
        }
        server.close();
        market.close();
    }

    @Test
    void shouldMakeOneSnapshotForALoginThatWasSentTwice() throws IOException {
        final StreamReceiver client = login("TEST00");
        client.session.login(nowNs);
        runUntilComplete(client);

        assertEquals(1, client.announced);
        assertEquals(1, made.size());
    }

    @Test
    void shouldCountLoginsForWhichThereIsNoRoomUntilSomebodyGoes() throws IOException {
        for (int i = 0; i <= StreamServer.MAX_CLIENTS; i++) {
            final String username = "DESK" + (10 + i);
            commands.session(username);
            login(username);
            server.poll(nowNs);
        }
        assertEquals(StreamServer.MAX_CLIENTS, server.clients());
        assertEquals(1, server.turnedAway());

        receivers.getFirst().session.logoff(nowNs);
        runUntilComplete(receivers.getLast());
        assertEquals(StreamServer.MAX_CLIENTS, server.clients());
    }

    private StreamReceiver login(final String username) throws IOException {
        final StreamReceiver client =
                new StreamReceiver(server.address(), username, TestMarket.PASSWORD, random, 0);
        receivers.add(client);
        client.session.login(nowNs);
        return client;
    }

    private void runUntilComplete(final StreamReceiver client) throws IOException {
        final long length = image().nextSequence() - 1;
        made.removeLast();
        for (int turn = 0; turn < TURNS && client.messages.size() < length; turn++) {
            nowNs += MILLISECOND;
            client.poll(nowNs);
            server.poll(nowNs);
        }
        assertTrue(client.session.isUp());
        assertEquals(length, client.messages.size());
    }
}
