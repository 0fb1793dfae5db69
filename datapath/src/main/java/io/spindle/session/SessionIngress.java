package io.spindle.session;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.spindle.net.UdpFrameDecoder;
import io.spindle.oms.SessionTable;
import io.spindle.session.wire.RetransmitRequestDecoder;

import org.agrona.DirectBuffer;

/**
 * Takes one datagram from a client: finds its session by source, checks that it is whole blocks,
 * and hands each block on. Nothing of a datagram that is not whole is used, and a source that is
 * not logged in is heard only for its login.
 */
public final class SessionIngress {
    private final Bindings bindings;
    private final LoginDesk logins;
    private final MessageHandler messages;
    private final Policer policer;
    private final Tokens tokens;
    private final SessionRequests requests;
    private final SessionEgress egress;
    private final Liveness liveness;
    private final SessionCounters counters;

    public SessionIngress(
            final Bindings bindings,
            final LoginDesk logins,
            final MessageHandler messages,
            final SessionTable sessions,
            final Tokens tokens,
            final SessionRequests requests,
            final SessionEgress egress,
            final Liveness liveness,
            final SessionCounters counters) {
        this.bindings = bindings;
        this.logins = logins;
        this.messages = messages;
        this.tokens = tokens;
        this.policer = new Policer(sessions, bindings.capacity());
        this.requests = requests;
        this.egress = egress;
        this.liveness = liveness;
        this.counters = counters;
    }

    /** Takes the datagram that {@code frame} holds; times as in {@link MessageHandler}. */
    public void onDatagram(final UdpFrameDecoder frame, final long receivedNs, final long timeNs) {
        counters.datagrams++;
        final DirectBuffer buffer = frame.buffer();
        final int start = frame.payloadOffset();
        final int end = start + frame.payloadLength();
        if (!Blocks.areWhole(buffer, start, end - start)) {
            counters.malformedDatagrams++;
            return;
        }
        final int session = bindings.find(frame.sourceAddress(), frame.sourcePort());
        if (session == Bindings.NONE) {
            onStranger(frame, start, timeNs);
            return;
        }
        if (tokens.areWanted(session) && !tokens.isGenuine(session, buffer, start, end)) {
            counters.tokensRefused++;
            return;
        }
        liveness.heard(session, timeNs);
        walk(frame, session, start, end, receivedNs, timeNs);
    }

    /** Up to a logoff, or a login as another session: what lies behind it is nobody's. */
    private void walk(
            final UdpFrameDecoder frame,
            final int session,
            final int start,
            final int end,
            final long receivedNs,
            final long timeNs) {
        int block = start;
        while (block < end && bindings.isUp(session)) {
            onBlock(frame, session, block, receivedNs, timeNs);
            block = Blocks.next(frame.buffer(), block);
        }
    }

    private void onStranger(final UdpFrameDecoder frame, final int block, final long timeNs) {
        if (Blocks.type(frame.buffer(), block) == Packets.LOGIN) {
            logins.onLogin(frame, block, Bindings.NONE, timeNs);
        } else {
            counters.strangerDatagrams++;
        }
    }

    private void onBlock(
            final UdpFrameDecoder frame,
            final int session,
            final int block,
            final long receivedNs,
            final long timeNs) {
        final DirectBuffer buffer = frame.buffer();
        switch (Blocks.type(buffer, block)) {
            case Packets.UNSEQUENCED:
                onMessage(session, buffer, block, receivedNs, timeNs);
                break;
            case Packets.RETRANSMIT:
                egress.resend(session, firstSequence(buffer, block), count(buffer, block));
                break;
            case Packets.LOGIN:
                logins.onLogin(frame, block, session, timeNs);
                break;
            case Packets.LOGOFF:
                requests.sessionDown(session, Liveness.LOGOFF, timeNs);
                break;
            case Packets.HEARTBEAT:
            case Packets.TOKEN:
                break;
            default:
                counters.ignoredBlocks++;
                break;
        }
    }

    private void onMessage(
            final int session,
            final DirectBuffer buffer,
            final int block,
            final long receivedNs,
            final long timeNs) {
        if (!policer.admits(session, timeNs)) {
            counters.policed++;
            return;
        }
        final int body = Blocks.body(block);
        final int length = Blocks.next(buffer, block) - body;
        messages.onMessage(session, buffer, body, length, receivedNs, timeNs);
    }

    private static int firstSequence(final DirectBuffer buffer, final int block) {
        final int field = block + RetransmitRequestDecoder.firstSequenceEncodingOffset();
        return buffer.getInt(field, BIG_ENDIAN);
    }

    private static int count(final DirectBuffer buffer, final int block) {
        final int field = block + RetransmitRequestDecoder.countEncodingOffset();
        return buffer.getShort(field, BIG_ENDIAN) & 0xFFFF;
    }
}
