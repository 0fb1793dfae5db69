package io.spindle.feed;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientOrder.Status;
import io.spindle.client.ClientSession;
import io.spindle.client.ClientToken;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * A firm that trades at random around one price over a bad wire: enters, replaces, cuts and
 * cancels, and knows in the end what became of each of its orders.
 */
final class ImpairedTrader implements ClientListener, AutoCloseable {
    static final byte[] KEY = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private static final int DATAGRAMS = 64;
    private static final int WINDOW = 48;
    private static final int MAX_OPEN = 200;
    private static final int TICK = 100;
    private static final int MIDDLE = 100_000;

    final Map<String, ClientOrder> orders = new LinkedHashMap<>();
    final CRC32C reports = new CRC32C();
    final ClientSession session;
    final OrderDesk desk;

    private final List<ClientOrder> open = new ArrayList<>();
    private final SplittableRandom random;
    private final UdpWire wire;
    private final String name;
    private final byte[] report = new byte[512];
    private boolean hushed;

    ImpairedTrader(
            final String name,
            final InetSocketAddress server,
            final long seed,
            final boolean withToken)
            throws IOException {
        this.name = name;
        this.random = new SplittableRandom(seed);
        wire = new UdpWire(server);
        session = new ClientSession(name, "spindle", wire, this);
        desk = new OrderDesk(session, order -> {});
        if (withToken) {
            session.token(new ClientToken(KEY, epochOffsetNs()));
        }
        session.login(System.nanoTime());
    }

    private static long epochOffsetNs() {
        return new SystemEpochNanoClock().nanoTime() - System.nanoTime();
    }

    /** Sends nothing of its own will any more; what is under way is given up. */
    void hush() {
        hushed = true;
    }

    /** Receives, repeats what time demands, and trades until so many orders were entered. */
    void turn(final int target) {
        final long nowNs = System.nanoTime();
        wire.poll(
                (buffer, offset, length) -> session.onDatagram(buffer, offset, length, nowNs),
                DATAGRAMS);
        session.poll(nowNs);
        if (!hushed) {
            trade(target, nowNs);
        }
    }

    private void trade(final int target, final long nowNs) {
        desk.poll(nowNs);
        for (int i = 0; i < 4 && session.isUp() && desk.unanswered() < WINDOW; i++) {
            act(target, nowNs);
        }
        session.flush(nowNs);
    }

    private void act(final int target, final long nowNs) {
        open.removeIf(order -> order.status().isFinal());
        final int dice = random.nextInt(10);
        if (orders.size() < target && open.size() < MAX_OPEN && dice < 7) {
            enter(nowNs);
        } else if (!open.isEmpty() && desk.cancelling() < WINDOW) {
            change(open.get(random.nextInt(open.size())), dice, nowNs);
        }
    }

    private void enter(final long nowNs) {
        final String id = name + "-" + orders.size();
        final ClientOrder order =
                desk.enter(
                        random.nextBoolean() ? 'B' : 'S',
                        "SPDL",
                        1 + random.nextInt(50),
                        MIDDLE + TICK * (random.nextInt(21) - 10L),
                        random.nextInt(4) == 0 ? '3' : '0',
                        id,
                        nowNs);
        orders.put(id, order);
        open.add(order);
    }

    private void change(final ClientOrder order, final int dice, final long nowNs) {
        if (order.status() != Status.LIVE || order.isChanging()) {
            return;
        }
        if (dice == 7) {
            // Never below what may have been executed meanwhile: that would be refused.
            final long total = order.executed() + order.leaves() + random.nextInt(50);
            desk.replace(order, total, MIDDLE + TICK * (random.nextInt(21) - 10L), nowNs);
        } else if (dice == 8 && order.leaves() > 1) {
            desk.cancel(order, order.executed() + order.leaves() / 2, nowNs);
        } else {
            desk.cancel(order, 0, nowNs);
        }
    }

    /** Enters an order so many ticks away from where it trades. */
    void rest(final char side, final int ticks) {
        final long price = MIDDLE + (side == 'B' ? -20L - ticks : 20L + ticks) * TICK;
        desk.enter(side, "SPDL", 10L * ticks, price, '0', "", System.nanoTime());
    }

    /** True when nothing is under way and every report announced was seen. */
    boolean isSettled(final int target) {
        return orders.size() >= target
                && session.isUp()
                && session.isCaughtUp()
                && desk.unanswered() == 0
                && desk.cancelling() == 0;
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {
        session.login(System.nanoTime());
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, report, 0, length);
        reports.update(report, 0, length);
        desk.onReport(buffer, offset, length, System.nanoTime());
    }

    @Override
    public void onEndOfSession(final long total) {
        session.login(System.nanoTime());
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
