package io.spindle.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.codec.itch.CrossTrade;
import io.spindle.codec.itch.Imbalance;
import io.spindle.codec.ouch.Tag;
import io.spindle.net.Ports;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Auctions and trades with oneself, as clients and the public hear of them: OUCH in, ITCH out. */
class MarketOverTheWireTest {
    private static final int DESTINATION_PORT = 36;
    private static final int MOLD_HEADER = 20;
    private static final int MOLD_COUNT = 18;
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir Path folder;

    private final List<byte[]> feed = new ArrayList<>();
    private TradingRig rig;

    @BeforeEach
    void start() {
        rig = new TradingRig(folder);
        rig.network.tap(this::listen);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** Keeps the messages of line A. */
    private void listen(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int port = buffer.getShort(DESTINATION_PORT, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        if (port != new Ports(TradingRig.PORT).lineA()) {
            return;
        }
        int at = UdpFrameEncoder.PAYLOAD_OFFSET;
        final int count = buffer.getShort(at + MOLD_COUNT, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        at += MOLD_HEADER;
        for (int i = 0; i < count && count != 0xFFFF; i++) {
            final int length = buffer.getShort(at, ByteOrder.BIG_ENDIAN);
            final byte[] message = new byte[length];
            buffer.getBytes(at + Short.BYTES, message);
            feed.add(message);
            at += Short.BYTES + length;
        }
    }

    /** Types of what the feed has said since the last call. */
    private String heard() {
        final StringBuilder types = new StringBuilder();
        feed.forEach(message -> types.append((char) message[0]));
        return types.toString();
    }

    private UnsafeBuffer message(final char type) {
        return feed.stream()
                .filter(message -> message[0] == type)
                .reduce((first, second) -> second)
                .map(UnsafeBuffer::new)
                .orElseThrow();
    }

    private void state(final char code, final long request) throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final SetTradingStateEncoder state = new SetTradingStateEncoder();
        state.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .requestHigh(7)
                .requestLow(request)
                .symbol(Ascii.pack("SPDL"))
                .state((byte) code)
                .expected(SetTradingStateEncoder.expectedNullValue());
        assertTrue(rig.control.send(buffer, 0, state.limit()));
        rig.run(3);
    }

    @Test
    void shouldCallAnAuctionShowItAndTradeItAtOnePrice() throws IOException {
        final SimClient buyer = rig.client(0).login();
        final SimClient seller = rig.client(1).login();
        state('Q', 1);
        final ClientOrder buy = buyer.enter('B', 100, "10.10");
        final ClientOrder sell = seller.enter('S', 60, "9.90");
        rig.run(3);
        assertEquals(Status.LIVE, buy.status());
        assertEquals(Status.LIVE, sell.status());
        assertEquals(0, buy.executed());
        rig.runFor(SECOND_NS + SECOND_NS / 10);
        final UnsafeBuffer called = message('I');
        assertEquals(60, Imbalance.paired(called, 0));
        assertEquals(40, Imbalance.imbalance(called, 0));
        assertEquals('B', Imbalance.direction(called, 0));
        assertEquals('O', Imbalance.cross(called, 0));
        feed.clear();
        state('T', 2);
        rig.run(3);
        assertEquals("CCQH", heard().replace("I", ""));
        final UnsafeBuffer crossed = message('Q');
        assertEquals(60, CrossTrade.shares(crossed, 0));
        assertEquals(Imbalance.nearPrice(called, 0), CrossTrade.price(crossed, 0));
        assertEquals(Status.FILLED, sell.status());
        assertEquals(40, buy.leaves());
        assertEquals(60 * CrossTrade.price(crossed, 0), sell.executedValue());
        assertEquals(sell.executedValue(), buy.executedValue());
    }

    @Test
    void shouldSayWhenBidsAndAsksDoNotMeet() throws IOException {
        final SimClient buyer = rig.client(0).login();
        state('P', 1);
        buyer.enter('B', 100, "10.00");
        rig.runFor(SECOND_NS + SECOND_NS / 10);
        final UnsafeBuffer called = message('I');
        assertEquals('O', Imbalance.direction(called, 0));
        assertEquals(0, Imbalance.nearPrice(called, 0));
        assertEquals('H', Imbalance.cross(called, 0));
        feed.clear();
        state('T', 2);
        assertEquals("H", heard().replace("I", ""));
    }

    @Test
    void shouldPreventATradeWithOneselfInEveryWayThatIsAskedFor() {
        final String[] modes = {"N", "O", "B", "D"};
        final String[] told = {"AAD", "AAD", "AADD", "AADD"};
        final String[] shown = {"", "DA", "D", "X"};
        for (int i = 0; i < modes.length; i++) {
            final SimClient client = rig.client(i).login();
            final byte[] mode = {2, (byte) Tag.SELF_TRADE_PREVENTION, (byte) modes[i].charAt(0)};
            final long price = 100_000 + i * 1_000;
            client.sendBlock('U', TradingMessages.enter(1, 'S', 10, price, mode));
            rig.run(3);
            feed.clear();
            client.sendBlock('U', TradingMessages.enter(2, 'B', 6, price, mode));
            rig.run(3);
            assertEquals(told[i], client.types(), modes[i]);
            assertEquals(shown[i], heard(), modes[i]);
            client.sendBlock('U', TradingMessages.cancel(1, 0));
            client.sendBlock('U', TradingMessages.cancel(2, 0));
            rig.run(3);
            assertEquals(0, rig.engine().orders().open());
        }
    }
}
