package io.spindle.perf.member;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;
import io.spindle.perf.flow.FlowMessage;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One trading member: a session over UDP that does what a flow says. Not thread-safe. */
public final class Member implements ClientListener, AutoCloseable {
    private static final int DATAGRAMS_PER_POLL = 64;

    private final Map<Integer, ClientOrder> byFlowNumber = new HashMap<>();
    private final Map<ClientOrder, Long> awaited = new IdentityHashMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private final String username;
    private final UdpWire wire;
    private final ClientSession session;
    private final OrderDesk desk;
    private final Tally tally;
    private long nowNs;
    private String refusal;

    /** An order and what it was for. */
    public record Placed(int instrument, char side, ClientOrder order) {
        /** What should be in the book of it. */
        public long resting() {
            return order.status() == ClientOrder.Status.LIVE ? order.leaves() : 0;
        }
    }

    public Member(
            final String username,
            final String password,
            final InetSocketAddress server,
            final Tally tally)
            throws IOException {
        this.username = username;
        this.tally = tally;
        wire = new UdpWire(server);
        session = new ClientSession(username, password, wire, this);
        desk = new OrderDesk(session, this::onChange);
    }

    public String username() {
        return username;
    }

    public void login(final long timeNs) {
        session.login(timeNs);
    }

    public boolean isUp() {
        return session.isUp();
    }

    /**
     * Does what the message says. A change of an order that is known to be over is left out, as a
     * member would.
     *
     * @param intendedNs when it should have been sent, by {@link System#nanoTime}; round trips
     *     count from here
     * @return false if it was left out
     */
    public boolean play(
            final FlowMessage message,
            final String symbol,
            final long price,
            final long intendedNs,
            final long timeNs) {
        final boolean sent =
                switch (message.kind) {
                    case ENTER -> enter(message, symbol, price, intendedNs, timeNs);
                    case REPLACE -> replace(message, price, intendedNs, timeNs);
                    case CANCEL -> cancel(message.number, timeNs);
                };
        if (sent) {
            tally.sent();
        }
        return sent;
    }

    private boolean enter(
            final FlowMessage message,
            final String symbol,
            final long price,
            final long intendedNs,
            final long timeNs) {
        final char timeInForce = message.immediate ? '3' : '0';
        final ClientOrder order =
                desk.enter(message.side, symbol, message.quantity, price, timeInForce, "", timeNs);
        byFlowNumber.put(message.number, order);
        awaited.put(order, intendedNs);
        placed.add(new Placed(message.instrument, message.side, order));
        return true;
    }

    private boolean replace(
            final FlowMessage message, final long price, final long intendedNs, final long timeNs) {
        final ClientOrder order = byFlowNumber.remove(message.originalNumber);
        if (order == null || order.status() != ClientOrder.Status.LIVE) {
            return false;
        }
        byFlowNumber.put(message.number, order);
        desk.replace(order, order.executed() + message.quantity, price, timeNs);
        awaited.put(order, intendedNs);
        return true;
    }

    private boolean cancel(final int number, final long timeNs) {
        final ClientOrder order = byFlowNumber.remove(number);
        if (order == null || order.status().isFinal()) {
            return false;
        }
        desk.cancel(order, 0, timeNs);
        return true;
    }

    /** Receives, sends again, keeps alive. */
    public int poll(final long timeNs) {
        nowNs = timeNs;
        final int received = wire.poll(this::onDatagram, DATAGRAMS_PER_POLL);
        session.poll(timeNs);
        desk.poll(timeNs);
        return received;
    }

    /** True when nothing is on its way any more: every message answered, every report seen. */
    public boolean isSettled() {
        return unanswered() == 0 && session.isCaughtUp();
    }

    /** Messages without an answer. */
    public int unanswered() {
        return desk.unanswered() + desk.cancelling();
    }

    /** Every order so far, open or over. */
    public List<Placed> placed() {
        return List.copyOf(placed);
    }

    /** Why the login was refused, or null. */
    public String refusal() {
        return refusal;
    }

    public void logoff(final long timeNs) {
        session.logoff(timeNs);
    }

    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        session.onDatagram(buffer, offset, length, nowNs);
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        tally.report(buffer.getByte(offset));
        desk.onReport(buffer, offset, length, nowNs);
    }

    /** The clock is read when the answer is in hand: before the receiving call it came too soon. */
    private void onChange(final ClientOrder order) {
        final Long intendedNs = awaited.remove(order);
        if (intendedNs != null) {
            tally.roundTrip(System.nanoTime() - intendedNs);
        }
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        refusal = null;
    }

    @Override
    public void onLoginRejected(final char reason) {
        refusal = username + ": login refused, reason " + reason;
    }

    @Override
    public void onEndOfSession(final long total) {
        refusal = username + ": the session ended";
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
