package io.spindle.rehearsal;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientSession;
import io.spindle.client.Wire;
import io.spindle.codec.ouch.MessageType;
import io.spindle.codec.ouch.wire.CancelEncoder;
import io.spindle.codec.ouch.wire.MassCancelEncoder;
import io.spindle.codec.ouch.wire.ModifyEncoder;
import io.spindle.codec.ouch.wire.QueryEncoder;
import io.spindle.oms.Ascii;
import io.spindle.oms.SampleMarket;
import io.spindle.session.Packets;
import io.spindle.session.wire.RetransmitRequestEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;

/**
 * Does all that members do seldom: comes and goes, gets its password wrong, asks for reports again,
 * speaks of orders that are not there, and sends what nobody should.
 */
final class RehearsalVisitor implements ClientListener {
    private static final int NO_ORDER = 1_000_000;
    private static final int REPORTS_ASKED_FOR = 8;
    private static final byte[] NO_OPTIONS = {};

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Packets.MAX_DATAGRAM_LENGTH]);
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final ModifyEncoder modify = new ModifyEncoder();
    private final QueryEncoder query = new QueryEncoder();
    private final RetransmitRequestEncoder request = new RetransmitRequestEncoder();
    private final ClientSession session;
    private final ClientSession impostor;
    private final Wire wire;
    private final Wire strangersWire;
    private int number;
    private long nowNs;

    /**
     * @param sessionNumber of the sample market; the next one is only tried in vain
     */
    RehearsalVisitor(final int sessionNumber, final Stage stage) throws IOException {
        wire = stage.connect(this::onDatagram);
        strangersWire = stage.connect((buffer, offset, length) -> {});
        session = session(sessionNumber, SampleMarket.PASSWORD, wire);
        impostor = session(sessionNumber + 1, "wrong", strangersWire);
    }

    private ClientSession session(final int sessionNumber, final String password, final Wire by) {
        return new ClientSession(SampleMarket.session(sessionNumber), password, by, this);
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        session.onDatagram(buffer, offset, length, nowNs);
    }

    /** One visit, or a step of one. */
    void act(final long timeNs) {
        nowNs = timeNs;
        impostor.login(timeNs);
        send(strangersWire, Packets.HEARTBEAT);
        send(strangersWire, Packets.UNSEQUENCED);
        strangersWire.send(message, 0, 2);
        if (session.isUp()) {
            speak(timeNs);
            session.logoff(timeNs);
        } else {
            session.login(timeNs);
        }
    }

    private void speak(final long timeNs) {
        send(wire, Packets.HEARTBEAT);
        send(wire, (byte) '?');
        send(wire, Packets.UNSEQUENCED);
        request.wrap(message, 0)
                .length(RetransmitRequestEncoder.BLOCK_LENGTH - Short.BYTES)
                .packetType(Packets.RETRANSMIT)
                .firstSequence(Math.max(1, session.expected() - REPORTS_ASKED_FOR))
                .count(REPORTS_ASKED_FOR);
        wire.send(message, 0, RetransmitRequestEncoder.BLOCK_LENGTH);
        session.login(timeNs);
        query.wrap(message, 0).messageType(MessageType.QUERY);
        session.pack(message, 0, QueryEncoder.BLOCK_LENGTH, timeNs);
        cancel.wrap(message, 0).messageType(MessageType.CANCEL).userRefNum(NO_ORDER).quantity(0);
        session.pack(message, 0, CancelEncoder.BLOCK_LENGTH, timeNs);
        modify.wrap(message, 0)
                .messageType(MessageType.MODIFY)
                .userRefNum(NO_ORDER)
                .side((byte) 'S')
                .quantity(1);
        session.pack(message, 0, ModifyEncoder.BLOCK_LENGTH, timeNs);
        massCancel
                .wrap(message, 0)
                .messageType(MessageType.MASS_CANCEL)
                .userRefNum(++number)
                .firm((int) (Ascii.pack(SampleMarket.FIRM) >>> Integer.SIZE))
                .symbol(Ascii.pack(SampleMarket.SYMBOLS.getLast()))
                .putAppendage(NO_OPTIONS, 0, 0);
        session.pack(message, 0, massCancel.encodedLength(), timeNs);
        session.flush(timeNs);
    }

    /** A block of this type and nothing else. */
    private void send(final Wire by, final byte type) {
        message.putByte(0, (byte) 0);
        message.putByte(1, (byte) 1);
        message.putByte(2, type);
        by.send(message, 0, 3);
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {}

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {}

    @Override
    public void onEndOfSession(final long total) {}
}
