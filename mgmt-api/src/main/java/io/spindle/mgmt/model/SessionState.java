package io.spindle.mgmt.model;

/**
 * A client session and whether somebody is logged in to it.
 *
 * @param graceNs how long its orders outlive its connection, if it cancels on disconnect
 */
public record SessionState(
        int session,
        String username,
        String firm,
        String account,
        boolean cancelOnDisconnect,
        long graceNs,
        boolean keepsSource,
        boolean carriesTokens,
        boolean up,
        String address,
        int openOrders,
        long nextOutboundSequence,
        long sequence,
        long timeNs)
        implements Fact {}
