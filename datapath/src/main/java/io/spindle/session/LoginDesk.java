package io.spindle.session;

import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.oms.SessionTable;
import io.spindle.session.wire.LoginDecoder;
import io.spindle.session.wire.LoginRejectedEncoder;

import org.agrona.DirectBuffer;

/**
 * Decides logins. A valid one asks for the session to be bound to its source, whoever held it
 * before (take-over); one from the source already bound is only answered again, unless a day has
 * begun since. Checks and refusals are limited in number, so that guessing is slow and costs the
 * loop little. A session that keeps its source cannot be taken over while it is up; one with tokens
 * is known by them, not by a password.
 */
public final class LoginDesk {
    private final LoginLimits limits;
    private final PasswordCheck passwords = new PasswordCheck(LoginDecoder.passwordLength());
    private final LoginRejectedEncoder rejected = new LoginRejectedEncoder();
    private final SessionTable sessions;
    private final Bindings bindings;
    private final Tokens tokens;
    private final SessionDay day;
    private final SessionRequests requests;
    private final SessionEgress egress;
    private final UdpFrameEncoder frames;
    private final int localPort;
    private final SessionCounters counters;

    public LoginDesk(
            final SessionTable sessions,
            final Bindings bindings,
            final Tokens tokens,
            final SessionDay day,
            final SessionRequests requests,
            final SessionEgress egress,
            final UdpFrameEncoder frames,
            final int localPort,
            final SessionCounters counters) {
        this.limits = new LoginLimits(sessions.capacity());
        this.sessions = sessions;
        this.bindings = bindings;
        this.tokens = tokens;
        this.day = day;
        this.requests = requests;
        this.egress = egress;
        this.frames = frames;
        this.localPort = localPort;
        this.counters = counters;
    }

    /**
     * Judges one login block.
     *
     * @param frame where it came from
     * @param block offset of the whole block in the frame
     * @param bound session already bound to the source, or {@link Bindings#NONE}
     */
    void onLogin(final UdpFrameDecoder frame, final int block, final int bound, final long timeNs) {
        final DirectBuffer buffer = frame.buffer();
        final int session = sessions.find(Blocks.username(buffer, block));
        final int lastAddress = session == SessionTable.NONE ? 0 : sessions.address(session);
        if (!limits.mayCheck(
                frame.sourceAddress(), frame.sourcePort(), session, lastAddress, timeNs)) {
            counters.loginsLimited++;
        } else if (!isKnown(frame, block, session, bound) || isTaken(session, bound)) {
            reject(frame, Packets.NOT_AUTHORISED, timeNs);
        } else if (!day.isMeant(buffer, block + LoginDecoder.sessionIdEncodingOffset())) {
            reject(frame, Packets.NO_SUCH_SESSION, timeNs);
        } else {
            counters.loginsAccepted++;
            if (session == bound && sessions.isCurrent(session)) {
                egress.answerLogin(session);
            } else {
                requests.sessionUp(
                        session,
                        frame.sourceAddress(),
                        frame.sourcePort(),
                        frame.sourceMac(),
                        timeNs);
            }
        }
    }

    /** By its token, which the datagram of a bound session has shown already, or its password. */
    private boolean isKnown(
            final UdpFrameDecoder frame, final int block, final int session, final int bound) {
        final DirectBuffer buffer = frame.buffer();
        if (session != SessionTable.NONE && tokens.areWanted(session)) {
            final int start = frame.payloadOffset();
            return session == bound
                    || tokens.isGenuine(session, buffer, start, start + frame.payloadLength());
        }
        final int password = block + LoginDecoder.passwordEncodingOffset();
        return passwords.matches(
                sessions, session, buffer, password, LoginDecoder.passwordLength());
    }

    private boolean isTaken(final int session, final int bound) {
        return session != bound
                && bindings.isUp(session)
                && (sessions.flags(session) & SessionTable.FLAG_KEEPS_SOURCE) != 0;
    }

    private void reject(final UdpFrameDecoder frame, final byte reason, final long timeNs) {
        counters.loginsRejected++;
        if (limits.failed(frame.sourceAddress(), frame.sourcePort(), timeNs)
                && frames.begin(
                        frame.sourceMac(), frame.sourceAddress(), frame.sourcePort(), localPort)) {
            rejected.wrap(frames.buffer(), UdpFrameEncoder.PAYLOAD_OFFSET)
                    .packetType(Packets.LOGIN_REJECTED)
                    .reason(reason);
            frames.send(LoginRejectedEncoder.BLOCK_LENGTH);
        }
    }
}
