package io.spindle.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.ouch.OuchReports;
import io.spindle.log.DataFolder;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingReader;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.NoEvents;
import io.spindle.oms.TradingEngine;
import io.spindle.session.SessionDay;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The feed process's side of reports that the loop keeps no more. */
class RefillServerTest {
    @TempDir Path path;

    private final List<Integer> sequences = new ArrayList<>();
    private final SessionDay day = new SessionDay();
    private DataFolder folder;
    private RefillRings rings;
    private LogRing requests;
    private RingReader packets;
    private SessionStreams streams;
    private TradingEngine engine;
    private TestMarket market;
    private RefillServer server;

    @BeforeEach
    void start() throws IOException {
        folder = new DataFolder(path).create();
        rings = RefillRings.open(folder);
        requests = rings.requestWriter();
        packets = rings.packetReader();
        streams = new SessionStreams(path.resolve("sessions"), day);
        final DropCopy dropCopy = new DropCopy(path.resolve("firms"), day, streams);
        final OuchReports reports = new OuchReports(dropCopy, day);
        final NoEvents dayTurner =
                new NoEvents() {
                    @Override
                    public void onDayStart(final int date, final int epoch) {
                        dropCopy.close();
                        streams.close();
                        day.start(date, epoch);
                    }
                };
        engine = new TradingEngine(EngineConfig.small(), reports, dayTurner, dayTurner);
        dropCopy.attach(engine.sessions());
        streams.attach(engine.sessions());
        reports.attach(engine);
        market = new TestMarket(engine::apply);
        market.open("SPDL").trade(new Random(8), 3_000, Ascii.pack("SPDL"));
        server = new RefillServer(rings, engine.sessions(), streams, day);
    }

    @AfterEach
    void stop() {
        streams.close();
        rings.close();
        IoUtil.delete(folder.sharedMemory().toFile(), true);
    }

    private void ask(final int session, final int first, final int count) {
        final int offset = requests.claim(RefillRings.REQUEST_LENGTH, true);
        requests.buffer().putInt(offset + RefillRings.SESSION, session);
        requests.buffer().putInt(offset + RefillRings.FIRST, first);
        requests.buffer().putInt(offset + RefillRings.COUNT, count);
        requests.commit(RefillRings.REQUEST_LENGTH, 0);
    }

    /** Takes every packet that is there; returns how many messages they held. */
    private int take(final int session) {
        final int[] messages = {0};
        packets.poll(
                (sequence, timeNs, buffer, offset, length) -> {
                    assertEquals(session, buffer.getInt(offset + RefillRings.SESSION));
                    assertEquals(day.head(), buffer.getLong(offset + RefillRings.SESSION_HEAD));
                    assertEquals(day.tail(), buffer.getInt(offset + RefillRings.SESSION_TAIL));
                    final int packet = offset + RefillRings.PACKET;
                    assertEquals('S', buffer.getByte(packet));
                    sequences.add(buffer.getInt(packet + 1, BIG_ENDIAN));
                    messages[0] += buffer.getShort(packet + 5, BIG_ENDIAN);
                },
                Integer.MAX_VALUE);
        packets.release(packets.sequence(), packets.position());
        return messages[0];
    }

    private int serve(final int session) {
        int messages = 0;
        while (server.poll() > 0) {
            messages += take(session);
        }
        return messages;
    }

    @Test
    void shouldGiveEveryReportOfASessionUnderItsOwnNumber() {
        final int all = (int) engine.sessions().nextOutboundSequence(1) - 1;
        ask(1, 1, 0xFFFF);
        assertEquals(all, serve(1));
        assertEquals(1, sequences.getFirst());
    }

    @Test
    void shouldGiveNoMoreThanWasAskedForAndPreferTheNewestRequest() {
        ask(0, 1, 10);
        ask(0, 5, 3);
        assertEquals(3, serve(0));
        assertEquals(List.of(5), sequences);
        ask(0, 1, 0);
        ask(0, -1, 4);
        ask(9_999, 1, 4);
        assertEquals(0, serve(0));
    }

    @Test
    void shouldWaitForRoomInTheRing() {
        for (int again = 0; again < 40; again++) {
            ask(1, 1, 0xFFFF);
            while (server.poll() > 0) {}
        }
        final int all = (int) engine.sessions().nextOutboundSequence(1) - 1;
        take(1);
        ask(1, 1, 0xFFFF);
        sequences.clear();
        assertEquals(all, serve(1));
    }

    @Test
    void shouldBeginAnewWithTheDay() {
        server.endDay();
        market.day(TestMarket.DATE + 1, 0).order('B', 1, "SPDL", 100_000);
        ask(0, 1, 100);
        final int all = (int) engine.sessions().nextOutboundSequence(0) - 1;
        assertEquals(all, serve(0));
    }
}
