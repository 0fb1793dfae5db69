package io.spindle.perf.lobster;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.FeedBook;
import io.spindle.client.FeedWire;
import io.spindle.client.OrderDesk;
import io.spindle.client.UdpWire;
import io.spindle.codec.ouch.MessageType;
import io.spindle.net.Ports;
import io.spindle.oms.Ascii;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A running appliance, met as a trading firm meets it: orders go in over UDP, what became of them
 * is what the session's reports say, and the book is the one that its market-data feed builds.
 *
 * <p>One step at a time. A query behind every order is the barrier: reports are sequenced, so when
 * its answer is here, all that the order did is here too. The feed is waited for until it shows
 * every order of the step as the reports left it.
 */
final class WireVenue implements ReplayVenue, ClientListener {
    /** Where the appliance is and as whom to trade there. */
    record Access(String host, Ports ports, InetAddress local, String session, String password) {}

    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final long ASK_AGAIN_NS = 50_000_000L;
    private static final int DATAGRAMS_PER_POLL = 64;
    private static final long IDLE_NS = 100_000;

    private final Map<Integer, ClientOrder> byNumber = new HashMap<>();
    private final Map<ClientOrder, Integer> numbers = new IdentityHashMap<>();
    private final Map<ClientOrder, Traded> traded = new IdentityHashMap<>();
    private final Set<ClientOrder> touched = new LinkedHashSet<>();
    private final FeedBook book = new FeedBook();
    private final String symbol;
    private final UdpWire wire;
    private final FeedWire feed;
    private final ClientSession session;
    private final OrderDesk desk;
    private ClientOrder entered;
    private Fills fills;
    private long queryAnswers;
    private String refusal = "";

    private record Traded(long quantity, long value) {}

    /** Logs in and waits for the feed; throws when the book is not empty. */
    WireVenue(final Access access, final String symbol) throws IOException {
        this.symbol = symbol;
        wire = new UdpWire(new InetSocketAddress(access.host(), access.ports().orderEntry()));
        feed = new FeedWire(access.host(), access.ports(), access.local(), book);
        session = new ClientSession(access.session(), access.password(), wire, this);
        desk = new OrderDesk(session, this::onChange);
        session.resumeAtLogin();
        session.login(System.nanoTime());
        await(session::isUp, "no answer to the login: is an appliance running there?");
        barrier();
        await(feed.receiver()::isCaughtUp, "the market-data feed is not heard");
        book.visitLevels(Ascii.pack(symbol), 'B', this::refuseForeignOrders);
        book.visitLevels(Ascii.pack(symbol), 'S', this::refuseForeignOrders);
    }

    private boolean refuseForeignOrders(final long price, final long shares, final int orders) {
        throw new IllegalStateException(
                "the book of "
                        + symbol
                        + " has orders already; the replay needs a book to itself: name another"
                        + " instrument with --symbol, or start on an empty --data folder");
    }

    @Override
    public int enter(
            final char side,
            final long price,
            final long quantity,
            final boolean immediate,
            final Fills listener) {
        fills = listener;
        entered =
                desk.enter(
                        side,
                        symbol,
                        quantity,
                        price,
                        immediate ? '3' : '0',
                        "",
                        System.nanoTime());
        await(() -> entered.status() != ClientOrder.Status.SENT, "an order was not answered");
        if (entered.status() == ClientOrder.Status.REJECTED) {
            throw new IllegalStateException(
                    "order " + entered.userRefNum() + " rejected, code " + entered.reason());
        }
        barrier();
        final int number = Math.toIntExact(entered.userRefNum());
        if (entered.status() == ClientOrder.Status.LIVE) {
            byNumber.put(number, entered);
            numbers.put(entered, number);
        }
        return number;
    }

    @Override
    public void cut(final int order, final long total) {
        desk.cancel(byNumber.get(order), total, System.nanoTime());
        await(() -> desk.cancelling() == 0, "a cancel was not answered");
    }

    @Override
    public void read(final Ladder ladder) {
        awaitFeed();
        ladder.clear();
        readSide('B', ladder);
        readSide('S', ladder);
    }

    private void readSide(final char side, final Ladder ladder) {
        final int[] level = new int[1];
        book.visitLevels(
                Ascii.pack(symbol),
                side,
                (price, shares, orders) -> {
                    ladder.set(side, level[0], price, shares);
                    return ++level[0] < ladder.depth();
                });
    }

    /** Keeps the session and the feed alive until it is time for the next event. */
    void idleUntil(final long dueNs) {
        while (dueNs - System.nanoTime() > 0) {
            turn(System.nanoTime(), "");
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    /** Takes the replay's orders out of the book. */
    @Override
    public void close() throws IOException {
        try (wire;
                feed) {
            for (final ClientOrder order : List.copyOf(byNumber.values())) {
                if (order.status() == ClientOrder.Status.LIVE) {
                    desk.cancel(order, 0, System.nanoTime());
                    await(() -> desk.cancelling() == 0, "a cancel was not answered");
                }
            }
            session.logoff(System.nanoTime());
        }
    }

    /** Returns when everything that the appliance did until now was reported. */
    private void barrier() {
        final long answered = queryAnswers;
        long askedNs = System.nanoTime() - ASK_AGAIN_NS;
        final long startNs = System.nanoTime();
        while (queryAnswers == answered) {
            final long nowNs = System.nanoTime();
            if (nowNs - askedNs >= ASK_AGAIN_NS) {
                desk.queryNextNumber(nowNs);
                askedNs = nowNs;
            }
            turn(startNs, "a query was not answered");
        }
    }

    /** The feed may be a moment behind the reports. */
    private void awaitFeed() {
        for (final ClientOrder order : touched) {
            final boolean resting = order.status() == ClientOrder.Status.LIVE;
            await(
                    () -> book.openShares(order.orderReference()) == (resting ? order.leaves() : 0),
                    "the feed does not show order " + order.orderReference() + " as reported");
        }
        touched.clear();
    }

    private void await(final BooleanSupplier done, final String complaint) {
        final long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            turn(startNs, complaint);
        }
    }

    private void turn(final long startNs, final String complaint) {
        final long nowNs = System.nanoTime();
        if (!refusal.isEmpty() || nowNs - startNs > PATIENCE_NS) {
            throw new IllegalStateException(refusal.isEmpty() ? complaint : refusal);
        }
        final int received =
                wire.poll((b, o, n) -> session.onDatagram(b, o, n, nowNs), DATAGRAMS_PER_POLL)
                        + feed.poll(nowNs);
        session.poll(nowNs);
        desk.poll(nowNs);
        if (received == 0) {
            Thread.yield();
        }
    }

    private void onChange(final ClientOrder order) {
        touched.add(order);
        final Traded before = traded.getOrDefault(order, new Traded(0, 0));
        if (order.executed() > before.quantity()) {
            final long quantity = order.executed() - before.quantity();
            final long value = order.executedValue() - before.value();
            traded.put(order, new Traded(order.executed(), order.executedValue()));
            if (order != entered) {
                fills.onFill(numbers.get(order), quantity, value / quantity);
            }
        }
        if (order.status().isFinal() && numbers.containsKey(order)) {
            byNumber.remove(numbers.remove(order));
            traded.remove(order);
        }
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (buffer.getByte(offset) == MessageType.QUERY_ANSWER) {
            queryAnswers++;
        }
        desk.onReport(buffer, offset, length, System.nanoTime());
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {
        refusal = "";
    }

    @Override
    public void onLoginRejected(final char reason) {
        refusal = "login refused, reason " + reason;
    }

    @Override
    public void onEndOfSession(final long total) {
        refusal = "the session ended";
    }
}
