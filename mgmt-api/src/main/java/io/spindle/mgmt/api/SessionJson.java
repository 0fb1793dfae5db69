package io.spindle.mgmt.api;

import io.spindle.mgmt.model.SessionState;

import java.util.concurrent.TimeUnit;

/**
 * A client session.
 *
 * @param disconnectGraceMs how long its orders outlive its connection, if it cancels on disconnect
 */
public record SessionJson(
        String session,
        String firm,
        String account,
        boolean cancelOnDisconnect,
        long disconnectGraceMs,
        boolean keepsSource,
        boolean carriesTokens,
        boolean up,
        String address,
        int openOrders,
        String nextOutboundSequence) {
    public static SessionJson of(final SessionState state) {
        return new SessionJson(
                state.username(),
                state.firm(),
                state.account(),
                state.cancelOnDisconnect(),
                TimeUnit.NANOSECONDS.toMillis(state.graceNs()),
                state.keepsSource(),
                state.carriesTokens(),
                state.up(),
                state.address(),
                state.openOrders(),
                Long.toString(state.nextOutboundSequence()));
    }
}
