package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.codec.SessionId;
import io.spindle.log.LogRing;
import io.spindle.log.RefillRings;
import io.spindle.log.RingReader;

import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The loop's side of reports that it keeps no more. */
class OlderReportsTest {
    /** More than the rig's store holds. */
    private static final int ORDERS = 8_000;

    @TempDir Path folder;

    private final List<String> asked = new ArrayList<>();
    private TradingRig rig;
    private RingReader requests;
    private LogRing packets;
    private SimClient client;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
        requests = rig.refill.requestReader();
        packets = rig.refill.packetWriter();
        client = rig.client(0).login();
        for (int i = 0; i < ORDERS; i++) {
            client.desk.queryNextNumber(rig.nowNs());
            client.poll();
            rig.run(1);
        }
        rig.run(5);
        client.events.clear();
        client.raw.clear();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private List<String> asked() {
        asked.clear();
        requests.poll(
                (sequence, timeNs, buffer, offset, length) ->
                        asked.add(
                                buffer.getInt(offset + RefillRings.SESSION)
                                        + ":"
                                        + buffer.getInt(offset + RefillRings.FIRST)
                                        + "+"
                                        + buffer.getInt(offset + RefillRings.COUNT)),
                Integer.MAX_VALUE);
        requests.release(requests.sequence(), requests.position());
        return asked;
    }

    /** A packet with one report of a single letter, as the feed process would give it. */
    private void give(final int session, final int date, final int sequence) {
        final int length = RefillRings.PACKET + 7 + 2 + 1;
        final int offset = packets.claim(length, true);
        final MutableDirectBuffer buffer = packets.buffer();
        buffer.putInt(offset + RefillRings.SESSION, session);
        buffer.putInt(offset + RefillRings.SESSION_TAIL, SessionId.tail(1));
        buffer.putLong(offset + RefillRings.SESSION_HEAD, SessionId.head(date));
        final int packet = offset + RefillRings.PACKET;
        buffer.putByte(packet, (byte) 'S');
        buffer.putInt(packet + 1, sequence, BIG_ENDIAN);
        buffer.putShort(packet + 5, (short) 1, BIG_ENDIAN);
        buffer.putShort(packet + 7, (short) 1, BIG_ENDIAN);
        buffer.putByte(packet + 9, (byte) 'Z');
        packets.commit(length, 0);
    }

    @Test
    void shouldAskTheFeedProcessAndSendWhatComesBackOneATurn() {
        client.session.resumeAt(1);
        rig.run(3);
        assertEquals("0:1+" + ORDERS, asked().getFirst());
        give(0, TradingRig.DATE, 1);
        give(0, TradingRig.DATE, 2);
        give(0, TradingRig.DATE, 3);
        rig.network.advanceTo(rig.nowNs() + TradingRig.STEP_NS);
        rig.loop.doWork();
        rig.network.advanceTo(rig.nowNs() + TradingRig.STEP_NS);
        client.poll();
        assertEquals(List.of("Z"), client.events);
        rig.run(4);
        assertEquals(List.of("Z", "Z", "Z"), client.events);
        rig.runFor(60_000_000);
        assertEquals(3, rig.counters.get(LoopCounter.REFILL_PACKETS));
    }

    @Test
    void shouldDropWhatIsOfAnotherDayOrForNobody() {
        give(0, TradingRig.DATE - 1, 1);
        give(7, TradingRig.DATE, 1);
        give(-1, TradingRig.DATE, 1);
        give(1 << 20, TradingRig.DATE, 1);
        rig.runFor(60_000_000);
        assertEquals(0, rig.counters.get(LoopCounter.REFILL_PACKETS));
    }

    @Test
    void shouldLetTheClientAskAgainWhenNobodyTakesRequests() {
        final int room = 1 << 20;
        for (int i = 0; i < room / 32; i++) {
            client.sendBlock('T', (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 9);
            if (i % 16 == 0) {
                rig.run(1);
            }
        }
        asked();
        client.session.resumeAt(1);
        rig.run(200);
        assertEquals("0:1+" + ORDERS, asked().getLast());
    }
}
