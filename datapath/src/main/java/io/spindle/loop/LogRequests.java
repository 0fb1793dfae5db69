package io.spindle.loop;

import io.spindle.log.CommandLog;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.SessionDownEncoder;
import io.spindle.oms.command.SessionUpEncoder;
import io.spindle.session.Bindings;
import io.spindle.session.SessionRequests;

/**
 * Logs what the session layer wants. With no room in the log the request is dropped: the client
 * logs in again, and silence is found again.
 *
 * <p>Nobody is heard any more as a session that goes down, from the moment that the log says so:
 * what came later would be applied later.
 */
final class LogRequests implements SessionRequests {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SessionUpEncoder up = new SessionUpEncoder();
    private final SessionDownEncoder down = new SessionDownEncoder();
    private final CommandLog log;
    private final Bindings bindings;

    LogRequests(final CommandLog log, final Bindings bindings) {
        this.log = log;
        this.bindings = bindings;
    }

    @Override
    public void sessionUp(
            final int session,
            final int address,
            final int port,
            final long mac,
            final long timeNs) {
        final int length = HEADER + SessionUpEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim != CommandLog.BACK_PRESSURED) {
            up.wrapAndApplyHeader(log.buffer(), claim, header)
                    .session(session)
                    .port(port)
                    .address(address & 0xFFFF_FFFFL)
                    .mac(mac);
            log.commit(length, timeNs);
            unbindOther(session, bindings.find(address, port));
        }
    }

    /** The engine will take down whoever else is up at the source. */
    private void unbindOther(final int session, final int bound) {
        if (bound != session && bound != Bindings.NONE) {
            bindings.unbind(bound);
        }
    }

    @Override
    public void sessionDown(final int session, final int reason, final long timeNs) {
        final int length = HEADER + SessionDownEncoder.BLOCK_LENGTH;
        final int claim = log.claim(length, true);
        if (claim != CommandLog.BACK_PRESSURED) {
            down.wrapAndApplyHeader(log.buffer(), claim, header)
                    .session(session)
                    .reason((short) reason);
            log.commit(length, timeNs);
            bindings.unbind(session);
        }
    }
}
