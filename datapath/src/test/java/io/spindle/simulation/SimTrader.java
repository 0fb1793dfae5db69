package io.spindle.simulation;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.net.UdpFrameDecoder;
import io.spindle.net.UdpFrameEncoder;
import io.spindle.nic.NicQueue;
import io.spindle.nic.RxBurst;
import io.spindle.oms.SampleMarket;
import io.spindle.sim.SimNetwork;

import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The reference client, trading at random; it begins afresh in every new session. */
final class SimTrader implements ClientListener {
    static final int FIRST_PORT = 40_000;

    private static final int WINDOW = 20;
    private static final int KEPT = 50;
    private static final long PRICE = 100_000;
    private static final long TICK = 100;
    private static final long STUCK_NS = 1_000_000_000L;
    private static final long MUDDLED_NS = 4 * STUCK_NS;

    private final RxBurst burst = new RxBurst(64);
    private final UdpFrameDecoder decoder = new UdpFrameDecoder();
    private final List<ClientOrder> live = new ArrayList<>();
    private final SimNetwork network;
    private final Oracle oracle;
    private final SplittableRandom random;
    private final int number;
    private final NicQueue nic;
    private final UdpFrameEncoder encoder;
    private final ClientSession session;
    private OrderDesk desk;
    private int server = SimAppliance.SERVER_ADDRESS;
    private String sessionId = "";
    private long queriedNs;
    private long heard;
    private long heardNs;
    private int asked;
    private long askedNs;
    private int beginnings;
    private long entered;

    SimTrader(
            final SimNetwork network,
            final Oracle oracle,
            final int number,
            final SplittableRandom random) {
        this.network = network;
        this.oracle = oracle;
        this.number = number;
        this.random = random;
        nic = network.attach(SimAppliance.CLIENT_ADDRESS, FIRST_PORT + number, 1024);
        encoder = new UdpFrameEncoder(nic, nic.info().mac(), nic.info().address());
        session =
                new ClientSession(
                        SampleMarket.session(number), SampleMarket.PASSWORD, this::send, this);
        desk = new OrderDesk(session, order -> {});
        session.login(network.nowNs());
    }

    private void send(final DirectBuffer buffer, final int offset, final int length) {
        if (encoder.begin(
                SimAppliance.macOf(server), server, SimAppliance.PORT, FIRST_PORT + number)) {
            encoder.buffer().putBytes(UdpFrameEncoder.PAYLOAD_OFFSET, buffer, offset, length);
            encoder.send(length);
            nic.flush();
        }
    }

    void poll() {
        final int frames = nic.poll(burst);
        for (int i = 0; i < frames; i++) {
            if (decoder.wrap(burst.address(i), burst.length(i)) == UdpFrameDecoder.UDP) {
                session.onDatagram(
                        decoder.buffer(),
                        decoder.payloadOffset(),
                        decoder.payloadLength(),
                        network.nowNs());
            }
        }
        nic.release(burst);
        session.poll(network.nowNs());
        desk.poll(network.nowNs());
        if (session.isUp() && !desk.isNumberKnown() && network.nowNs() - queriedNs > 50_000_000L) {
            queriedNs = network.nowNs();
            desk.queryNextNumber(network.nowNs());
        }
    }

    /** Turns to another box. */
    void turnTo(final int address) {
        server = address;
        session.login(network.nowNs());
    }

    /** Does something, as long as not too much is unanswered. */
    void trade() {
        if (!session.isUp() || !desk.isNumberKnown() || desk.unanswered() >= WINDOW) {
            return;
        }
        live.removeIf(order -> order.status().isFinal());
        final int choice = random.nextInt(10);
        if (choice < 7 || live.size() < 2) {
            final long price = PRICE + TICK * random.nextInt(-3, 4);
            live.add(
                    desk.enter(
                            random.nextBoolean() ? 'B' : 'S',
                            "SPDL",
                            1 + random.nextInt(100),
                            price,
                            random.nextInt(5) == 0 ? '3' : '0',
                            "",
                            network.nowNs()));
            entered++;
        } else {
            change(live.get(random.nextInt(live.size())), choice);
        }
        if (live.size() > KEPT) {
            cancel(live.getFirst());
        }
    }

    private void change(final ClientOrder order, final int choice) {
        if (order.status() == ClientOrder.Status.LIVE && choice == 7) {
            try {
                desk.replace(order, 1 + random.nextInt(100), PRICE, network.nowNs());
            } catch (final IllegalStateException pendingAlready) {
                cancel(order);
            }
        } else {
            cancel(order);
        }
    }

    private void cancel(final ClientOrder order) {
        if (order.status() == ClientOrder.Status.LIVE) {
            desk.cancel(order, 0, network.nowNs());
            live.remove(order);
        }
    }

    /** True when reports that were announced have not come for a second. */
    boolean isStuck() {
        if (!session.isUp() || session.isCaughtUp() || session.expected() != heard) {
            heard = session.expected();
            heardNs = network.nowNs();
        }
        return network.nowNs() - heardNs > STUCK_NS;
    }

    /**
     * True when nothing was answered for longer than the longest repetition takes, after the desk
     * had to begin afresh: its numbers then met those of messages that the old one had on the way.
     */
    boolean isMuddled() {
        if (beginnings < 2 || desk.unanswered() == 0 || desk.unanswered() != asked) {
            asked = desk.unanswered();
            askedNs = network.nowNs();
        }
        return network.nowNs() - askedNs > MUDDLED_NS;
    }

    /** What a client does whose missing reports the order port has no more: the drop copy does. */
    void beginAfresh() {
        session.resumeAtLogin();
        sessionId = "";
        session.login(network.nowNs());
    }

    /** True when everything asked was answered and everything told was heard. */
    boolean isSettled(final long nextOutbound) {
        return session.isUp()
                && desk.isNumberKnown()
                && desk.unanswered() == 0
                && session.isCaughtUp()
                && session.expected() == nextOutbound;
    }

    String describe() {
        return "trader %d: up %s, number known %s, unanswered %d, expects %d"
                .formatted(
                        number,
                        session.isUp(),
                        desk.isNumberKnown(),
                        desk.unanswered(),
                        session.expected());
    }

    long entered() {
        return entered;
    }

    @Override
    public void onLoggedIn(final String id, final long nextSequence) {
        if (!sessionId.equals(id)) {
            sessionId = id;
            beginnings++;
            live.clear();
            desk = new OrderDesk(session, order -> {});
        }
    }

    @Override
    public void onLoginRejected(final char reason) {
        session.login(network.nowNs());
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        oracle.onHandedOver(sessionId, number, sequence, buffer, offset, length);
        desk.onReport(buffer, offset, length, network.nowNs());
    }

    @Override
    public void onEndOfSession(final long total) {
        session.login(network.nowNs());
    }
}
