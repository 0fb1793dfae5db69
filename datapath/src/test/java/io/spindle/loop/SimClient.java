package io.spindle.loop;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The reference client on a simulated network; remembers all it was told. */
final class SimClient implements ClientListener {
    final List<String> events = new ArrayList<>();
    final List<byte[]> raw = new ArrayList<>();
    final List<byte[]> datagrams = new ArrayList<>();
    final List<ClientOrder> changes = new ArrayList<>();
    final ClientSession session;
    final OrderDesk desk;
    boolean keepReports = true;

    private final RxBurst burst = new RxBurst(64);
    private final UdpFrameDecoder decoder = new UdpFrameDecoder();
    private final NicQueue nic;
    private final UdpFrameEncoder encoder;
    private final int port;
    private final TradingRig rig;

    SimClient(final TradingRig rig, final int port, final String username, final String password) {
        this.rig = rig;
        this.port = port;
        nic = rig.network.attach(TradingRig.CLIENT_ADDRESS, port, 1024);
        encoder = new UdpFrameEncoder(nic, nic.info().mac(), nic.info().address());
        session = new ClientSession(username, password, this::send, this);
        desk = new OrderDesk(session, changes::add);
    }

    /** Sends a payload as it is. */
    void send(final DirectBuffer buffer, final int offset, final int length) {
        if (encoder.begin(
                TradingRig.SERVER_MAC, TradingRig.SERVER_ADDRESS, TradingRig.PORT, port)) {
            encoder.buffer().putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, buffer, offset, length);
            encoder.send(length);
            nic.flush();
        }
    }

    void sendHex(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        send(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** One block of this type and body. */
    void sendBlock(final char type, final byte... body) {
        final UnsafeBuffer block = new UnsafeBuffer(new byte[3 + body.length]);
        block.putShort(0, (short) (1 + body.length), ByteOrder.BIG_ENDIAN);
        block.putByte(2, (byte) type);
        block.putBytes(3, body);
        send(block, 0, block.capacity());
    }

    SimClient login() {
        session.login(rig.nowNs());
        rig.run(5);
        return this;
    }

    void poll() {
        final int frames = nic.poll(burst);
        for (int i = 0; i < frames; i++) {
            if (decoder.wrap(burst.address(i), burst.length(i)) == UdpFrameDecoder.UDP) {
                keepDatagram();
                session.onDatagram(
                        decoder.buffer(),
                        decoder.payloadOffset(),
                        decoder.payloadLength(),
                        rig.nowNs());
            }
        }
        nic.release(burst);
        session.poll(rig.nowNs());
        desk.poll(rig.nowNs());
    }

    private void keepDatagram() {
        if (keepReports) {
            final byte[] datagram = new byte[decoder.payloadLength()];
            decoder.buffer().getBytes(decoder.payloadOffset(), datagram);
            datagrams.add(datagram);
        }
    }

    ClientOrder enter(final char side, final long quantity, final String price) {
        return enter(side, quantity, price, '0');
    }

    ClientOrder enter(
            final char side, final long quantity, final String price, final char timeInForce) {
        final long wire = new BigDecimal(price).movePointRight(4).longValueExact();
        return desk.enter(side, "SPDL", quantity, wire, timeInForce, "", rig.nowNs());
    }

    /** Types of {@link #raw}. */
    String types() {
        final StringBuilder types = new StringBuilder();
        raw.forEach(report -> types.append((char) report[0]));
        return types.toString();
    }

    /** Types of the reports so far, one letter each. */
    String reports() {
        return String.join("", events);
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        events.add("login " + sessionId + " " + nextSequence + ";");
    }

    @Override
    public void onLoginRejected(final char reason) {
        events.add("rejected " + reason + ";");
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (keepReports) {
            events.add(String.valueOf((char) buffer.getByte(offset)));
            final byte[] report = new byte[length];
            buffer.getBytes(offset, report);
            raw.add(report);
        }
        desk.onReport(buffer, offset, length, rig.nowNs());
    }

    @Override
    public void onEndOfSession(final long total) {
        events.add("end " + total + ";");
    }
}
