package io.spindle.perf.wire;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.codec.ouch.ClOrdId;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.AcceptedDecoder;
import io.spindle.codec.ouch.wire.EnterEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.session.Packets;
import io.spindle.session.wire.BlockHeaderEncoder;
import io.spindle.session.wire.SequencedDecoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A session that enters resting orders, each answered by its Accepted. */
final class OrderDialogue implements Dialogue, ClientListener {
    private static final long LOGIN_PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long PRICE = 100_000;

    private static final int MESSAGE_OFFSET = BlockHeaderEncoder.BLOCK_LENGTH;
    private static final int ORDER_LENGTH =
            MESSAGE_OFFSET + EnterEncoder.BLOCK_LENGTH + EnterEncoder.appendageHeaderLength();
    private static final int ANSWER_OFFSET = SequencedDecoder.BLOCK_LENGTH + Short.BYTES;

    private final UnsafeBuffer order = new UnsafeBuffer(new byte[ORDER_LENGTH]);
    private final EnterEncoder enter = new EnterEncoder();
    private final AcceptedDecoder accepted = new AcceptedDecoder();
    private final UdpDialogue wire;
    private final ClientSession session;
    private long number;

    OrderDialogue(final int own, final int server, final int port) {
        wire = new UdpDialogue(own, server, port);
        session =
                new ClientSession(SampleMarket.session(0), SampleMarket.PASSWORD, wire::send, this);
        new BlockHeaderEncoder()
                .wrap(order, 0)
                .length(ORDER_LENGTH - Short.BYTES)
                .packetType(Packets.UNSEQUENCED);
        enter.wrap(order, MESSAGE_OFFSET)
                .messageType(MessageType.ENTER)
                .side((byte) 'B')
                .quantity(1)
                .symbol(Ascii.pack("SPDL"))
                .price(PRICE)
                .timeInForce((byte) '0')
                .display((byte) 'Y')
                .capacity((byte) 'P')
                .interMarketSweep((byte) 'N')
                .crossType((byte) 'N');
        ClOrdId.put(enter.clOrdId(), Ascii.BLANK, Ascii.BLANK);
        enter.putAppendage(new byte[0], 0, 0);
    }

    @Override
    public void begin() throws IOException {
        final long deadlineNs = System.nanoTime() + LOGIN_PATIENCE_NS;
        session.login(System.nanoTime());
        while (!session.isUp()) {
            receive();
            session.poll(System.nanoTime());
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("no login");
            }
        }
    }

    @Override
    public void ask() {
        enter.wrap(order, MESSAGE_OFFSET).userRefNum(++number);
        wire.send(order, 0, ORDER_LENGTH);
    }

    /** The session's own bookkeeping is left out: it is no part of what is timed. */
    @Override
    public boolean isAnswered() {
        final UnsafeBuffer datagram = wire.receive();
        if (datagram == null
                || datagram.getByte(0) != Packets.SEQUENCED
                || datagram.capacity() < ANSWER_OFFSET + AcceptedDecoder.BLOCK_LENGTH
                || datagram.getByte(ANSWER_OFFSET) != MessageType.ACCEPTED) {
            return false;
        }
        return accepted.wrap(datagram, ANSWER_OFFSET, AcceptedDecoder.BLOCK_LENGTH, 0).userRefNum()
                == number;
    }

    /** The order as it goes over the wire, with whatever number was last in it. */
    byte[] order() {
        return order.byteArray().clone();
    }

    /** Own UDP port. */
    int port() {
        return wire.port();
    }

    private void receive() {
        final UnsafeBuffer datagram = wire.receive();
        if (datagram != null) {
            session.onDatagram(datagram, 0, datagram.capacity(), System.nanoTime());
        }
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        throw new IllegalStateException("a report before the first order");
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        number = 0;
    }

    @Override
    public void onLoginRejected(final char reason) {
        throw new IllegalStateException("login rejected: " + reason);
    }

    @Override
    public void onEndOfSession(final long total) {
        throw new IllegalStateException("session ended after " + total);
    }

    @Override
    public void close() {
        wire.close();
    }
}
