package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.spindle.client.FeedBook;
import io.spindle.client.MoldReceiver;
import io.spindle.codec.SessionId;
import io.spindle.codec.itch.MoldPacket;
import io.spindle.codec.ouch.OuchReports;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.SessionDay;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Whatever arrives at the feed process's three ports, and at a receiver: all of them go on. An
 * input is a run of {u8 where: 0 re-request, 1 snapshot, 2 drop copy, 3 receiver; u16 length;
 * datagram}.
 */
class FeedFuzzTest {
    private static final long PATIENCE_NS = 1_000_000_000L;

    private static Path folder;
    private static MarketStore market;
    private static DropCopy dropCopy;
    private static SessionStreams streams;
    private static RerequestServer rerequests;
    private static StreamServer snapshots;
    private static StreamServer copies;
    private static DatagramChannel client;
    private static long nowNs = 1_000_000_000L;

    @BeforeAll
    static void open() throws IOException {
        folder = Files.createTempDirectory("spindle-fuzz");
        final SessionDay day = new SessionDay();
        market = new MarketStore(folder);
        streams = new SessionStreams(folder.resolve("sessions"), day);
        dropCopy = new DropCopy(folder.resolve("firms"), day, streams);
        final OuchReports reports = new OuchReports(dropCopy, day);
        final TradingEngine engine =
                new TradingEngine(
                        EngineConfig.small(),
                        reports,
                        market.feed(),
                        new NoEvents() {
                            @Override
                            public void onDayStart(final int date, final int epoch) {
                                day.start(date, epoch);
                                market.startDay(date, epoch);
                            }
                        });
        market.attach(engine);
        dropCopy.attach(engine.sessions());
        streams.attach(engine.sessions());
        reports.attach(engine);
        new TestMarket(engine::apply).open("SPDL").trade(new Random(1), 500, Ascii.pack("SPDL"));
        market.store();
        final InetSocketAddress anyPort =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        rerequests = new RerequestServer(anyPort, market.days());
        snapshots =
                new StreamServer(
                        anyPort,
                        engine.sessions(),
                        day,
                        true,
                        session -> new SnapshotImage(engine, 0, market.nextSequence()));
        copies = new StreamServer(anyPort, engine.sessions(), day, false, dropCopy::of);
        client = DatagramChannel.open();
        client.bind(anyPort);
        client.configureBlocking(false);
    }

    @AfterAll
    static void close() throws IOException {
        client.close();
        rerequests.close();
        snapshots.close();
        copies.close();
        streams.close();
        dropCopy.close();
        market.close();
        IoUtil.delete(folder.toFile(), true);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldServeOnWhateverArrives(final byte[] script) throws IOException {
        final MoldReceiver receiver =
                new MoldReceiver((buffer, offset, length) -> {}, new FeedBook());
        final ByteBuffer in = ByteBuffer.wrap(script);
        while (in.remaining() >= 3) {
            final int where = in.get() & 3;
            final int wanted = in.getShort() & 0xFFFF;
            final int length = Math.min(Math.min(wanted, in.remaining()), 2_000);
            if (where == 3) {
                receiver.onPacket(new UnsafeBuffer(script), in.position(), length, nowNs);
            } else {
                client.send(in.slice(in.position(), length), address(where));
            }
            in.position(in.position() + length);
            nowNs += 100_000_000;
            serve();
        }
        assertStillServing();
    }

    private static InetSocketAddress address(final int where) {
        return switch (where) {
            case 0 -> rerequests.address();
            case 1 -> snapshots.address();
            default -> copies.address();
        };
    }

    private static void serve() throws IOException {
        rerequests.poll(nowNs);
        snapshots.poll(nowNs);
        copies.poll(nowNs);
        final ByteBuffer answer = ByteBuffer.allocate(2_048);
        while (client.receive(answer) != null) {
            answer.clear();
        }
    }

    /** Message 1 of the day is what it was. */
    private static void assertStillServing() throws IOException {
        nowNs += 1_000_000_000L;
        serve();
        final ByteBuffer request = ByteBuffer.allocate(MoldPacket.HEADER_LENGTH);
        MoldPacket.encodeHeader(
                new UnsafeBuffer(request),
                0,
                SessionId.head(TestMarket.DATE),
                SessionId.tail(0),
                1,
                1);
        client.send(request, rerequests.address());
        final ByteBuffer answer = ByteBuffer.allocate(2_048);
        final long startNs = System.nanoTime();
        while (client.receive(answer) == null && System.nanoTime() - startNs < PATIENCE_NS) {
            rerequests.poll(nowNs);
            snapshots.poll(nowNs);
        }
        assertEquals(MoldPacket.HEADER_LENGTH + 2 + 12, answer.position());
        assertEquals('S', answer.get(MoldPacket.HEADER_LENGTH + 2));
    }
}
